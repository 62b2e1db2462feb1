import { RetentionDays } from 'aws-cdk-lib/aws-logs';

/** How long every log of this application is kept: a year, which is what most audits ask back for. */
export const LOG_RETENTION = RetentionDays.ONE_YEAR;
