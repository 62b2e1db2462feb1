/** A CloudFormation template, as far as this reads it. */
export interface Template {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>;
}

interface Statement {
  readonly Sid?: string;
}

/** Bucket policy statements that the emulator misreads, and how. */
const MISREAD_STATEMENTS: Readonly<Record<string, string>> = {
  RefuseOverwriting: 'the emulator does not fill in s3:if-none-match, so the statement refuses the first write as well',
};

/**
 * Takes out of a synthesised template what this emulator cannot do; the product keeps it.
 * @returns one line for each thing left out
 */
export function fitTemplate(template: Template): readonly string[] {
  const leftOut: string[] = [];
  for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
    if (Type !== 'AWS::S3::BucketPolicy') continue;
    const document = Properties?.PolicyDocument as { Statement: readonly Statement[] };
    document.Statement = document.Statement.filter(({ Sid = '' }) => {
      const why = MISREAD_STATEMENTS[Sid];
      if (why !== undefined) leftOut.push(`${id}: statement ${Sid} (${why})`);
      return why === undefined;
    });
  }
  return leftOut;
}
