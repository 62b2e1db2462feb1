import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { showValue } from '../diagnostics/show-value.ts';
import { didYouMean, listNames } from '../diagnostics/suggest.ts';
import { nameOfPart } from './name-of-part.ts';
import type { PathProblem, ReportPath } from './problem.ts';
import type { Path, WorkflowSource } from './source.ts';
import { WORKFLOW_SCHEMA } from './workflow-schema.ts';

let validator: ValidateFunction<WorkflowSource> | undefined;

/** Compiled at the first use: programs that never parse a workflow do not pay for it. */
function validate(): ValidateFunction<WorkflowSource> {
  if (validator === undefined) {
    const ajv = new Ajv({
      allErrors: true,
      verbose: true,
      strict: true,
      strictRequired: false,
      allowUnionTypes: true,
      inlineRefs: false,
    });
    ajv.addVocabulary(['x-form', 'x-example', 'x-part', 'x-expression']);
    validator = ajv.compile<WorkflowSource>(WORKFLOW_SCHEMA);
  }
  return validator;
}

/**
 * True where the plain data has the form that the schema says; every deviation is reported otherwise.
 * @param writtenAt The text of the value at a path, as the author wrote it.
 */
export function checkForm(
  plain: unknown,
  writtenAt: (path: Path) => string,
  report: ReportPath,
): plain is WorkflowSource {
  const check = validate();
  if (check(plain)) return true;
  const problems = (check.errors ?? [])
    // What is wrong with a step of some type has been said by then.
    .filter((error) => error.keyword !== 'if')
    .map((error) => ({ error, path: pathOf(error.instancePath, plain) }));
  check.errors = null;
  const guessed = new Set<string>();
  for (const { error, path } of problems) {
    if (error.keyword !== 'additionalProperties') continue;
    const problem = unknownField(error, path, plain);
    if (problem.meant !== undefined) guessed.add(keyOf([...path, problem.meant]));
    report(problem.problem);
  }
  const seen = new Set<string>();
  for (const { error, path } of problems) {
    if (error.keyword === 'additionalProperties') continue;
    const missing = error.keyword === 'required';
    const key = keyOf(missing ? [...path, error.params.missingProperty] : path);
    // A required field that is only misspelt is not missing, and one word on one value is enough.
    if (seen.has(key) || guessed.has(key)) continue;
    seen.add(key);
    report(missing ? missingField(error, path, plain) : wrongForm(error, path, plain, writtenAt));
  }
  return problems.length === 0;
}

function missingField(error: ErrorObject, path: Path, plain: unknown): PathProblem {
  const name = String(error.params.missingProperty);
  const example = propertiesOf(error)[name]?.['x-example'];
  return {
    code: 'WF1002',
    message: `${nameOfPart(path, plain)} lacks the field "${name}"`,
    hint: example === undefined ? `add "${name}"` : inExample(example),
    path,
  };
}

function unknownField(
  error: ErrorObject,
  path: Path,
  plain: unknown,
): { problem: PathProblem; meant: string | undefined } {
  const name = String(error.params.additionalProperty);
  const fields = Object.keys(propertiesOf(error));
  const given = isRecord(error.data) ? Object.keys(error.data) : [];
  const meant = didYouMean(
    name,
    fields.filter((field) => !given.includes(field)),
  );
  const called = (error.parentSchema as SchemaPart)['x-part'];
  const rest =
    name === '<<'
      ? 'YAML merge keys are not part of YAML 1.2; write the fields out'
      : `${called === undefined ? 'fields here' : `${called} has`}: ${listNames(fields, 24)}`;
  return {
    meant,
    problem: {
      code: 'WF1003',
      message: `${nameOfPart(path, plain)} has no field named ${showValue(name)}`,
      hint: meant === undefined ? rest : `did you mean "${meant}"?`,
      path: [...path, name],
      atKey: true,
    },
  };
}

