import type { Fault, ListEdit, ServiceBehaviour, Target } from '../behaviour.ts';
import type { Template } from '../template.ts';
import { INSTANCE, INSTANCE_OPERATIONS } from './ec2-instances.ts';

const PAGE = { size: 'MaxResults', marker: 'NextToken', default: 1000 } as const;
const VOLUME: Target = { resource: 'volume', by: 'VolumeId' };
const GROUP: Target = { resource: 'securityGroup', by: 'GroupId' };

const RULES = {
  list: 'IpPermissions',
  given: {
    $first: [
      '{input.IpPermissions}',
      // The short form, for one range.
      [
        {
          IpProtocol: '{input.IpProtocol}',
          FromPort: '{input.FromPort}',
          ToPort: '{input.ToPort}',
          IpRanges: [{ CidrIp: '{input.CidrIp}' }],
        },
      ],
    ],
  },
  key: ['IpProtocol', 'FromPort', 'ToPort'],
  entries: { IpRanges: 'CidrIp', Ipv6Ranges: 'CidrIpv6', PrefixListIds: 'PrefixListId', UserIdGroupPairs: 'GroupId' },
} as const;
const ADD_RULES: ListEdit = {
  ...RULES,
  edit: 'add',
  duplicate: { code: 'InvalidPermission.Duplicate', message: 'the specified rule already exists in {id}' },
};
const REMOVE_RULES: ListEdit = {
  ...RULES,
  edit: 'remove',
  missing: {
    code: 'InvalidPermission.NotFound',
    message: 'The specified rule does not exist in this security group.',
  },
};

const SNAPSHOT_OF_VOLUME: Template = {
  VolumeId: '{source.VolumeId}',
  VolumeSize: '{source.Size}',
  Encrypted: '{source.Encrypted}',
  KmsKeyId: '{source.KmsKeyId}',
  Description: "{input.Description|''}",
  OwnerId: '{account}',
  StartTime: '{now}',
  Progress: '0%',
  StorageTier: 'standard',
  Tags: '{input.TagSpecifications.0.Tags}',
};

const inUse: Fault = {
  code: 'VolumeInUse',
  message: 'Volume {id} is currently attached to {self.Attachments.0.InstanceId}',
};

