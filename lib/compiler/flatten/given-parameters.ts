import { didYouMean, listNames } from '../../diagnostics/suggest.ts';
import type { Template } from '../../language/expression.ts';
import { parseTemplate } from '../../language/parse-template.ts';
import type { ParameterSource, Path } from '../../language/source.ts';
import type { Report } from '../analyse/analysis.ts';
import { parameterNamed } from '../analyse/safety/constraints-on.ts';
import { soleExpression } from '../analyse/value.ts';
import type { BytecodeParameter } from '../bytecode.ts';
import { checkValue } from '../check-value.ts';
import type { LibraryWorkflow } from './library.ts';
import { toNode, toPart } from './substitute.ts';

/** What a `workflow` step gives for one parameter of the other workflow. */
export interface Given {
  /** Nothing at all where the parameter is not given and has no default. */
  readonly template: Template | undefined;
  readonly plain?: unknown;
  /** Where it is a parameter of the caller's: that one's name. It takes over the rules. */
  readonly parameter?: string;
  /** Where it is only known in a run: what it is held to before the first step. */
  readonly holds?: BytecodeParameter;
}

interface Giving {
  /** Where the step stands. */
  readonly path: Path;
  /** What the step gives, with its own references replaced. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly workflow: LibraryWorkflow;
  /** The parameters of the workflow that the step stands in. */
  readonly parameters: readonly ParameterSource[];
  readonly report: Report;
}

/** What stands for each parameter of the other workflow. What does not fit is reported. */
export function givenParameters(giving: Giving): ReadonlyMap<string, Given> {
  const { values, workflow, path, report } = giving;
  const { metadata, parameters } = workflow.bytecode;
  const names = parameters.map(({ name }) => name);
  for (const name of Object.keys(values).filter((one) => !names.includes(one))) {
    const guess = didYouMean(name, names);
    const known = names.length === 0 ? 'it has none' : `its parameters: ${listNames(names, 12)}`;
    report({
      code: 'WF3017',
      path: [...path, 'parameters', name],
      atKey: true,
      message: `workflow "${metadata.name}" has no parameter "${name}"`,
      hint: guess === undefined ? known : `did you mean "${guess}"?`,
    });
  }
  return new Map(parameters.map((parameter) => [parameter.name, givenFor(parameter, giving)]));
}

function givenFor(parameter: BytecodeParameter, giving: Giving): Given {
  const { values, workflow, path, report } = giving;
  const { name } = parameter;
  const value = Object.hasOwn(values, name) ? values[name] : undefined;
  if (value === undefined) {
    const { default: fallback } = parameter;
    if (fallback !== undefined) return { ...ofLiteral(fallback), plain: fallback };
    if (!parameter.required) return { template: undefined };
    report({
      code: 'WF3017',
      path: [...path, 'workflow'],
      message: `workflow "${workflow.bytecode.metadata.name}" needs the parameter "${name}" (${parameter.type})`,
      hint: `add ${name} to the step's parameters`,
    });
    return { template: undefined };
  }
  const read = readGiven(value);
  const at = [...path, 'parameters', name];
  if (read === undefined) {
    report({
      code: 'WF3017',
      path: at,
      message: `"${name}" takes ${WORDS[parameter.type]}`,
      hint: 'give it one value',
    });
    return { template: undefined };
  }
  if ('literal' in read) {
    const broken = checkValue(parameter, read.literal);
    if (broken !== undefined) {
      const message = `${broken.message.replace(/^Parameter /, 'parameter ')}, of workflow "${workflow.bytecode.metadata.name}"`;
      report({ code: 'WF3017', path: at, message, hint: 'give it a value that obeys the rules of the parameter' });
    }
    return { template: read.template, plain: value };
  }
  const expression = soleExpression(read.template);
  const own = giving.parameters.find((one) => one.name === (expression && parameterNamed(expression.node)));
  if (own === undefined) return { template: read.template, plain: value, holds: parameter };
  checkTypes(own, parameter, at, report);
  return { template: read.template, plain: value, parameter: own.name };
}

const WORDS: Readonly<Record<BytecodeParameter['type'], string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  string_list: 'a list of texts',
};

function checkTypes(own: ParameterSource, parameter: BytecodeParameter, path: Path, report: Report): void {
  const { name, type } = parameter;
  if (own.type !== type && !(own.type === 'integer' && type === 'number')) {
    const message = `"${name}" takes ${WORDS[type]}, parameter "${own.name}" is ${WORDS[own.type]}`;
    report({ code: 'WF3017', path, message, hint: `give it ${WORDS[type]}` });
  }
  const mayBeMissing = own.required === false && own.default === undefined;
  if (!mayBeMissing || (!parameter.required && parameter.default === undefined)) return;
  const message = `parameter "${own.name}" need not be given, and "${name}" is then ${parameter.required ? 'missing' : 'not its default'}`;
  report({ code: 'WF3017', path, message, hint: `give parameter "${own.name}" a default, or make it required` });
}

type ReadGiven = { readonly template: Template; readonly literal: unknown } | { readonly template: Template };

/** A text, number, truth value or list of texts, as a template; `undefined` for anything else. */
function readGiven(value: unknown): ReadGiven | undefined {
  if (typeof value === 'string') {
    const { template } = parseTemplate(value);
    if (template.some((part) => part.kind === 'expression')) return { template };
    return { template, literal: template.map((part) => (part.kind === 'text' ? part.text : '')).join('') };
  }
  if (typeof value === 'number' || typeof value === 'boolean') return { ...ofLiteral(value), literal: value };
  if (!Array.isArray(value)) return undefined;
  const items = value.map(readGiven).filter((item) => item !== undefined);
  if (items.length < value.length) return undefined;
  const nodes = items.map(({ template }) => toNode(template));
  const template = [toPart({ kind: 'array', items: nodes, from: 0, to: 0 })];
  const literals = items.flatMap((item) => ('literal' in item ? [item.literal] : []));
  return literals.length < items.length ? { template } : { template, literal: literals };
}

/** A fixed value: a text stays text, anything else is an expression that gives it. */
function ofLiteral(value: unknown): { readonly template: Template } {
  if (typeof value === 'string') return { template: [{ kind: 'text', text: value }] };
  if (!Array.isArray(value)) {
    return { template: [toPart({ kind: 'literal', value: value as number | boolean, from: 0, to: 0 })] };
  }
  const items = value.map((item) => toNode(ofLiteral(item).template));
  return { template: [toPart({ kind: 'array', items, from: 0, to: 0 })] };
}
