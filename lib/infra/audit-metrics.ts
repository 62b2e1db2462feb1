import { Duration, Stack } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, MetricFilter } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/** Where an audit line has its decision: Lambda puts what a function logs under `message`. */
const DECISION = '$.message.audit.decision';

/**
 * Counts what the audit lines of the server say: calls that were refused, and those that failed by a fault of ours,
 * for which there is an alarm. Whom it should tell is for the account to say.
 */
export class AuditMetrics extends Construct {
  constructor(scope: Construct, id: string, logGroup: ILogGroup) {
    super(scope, id);
    this.count('Refused', logGroup, 'refused:*');
    const faults = this.count('Faults', logGroup, 'fault');
    new Alarm(this, 'FaultAlarm', {
      alarmDescription: 'The MCP server failed to serve a call; its log has the reason under the correlation id',
      metric: faults.metric({ statistic: 'Sum', period: Duration.minutes(5) }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html */
  private count(metricName: string, logGroup: ILogGroup, decision: string): MetricFilter {
    return new MetricFilter(this, metricName, {
      logGroup,
      metricNamespace: Stack.of(this).stackName,
      metricName,
      filterPattern: FilterPattern.stringValue(DECISION, '=', decision),
      metricValue: '1',
    });
  }
}