function wrongForm(error: ErrorObject, path: Path, plain: unknown, writtenAt: (path: Path) => string): PathProblem {
  const part = nameOfPart(path, plain);
  const expected = expectedOf(error);
  const found = error.data === null ? 'nothing' : showValue(error.data);
  const tooMany = error.keyword === 'maxItems';
  if (isPermission(path) && typeof error.data === 'string' && error.data.includes('*')) {
    const hint = 'list every action that the calls need, such as rds:DescribeDBInstances';
    return { code: 'WF1004', message: `a permission names one action, so ${found} cannot have a "*"`, hint, path };
  }
  const hint = hintFor(error, path, writtenAt(path));
  return {
    code: tooMany ? 'WF5003' : 'WF1004',
    message: tooMany
      ? `${part} has more than ${error.params.limit} entries`
      : `${part} must be ${expected}, but is ${found}`,
    path,
    ...(hint === undefined ? {} : { hint }),
  };
}

function expectedOf(error: ErrorObject): string {
  const schema = error.parentSchema as SchemaPart;
  if (error.keyword === 'enum') {
    const values = (schema.enum ?? []).map((value) => showValue(value));
    return values.length === 1 ? `${values[0]}` : `one of ${values.join(', ')}`;
  }
  const form = schema['x-form'];
  if (form !== undefined) return form;
  if (error.keyword === 'minItems') return 'a list with at least one entry';
  if (error.keyword === 'minimum') return `at least ${error.params.limit}`;
  if (error.keyword === 'maxLength') return `at most ${error.params.limit} characters long`;
  const types = [schema.type ?? 'string'].flat().map((type) => TYPE_WORDS[type] ?? type);
  const words = types.length === 1 ? `${types[0]}` : `${types.slice(0, -1).join(', ')} or ${types.at(-1)}`;
  return error.keyword === 'minLength' || error.keyword === 'pattern' ? `${words} that is not empty` : words;
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping of fields',
};

function hintFor(error: ErrorObject, path: Path, written: string): string | undefined {
  const schema = error.parentSchema as SchemaPart;
  const { data } = error;
  const key = typeof path.at(-1) === 'string' ? `${path.at(-1)}: ` : '- ';
  const example = schema['x-example'];
  if (schema['x-expression'] === true) return hintForExpression(error, key, example);
  if (error.keyword === 'enum') {
    const meant = typeof data === 'string' ? didYouMean(data, (schema.enum ?? []).map(String)) : undefined;
    return meant === undefined ? undefined : `did you mean "${meant}"?`;
  }
  const types = [schema.type ?? []].flat();
  if (types.includes('string') && (typeof data === 'number' || typeof data === 'boolean')) {
    return `put it in quotes: ${key}${showValue(written)}`;
  }
  if (typeof data === 'string') {
    if (types.includes('boolean')) return 'write true or false';
    if (/^-?\d+$/.test(data) && types.includes('integer')) return `write it without quotes: ${key}${data}`;
    if (types.includes('array')) return `write a list: ${key}[${showValue(data)}]`;
  }
  return example === undefined ? undefined : inExample(example);
}

/** Quotes would not make `when: true` an expression. */
function hintForExpression({ data }: ErrorObject, key: string, example: string | undefined): string | undefined {
  if (typeof data === 'boolean') return `write ${key}"\${${data}}", or an expression that says when`;
  return example === undefined ? undefined : inExample(example);
}

function inExample(example: string): string {
  return `write for example: ${example.replaceAll('\n', '\n    ')}`;
}

interface SchemaPart {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaPart>>;
  readonly 'x-form'?: string;
  readonly 'x-example'?: string;
  readonly 'x-part'?: string;
  readonly 'x-expression'?: boolean;
}

function propertiesOf(error: ErrorObject): Readonly<Record<string, SchemaPart>> {
  return (error.parentSchema as SchemaPart).properties ?? {};
}

function isPermission(path: Path): boolean {
  return path[0] === 'security' && path[1] === 'required_permissions' && path.length === 3;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A JSON pointer as a path; its numbers are indexes only where the data has a list. */
function pathOf(pointer: string, plain: unknown): Path {
  let value = plain;
  return pointer
    .split('/')
    .slice(1)
    .map((part) => {
      const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
      const step = Array.isArray(value) ? Number(key) : key;
      value = (value as Readonly<Record<string | number, unknown>>)[step];
      return step;
    });
}

function keyOf(path: Path): string {
  return JSON.stringify(path);
}
