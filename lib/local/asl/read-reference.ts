import { INTRINSICS, IntrinsicError } from './intrinsics/intrinsic-functions.ts';
import {
  type IntrinsicArgument,
  type IntrinsicCall,
  isIntrinsic,
  parseIntrinsic,
} from './intrinsics/parse-intrinsic.ts';
import { PathError } from './json-path/json-path.ts';
import { parseJsonPath } from './json-path/parse-json-path.ts';
import { readJsonPath } from './json-path/read-json-path.ts';
import type { Scope } from './query-language.ts';
import { inState, StateFailure } from './state-failure.ts';

/** What a reference of a JSONPath state can be rooted in: `$`, `$$` and variables. */
export interface Roots {
  readonly document: unknown;
  readonly scope: Scope;
}

const VARIABLE = /^\$([\p{L}_][\p{L}\p{N}_]*)/u;

/** The name of the variable that a reference is rooted in, if it is: `guess` of `$guess.value`. */
export function variableOf(reference: string): string | undefined {
  return VARIABLE.exec(reference)?.[1];
}

/**
 * The value that `$.a`, `$$.Execution.Id` or `$variable.a` leads to. Throws {@link PathError} where it leads nowhere.
 * https://docs.aws.amazon.com/step-functions/latest/dg/amazon-states-language-paths.html
 */
export function readReference(reference: string, { document, scope }: Roots): unknown {
  if (reference === '$') return document;
  if (reference.startsWith('$$')) return readJsonPath(parseJsonPath(reference.slice(1)), scope.context);
  const variable = variableOf(reference);
  if (variable === undefined) return readJsonPath(parseJsonPath(reference), document);
  if (!Object.hasOwn(scope.variables, variable)) throw new PathError(`Variable $${variable} is not defined`);
  return readJsonPath(parseJsonPath(`$${reference.slice(variable.length + 1)}`), scope.variables[variable]);
}

/** Throws {@link PathError} where a reference or the call of an intrinsic function cannot be parsed. */
export function checkReference(reference: string): void {
  if (isIntrinsic(reference)) {
    checkCall(parseIntrinsic(reference));
    return;
  }
  const variable = variableOf(reference);
  if (reference.startsWith('$$')) parseJsonPath(reference.slice(1));
  else parseJsonPath(variable === undefined ? reference : `$${reference.slice(variable.length + 1)}`);
}

function checkCall(call: IntrinsicCall): void {
  for (const argument of call.arguments) {
    if (argument.kind === 'path') checkReference(argument.text);
    if (argument.kind === 'call') checkCall(argument);
  }
}

/** The value of an intrinsic function. Throws a `StateFailure`. */
export function callIntrinsic(text: string, roots: Roots, random: () => number): unknown {
  return callParsed(parseIntrinsic(text), roots, random);
}

function callParsed(call: IntrinsicCall, roots: Roots, random: () => number): unknown {
  const values = call.arguments.map((argument, index) => argumentValue(call, argument, index, roots, random));
  try {
    return INTRINSICS[call.name]?.(values, random);
  } catch (cause) {
    if (!(cause instanceof IntrinsicError)) throw cause;
    const said = `The function '${call.text}' had the following error: ${cause.message}`;
    throw new StateFailure('States.IntrinsicFailure', inState(roots.scope.state, said));
  }
}

function argumentValue(
  call: IntrinsicCall,
  argument: IntrinsicArgument,
  index: number,
  roots: Roots,
  random: () => number,
): unknown {
  if (argument.kind === 'call') return callParsed(argument, roots, random);
  if (argument.kind === 'value') return argument.value;
  if (argument.kind === 'text') return call.name === 'Format' && index === 0 ? argument.raw : argument.value;
  try {
    return readReference(argument.text, roots);
  } catch (cause) {
    if (!(cause instanceof PathError)) throw cause;
    const said = `The function '${call.text}' had the following error: The JsonPath argument for the field '${argument.text}' could not be found in the input '${JSON.stringify(roots.document)}'`;
    throw new StateFailure('States.Runtime', inState(roots.scope.state, said));
  }
}
