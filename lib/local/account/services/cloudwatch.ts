import type { ServiceBehaviour } from '../behaviour.ts';

/** Amazon CloudWatch: metric alarms, and the data that is put, which can be seen as resources of the kind `datum`. */
export const cloudwatch: ServiceBehaviour = {
  service: 'cloudwatch',
  codes: { throttled: 'Throttling' },
  resources: {
    alarm: {
      shape: 'MetricAlarm',
      volatile: ['StateUpdatedTimestamp'],
      iamType: 'alarm',
      identifier: 'AlarmName',
      arn: 'AlarmArn',
      defaults: {
        ActionsEnabled: true,
        OKActions: [],
        AlarmActions: [],
        StateValue: 'OK',
        StateReason: 'Threshold Crossed: no datapoints were greater than the threshold.',
        StateUpdatedTimestamp: '2025-11-20T08:00:00.000Z',
        MetricName: 'CPUUtilization',
        Namespace: 'AWS/EC2',
        Statistic: 'Average',
        Dimensions: [],
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 80,
        ComparisonOperator: 'GreaterThanThreshold',
      },
      missing: { shape: 'ResourceNotFound', message: 'Unknown alarm {id}' },
    },
    datum: {
      journal: true,
      hidden: ['Id', 'Namespace', 'MetricData', 'PutAt'],
      identifier: 'Id',
      missing: { shape: 'ResourceNotFound', message: 'Unknown datum {id}' },
    },
  },
  operations: {
    DescribeAlarms: {
      does: 'describe',
      resource: 'alarm',
      into: 'MetricAlarms',
      where: { '{input.AlarmNames}': 'AlarmName', '{input.AlarmNamePrefix}*': 'AlarmName', StateValue: 'StateValue' },
      page: { size: 'MaxRecords', marker: 'NextToken', default: 50 },
    },
    SetAlarmState: {
      does: 'change',
      resource: 'alarm',
      by: 'AlarmName',
      sets: {
        StateValue: '{input.StateValue}',
        StateReason: '{input.StateReason}',
        StateUpdatedTimestamp: '{now}',
      },
    },
    EnableAlarmActions: { does: 'change', resource: 'alarm', by: 'AlarmNames', sets: { ActionsEnabled: true } },
    DisableAlarmActions: { does: 'change', resource: 'alarm', by: 'AlarmNames', sets: { ActionsEnabled: false } },
    PutMetricData: {
      does: 'create',
      resource: 'datum',
      id: '{uuid}',
      attributes: { Namespace: '{input.Namespace}', MetricData: '{input.MetricData}', PutAt: '{now}' },
      output: {},
    },
  },
};
