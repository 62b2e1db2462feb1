import type { OperationBehaviour, ResourceBehaviour, Target } from '../behaviour.ts';

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_InstanceState.html */
const CODES = { pending: 0, running: 16, 'shutting-down': 32, terminated: 48, stopping: 64, stopped: 80 } as const;
const stateOf = (name: keyof typeof CODES): { readonly State: object } => ({
  State: { Code: CODES[name], Name: name },
});

const PASSED = { Status: 'ok', Details: [{ Name: 'reachability', Status: 'passed' }] } as const;
const INITIALIZING = { Status: 'initializing', Details: [{ Name: 'reachability', Status: 'initializing' }] } as const;
const CHECKED = { InstanceStatus: PASSED, SystemStatus: PASSED } as const;
const UNCHECKED = { InstanceStatus: INITIALIZING, SystemStatus: INITIALIZING } as const;
/** After this the status checks have run. */
const CHECK_SECONDS = 60;

const INSTANCES: Target = { resource: 'instance', by: 'InstanceIds' };
const STATE_CHANGE = { InstanceId: '{id}', CurrentState: '{self.State}', PreviousState: '{before.State}' } as const;

export const INSTANCE: ResourceBehaviour = {
  shape: 'Instance',
  hidden: ['InstanceStatus', 'SystemStatus', 'ReservationId'],
  volatile: ['LaunchTime', 'StateTransitionReason', 'InstanceStatus', 'SystemStatus'],
  iamType: 'instance',
  identifier: 'InstanceId',
  status: 'State.Name',
  stateSets: {
    pending: stateOf('pending'),
    running: stateOf('running'),
    'shutting-down': stateOf('shutting-down'),
    terminated: stateOf('terminated'),
    stopping: stateOf('stopping'),
    stopped: stateOf('stopped'),
  },
  tags: 'Tags',
  defaults: {
    State: stateOf('running').State as { readonly Code: number; readonly Name: string },
    ...CHECKED,
    ReservationId: 'r-{hex}',
    InstanceType: 't3.medium',
    ImageId: 'ami-0abcdef1234567890',
    LaunchTime: '2025-10-05T04:00:00.000Z',
    Placement: { AvailabilityZone: '{region}a', GroupName: '', Tenancy: 'default' },
    Monitoring: { State: 'disabled' },
    PrivateIpAddress: '10.0.1.10',
    SubnetId: 'subnet-01',
    VpcId: 'vpc-0f1e2d3c4b5a69788',
    Architecture: 'x86_64',
    RootDeviceName: '/dev/xvda',
    RootDeviceType: 'ebs',
    VirtualizationType: 'hvm',
    Hypervisor: 'xen',
    EbsOptimized: true,
    BlockDeviceMappings: [],
    SecurityGroups: [],
    Tags: [],
  },
  missing: { code: 'InvalidInstanceID.NotFound', message: "The instance ID '{id}' does not exist" },
};

const FILTERS = {
  'instance-id': 'InstanceId',
  'instance-state-name': 'State.Name',
  'instance-state-code': 'State.Code',
  'instance-type': 'InstanceType',
  'image-id': 'ImageId',
  'vpc-id': 'VpcId',
  'subnet-id': 'SubnetId',
  'availability-zone': 'Placement.AvailabilityZone',
  'private-ip-address': 'PrivateIpAddress',
  'root-device-type': 'RootDeviceType',
} as const;

/** What can be done with instances, and how their states follow one another. */
export const INSTANCE_OPERATIONS: Readonly<Record<string, OperationBehaviour>> = {
  DescribeInstances: {
    does: 'describe',
    resource: 'instance',
    by: 'InstanceIds',
    into: 'Reservations',
    each: { ReservationId: '{hidden.ReservationId}', OwnerId: '{account}', Groups: [], Instances: ['{self}'] },
    filters: FILTERS,
    page: { size: 'MaxResults', marker: 'NextToken', default: 1000 },
  },
  DescribeInstanceStatus: {
    does: 'describe',
    resource: 'instance',
    by: 'InstanceIds',
    into: 'InstanceStatuses',
    only: { when: { 'self.State.Name': 'running' }, unless: { 'input.IncludeAllInstances': true } },
    each: {
      InstanceId: '{self.InstanceId}',
      AvailabilityZone: '{self.Placement.AvailabilityZone}',
      InstanceState: '{self.State}',
      InstanceStatus: '{hidden.InstanceStatus}',
      SystemStatus: '{hidden.SystemStatus}',
    },
    filters: {
      'instance-state-name': 'State.Name',
      'instance-status.status': 'InstanceStatus.Status',
      'system-status.status': 'SystemStatus.Status',
      'availability-zone': 'Placement.AvailabilityZone',
    },
    page: { size: 'MaxResults', marker: 'NextToken', default: 1000 },
  },
  StopInstances: {
    does: 'change',
    ...INSTANCES,
    in: ['running', 'pending'],
    doneIn: ['stopping', 'stopped'],
    otherwise: {
      code: 'IncorrectInstanceState',
      message: "This instance '{id}' is not in a state from which it can be stopped.",
    },
    ignores: ['Force'],
    into: 'StoppingInstances',
    each: STATE_CHANGE,
    change: {
      through: 'stopping',
      to: 'stopped',
      seconds: 40,
      sets: {
        InstanceStatus: { Status: 'not-applicable' },
        SystemStatus: { Status: 'not-applicable' },
        StateTransitionReason: 'User initiated',
      },
    },
  },
  StartInstances: {
    does: 'change',
    ...INSTANCES,
    in: ['stopped'],
    doneIn: ['pending', 'running'],
    otherwise: {
      code: 'IncorrectInstanceState',
      message: "The instance '{id}' is not in a state from which it can be started.",
    },
    into: 'StartingInstances',
    each: STATE_CHANGE,
    change: {
      through: 'pending',
      to: 'running',
      seconds: 20,
      sets: { ...UNCHECKED, LaunchTime: '{now}', StateTransitionReason: '' },
      next: { seconds: CHECK_SECONDS, sets: CHECKED },
    },
  },
  RebootInstances: {
    does: 'change',
    ...INSTANCES,
    in: ['running'],
    otherwise: { code: 'IncorrectState', message: "The instance '{id}' is not in the 'running' state." },
    change: { seconds: 0, sets: UNCHECKED, next: { seconds: CHECK_SECONDS, sets: CHECKED } },
  },
  TerminateInstances: {
    does: 'change',
    ...INSTANCES,
    doneIn: ['terminated', 'shutting-down'],
    in: ['pending', 'running', 'stopping', 'stopped'],
    into: 'TerminatingInstances',
    each: STATE_CHANGE,
    change: {
      through: 'shutting-down',
      to: 'terminated',
      seconds: 30,
      next: { to: 'deleted', seconds: 3600 },
    },
  },
};
