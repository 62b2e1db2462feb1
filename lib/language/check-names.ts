import type { Span } from '../diagnostics/diagnostic.ts';
import { showValue } from '../diagnostics/show-value.ts';
import { ROOTS } from './expression.ts';
import { WORD_OPERATORS } from './operators.ts';
import type { ReportPath } from './problem.ts';
import { IDENTIFIER } from './schema-parts.ts';
import type { Path, WorkflowSource } from './source.ts';

/**
 * Names that a step cannot have: Step Functions keeps `states` for itself, and expressions start with the others,
 * so that inside a filter they would be read as something else.
 */
const RESERVED_STEP_IDS: ReadonlySet<string> = new Set(['states', ...ROOTS]);

/**
 * Names that nothing can have: words that mean something in an expression, and what every JavaScript object has
 * (`constructor`), so that no lookup can ever find it by mistake.
 */
const RESERVED_EVERYWHERE: ReadonlySet<string> = new Set([
  ...WORD_OPERATORS,
  'true',
  'false',
  'null',
  'function',
  ...Object.getOwnPropertyNames(Object.prototype),
]);

const NAME = new RegExp(IDENTIFIER.pattern);

/** Ids, names and list entries that have to be unique, and names that mean something else already. */
export function checkNames(workflow: WorkflowSource, locate: (path: Path) => Span, report: ReportPath): void {
  const unique = (what: string, entries: readonly (readonly [string, Path])[]) => {
    const first = new Map<string, Path>();
    for (const [name, path] of entries) {
      const before = first.get(name);
      if (before === undefined) first.set(name, path);
      else {
        const message = `the ${what} ${showValue(name)} is used twice; it stands first in line ${locate(before).start.line}`;
        const hint =
          what === 'step id' || what === 'parameter name' ? 'give one of them another name' : 'remove one of them';
        report({ code: 'WF1007', message, hint, path });
      }
    }
  };
  const { parameters = [], steps, security } = workflow;
  const parameterNames = parameters.map(({ name }, index) => [name, ['parameters', index, 'name']] as const);
  const stepIds = steps.map(({ id }, index) => [id, ['steps', index, 'id']] as const);
  unique('parameter name', parameterNames);
  unique('step id', stepIds);
  for (const [index, { depends_on = [] }] of steps.entries()) {
    unique(
      'dependency',
      depends_on.map((id, at) => [id, ['steps', index, 'depends_on', at]] as const),
    );
  }
  const permissions = security.required_permissions;
  unique(
    'permission',
    permissions.map((name, index) => [name, ['security', 'required_permissions', index]] as const),
  );

  const outputNames = [workflow, ...steps].flatMap((part, index) => {
    const outputs = 'steps' in part ? part.outputs : part.output;
    const path: Path = 'steps' in part ? ['outputs'] : ['steps', index - 1, 'output'];
    return Object.keys(outputs ?? {}).map((name) => [name, [...path, name]] as const);
  });
  for (const [name, path] of outputNames) {
    const reserved = RESERVED_EVERYWHERE.has(name);
    if (NAME.test(name) && !reserved) continue;
    const message = reserved
      ? `${showValue(name)} is a reserved word`
      : `an output must be ${IDENTIFIER['x-form']}, but is ${showValue(name)}`;
    report({ code: 'WF1004', message, hint: 'choose another name', path, atKey: true });
  }
  for (const [name, path] of [...parameterNames, ...stepIds]) {
    if (!RESERVED_EVERYWHERE.has(name) && !(path[0] === 'steps' && RESERVED_STEP_IDS.has(name))) continue;
    report({ code: 'WF1004', message: `${showValue(name)} is a reserved word`, hint: 'choose another name', path });
  }
}
