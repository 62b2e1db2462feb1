/** A CloudFormation template, as far as this reads it. */
export interface Template {
  readonly Resources: Record<string, { readonly Type: string; readonly Properties?: Record<string, unknown> }>;
}

interface Statement {
  readonly Sid?: string;
  Resource?: unknown;
}

interface InlinePolicy {
  readonly PolicyDocument: { readonly Statement: readonly Statement[] };
}

/** Bucket policy statements that the emulator misreads, and how. */
const MISREAD_STATEMENTS: Readonly<Record<string, string>> = {
  RefuseOverwriting: 'the emulator does not fill in s3:if-none-match, so the statement refuses the first write as well',
};

/** Statements of roles that the emulator asks about another resource than AWS does, and how. */
const MISREAD_RESOURCES: Readonly<Record<string, string>> = {
  AskWhatCallersMayDo: 'the emulator asks about *, and AWS about the user or role that is simulated',
  AnswerApprovals: 'the emulator asks about *, and AWS about the state machine of the task',
};

/**
 * Takes out of a synthesised template what this emulator cannot do; the product keeps it.
 * @returns one line for each thing left out
 */
export function fitTemplate(template: Template): readonly string[] {
  const leftOut: string[] = [];
  let ended = 0;
  for (const [id, { Type, Properties }] of Object.entries(template.Resources)) {
    if (Type === 'AWS::IAM::Role') leftOut.push(...widened(id, Properties?.Policies as readonly InlinePolicy[]));
    if (Type === 'AWS::StepFunctions::StateMachine' && endsInPass(Properties ?? {})) ended += 1;
    if (Type !== 'AWS::S3::BucketPolicy') continue;
    const document = Properties?.PolicyDocument as { Statement: readonly Statement[] };
    document.Statement = document.Statement.filter(({ Sid = '' }) => {
      const why = MISREAD_STATEMENTS[Sid];
      if (why !== undefined) leftOut.push(`${id}: statement ${Sid} (${why})`);
      return why === undefined;
    });
  }
  const why = 'the emulator does not look at the output of a Succeed';
  return ended === 0 ? leftOut : [...leftOut, `the Succeed of ${ended} state machines, for a Pass that ends (${why})`];
}

function widened(id: string, policies: readonly InlinePolicy[] = []): readonly string[] {
  return policies
    .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
    .flatMap((statement) => {
      const why = MISREAD_RESOURCES[statement.Sid ?? ''];
      if (why === undefined) return [];
      statement.Resource = '*';
      return [`${id}: resources of statement ${statement.Sid} (${why})`];
    });
}

/** Makes of each `Succeed` that gives an output a `Pass` that ends with the same; false where there is none. */
function endsInPass(properties: Record<string, unknown>): boolean {
  const asText = JSON.stringify(properties.DefinitionString);
  const fitting = asText.replaceAll(
    String.raw`\"Type\":\"Succeed\",\"Output\"`,
    String.raw`\"Type\":\"Pass\",\"End\":true,\"Output\"`,
  );
  properties.DefinitionString = JSON.parse(fitting) as unknown;
  return fitting !== asText;
}
