export interface SourceService {
  /** What workflows call the service. */
  readonly name: string;
  /** The npm package that holds its model; pinned in `package.json` beside this file. */
  readonly package: string;
}

/** The services of the catalog. To add one: a line here, its package in `package.json`, `npm run catalog`. */
export const SERVICES: readonly SourceService[] = [
  { name: 'rds', package: '@aws-sdk/client-rds' },
  { name: 's3', package: '@aws-sdk/client-s3' },
  { name: 'sns', package: '@aws-sdk/client-sns' },
  { name: 'sts', package: '@aws-sdk/client-sts' },
];