/**
 * Amazon EC2: instances, volumes with their snapshots, and security groups. EC2 models no errors: Step Functions calls
 * them all alike, and the code tells them apart.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export const ec2: ServiceBehaviour = {
  service: 'ec2',
  codes: {
    denied: 'UnauthorizedOperation',
    throttled: 'RequestLimitExceeded',
    throttledStatus: 503,
    broken: 'InternalError',
  },
  resources: {
    instance: INSTANCE,
    volume: {
      shape: 'Volume',
      iamType: 'volume',
      identifier: 'VolumeId',
      status: 'State',
      tags: 'Tags',
      defaults: {
        State: 'available',
        Size: 20,
        VolumeType: 'gp3',
        Iops: 3000,
        Throughput: 125,
        AvailabilityZone: '{region}a',
        CreateTime: '2025-04-02T06:00:00.000Z',
        Encrypted: true,
        KmsKeyId: 'arn:{partition}:kms:{region}:{account}:key/0d9f3f1e-5b0c-4d57-9d0c-6f1a2b3c4d5e',
        MultiAttachEnabled: false,
        SnapshotId: '',
        Attachments: [],
        Tags: [],
      },
      missing: { code: 'InvalidVolume.NotFound', message: "The volume '{id}' does not exist." },
    },
    snapshot: {
      shape: 'Snapshot',
      iamType: 'snapshot',
      arnAs: 'arn:{partition}:ec2:{region}::snapshot/{id}',
      identifier: 'SnapshotId',
      status: 'State',
      tags: 'Tags',
      defaults: {
        State: 'completed',
        Progress: '100%',
        OwnerId: '{account}',
        StartTime: '2025-11-10T02:00:00.000Z',
        VolumeSize: 20,
        Encrypted: true,
        StorageTier: 'standard',
        Description: '',
        Tags: [],
      },
      missing: { code: 'InvalidSnapshot.NotFound', message: "The snapshot '{id}' does not exist." },
    },
    securityGroup: {
      shape: 'SecurityGroup',
      iamType: 'security-group',
      identifier: 'GroupId',
      aliases: ['GroupName'],
      arn: 'SecurityGroupArn',
      tags: 'Tags',
      defaults: {
        OwnerId: '{account}',
        VpcId: 'vpc-0f1e2d3c4b5a69788',
        GroupName: '{id}',
        Description: 'Managed by the application team',
        IpPermissions: [],
        IpPermissionsEgress: [
          {
            IpProtocol: '-1',
            IpRanges: [{ CidrIp: '0.0.0.0/0' }],
            Ipv6Ranges: [],
            PrefixListIds: [],
            UserIdGroupPairs: [],
          },
        ],
        Tags: [],
      },
      missing: { code: 'InvalidGroup.NotFound', message: "The security group '{id}' does not exist" },
    },
  },
  operations: {
    ...INSTANCE_OPERATIONS,
    DescribeVolumes: {
      does: 'describe',
      resource: 'volume',
      by: 'VolumeIds',
      into: 'Volumes',
      filters: {
        'volume-id': 'VolumeId',
        status: 'State',
        encrypted: 'Encrypted',
        size: 'Size',
        'volume-type': 'VolumeType',
        'snapshot-id': 'SnapshotId',
        'availability-zone': 'AvailabilityZone',
        'attachment.instance-id': 'Attachments.InstanceId',
        'attachment.device': 'Attachments.Device',
        'attachment.status': 'Attachments.State',
      },
      page: PAGE,
    },
    CreateVolume: {
      does: 'create',
      resource: 'volume',
      id: 'vol-{hex}',
      from: {
        optional: true,
        resource: 'snapshot',
        by: 'SnapshotId',
        in: ['completed'],
        otherwise: {
          code: 'IncorrectState',
          message: "Snapshot is in invalid state - '{self.State}'",
        },
      },
      attributes: {
        AvailabilityZone: '{input.AvailabilityZone}',
        Size: '{input.Size|source.VolumeSize}',
        SnapshotId: '{input.SnapshotId}',
        VolumeType: "{input.VolumeType|'gp2'}",
        Iops: '{input.Iops}',
        Throughput: '{input.Throughput}',
        Encrypted: { $first: ['{input.Encrypted}', '{source.Encrypted}', false] },
        KmsKeyId: '{input.KmsKeyId|source.KmsKeyId}',
        MultiAttachEnabled: '{input.MultiAttachEnabled}',
        CreateTime: '{now}',
        Tags: '{input.TagSpecifications.0.Tags}',
      },
      ignores: ['ClientToken'],
      change: { through: 'creating', to: 'available', seconds: 10 },
    },
    DeleteVolume: {
      does: 'delete',
      ...VOLUME,
      in: ['available', 'error'],
      otherwise: inUse,
      change: { through: 'deleting', to: 'deleted', seconds: 5 },
    },
    CreateSnapshot: {
      does: 'create',
      resource: 'snapshot',
      id: 'snap-{hex}',
      from: {
        ...VOLUME,
        in: ['available', 'in-use'],
        otherwise: { code: 'IncorrectState', message: 'Volume {id} is not available.' },
      },
      attributes: SNAPSHOT_OF_VOLUME,
      change: { through: 'pending', to: 'completed', seconds: 45, sets: { Progress: '100%', CompletionTime: '{now}' } },
    },
    DescribeSnapshots: {
      does: 'describe',
      resource: 'snapshot',
      by: 'SnapshotIds',
      into: 'Snapshots',
      // Snapshots of others are not here, so that `self` and the account's number mean the same.
      ignores: ['OwnerIds'],
      filters: {
        'snapshot-id': 'SnapshotId',
        'volume-id': 'VolumeId',
        status: 'State',
        description: 'Description',
        'owner-id': 'OwnerId',
        'volume-size': 'VolumeSize',
        encrypted: 'Encrypted',
      },
      page: PAGE,
    },
    DeleteSnapshot: { does: 'delete', resource: 'snapshot', by: 'SnapshotId' },
    DescribeSecurityGroups: {
      does: 'describe',
      resource: 'securityGroup',
      by: 'GroupIds',
      into: 'SecurityGroups',
      filters: {
        'group-id': 'GroupId',
        'group-name': 'GroupName',
        'vpc-id': 'VpcId',
        description: 'Description',
        'owner-id': 'OwnerId',
        'ip-permission.cidr': 'IpPermissions.IpRanges.CidrIp',
        'ip-permission.ipv6-cidr': 'IpPermissions.Ipv6Ranges.CidrIpv6',
        'ip-permission.from-port': 'IpPermissions.FromPort',
        'ip-permission.to-port': 'IpPermissions.ToPort',
        'ip-permission.protocol': 'IpPermissions.IpProtocol',
      },
      page: PAGE,
    },
    AuthorizeSecurityGroupIngress: { does: 'change', ...GROUP, edits: ADD_RULES, output: { Return: true } },
    RevokeSecurityGroupIngress: { does: 'change', ...GROUP, edits: REMOVE_RULES, output: { Return: true } },
    CreateTags: { does: 'tag', by: 'Resources', tags: 'Tags' },
    DeleteTags: { does: 'untag', by: 'Resources', tags: 'Tags' },
  },
};
