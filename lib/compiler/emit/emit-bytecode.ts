import type { ParameterSource } from '../../language/source.ts';
import type { Analysis } from '../analyse/analysis.ts';
import { argumentPlaces } from '../analyse/safety/argument-places.ts';
import { constraintsOn } from '../analyse/safety/constraints-on.ts';
import { isSecret } from '../analyse/safety/is-secret.ts';
import { typeScope } from '../analyse/type-scope.ts';
import { referencesIn } from '../analyse/value.ts';
import type { Argument, Bytecode, BytecodeParameter } from '../bytecode.ts';
import { checksumOf } from '../checksum.ts';
import { callsOf, worstEffect } from '../plan-calls.ts';
import { riskOf } from '../risk.ts';
import { emitPlan } from './emit-plan.ts';
import { summarise } from './summarise.ts';
import { toOutput } from './to-argument.ts';

/** The bytecode of a workflow that has no errors. Same analysis, same bytes. */
export function emitBytecode(analysis: Analysis): Bytecode {
  const { workflow } = analysis.parsed;
  const plan = emitPlan(analysis);
  const permissions = plan.flatMap(callsOf).flatMap((call) => call.permissions);
  const risk = riskOf(permissions, analysis.catalog);
  // An inverse takes away no more than the run has made.
  const effect = worstEffect(plan.flatMap(({ call }) => call?.effect ?? []));
  const content = {
    version: '1.0',
    format: 'aws-mcp-bytecode',
    workflow_id: workflow.name,
    metadata: {
      name: workflow.name,
      version: workflow.version,
      description: workflow.description,
      author: workflow.author,
      tier: analysis.tier,
      tags: workflow.tags ?? [],
      use_cases: workflow.use_cases ?? [],
      summary: summarise(plan, effect),
      services: [...new Set(plan.flatMap(callsOf).map(({ service }) => service))].sort(),
    },
    parameters: (workflow.parameters ?? []).map((parameter) => emitParameter(parameter, analysis)),
    execution_plan: plan,
    ...emitOutputs(analysis),
    required_permissions: [...new Set(permissions.map(({ action }) => action))].sort(),
    security: {
      risk_score: risk.score,
      risk_reasons: risk.reasons,
      max_duration: workflow.security.max_duration,
      effect,
    },
  } as const;
  return { ...content, checksum: checksumOf(content) };
}

function emitOutputs(analysis: Analysis): { readonly outputs?: Readonly<Record<string, Argument>> } {
  if (analysis.outputs.size === 0) return {};
  const scope = { ...typeScope(analysis), resultName: '', itemName: '' };
  return {
    outputs: Object.fromEntries([...analysis.outputs].map(([name, value]) => [name, toOutput(value, scope)])),
  };
}

/** A parameter as declared; where its author gave no rules, with those of the members it goes into. */
function emitParameter(parameter: ParameterSource, analysis: Analysis): BytecodeParameter {
  const { name, type, required, default: fallback, pattern, ...rules } = parameter;
  const inherited = type === 'string' && parameter.enum === undefined ? constraintsOn(name, analysis) : [];
  const patterns = [
    ...[...(pattern === undefined ? [] : [pattern]), ...(analysis.patterns.get(name) ?? [])].map((text) => {
      return { pattern: `^(?:${text})$`, description: `text that matches ${text}` };
    }),
    ...inherited.flatMap((rule) =>
      rule.pattern === undefined ? [] : [{ pattern: rule.pattern, description: rule.description }],
    ),
  ];
  return {
    name,
    type,
    required: required ?? fallback === undefined,
    ...(fallback === undefined ? {} : { default: fallback }),
    ...tightest(
      'min_length',
      inherited.map(({ minLength }) => minLength),
      Math.max,
    ),
    ...tightest(
      'max_length',
      inherited.map(({ maxLength }) => maxLength),
      Math.min,
    ),
    ...rules,
    ...(patterns.length === 0 ? {} : { patterns }),
    ...(goesIntoSecret(name, analysis) ? { sensitive: true } : {}),
  };
}

function goesIntoSecret(name: string, { steps }: Analysis): boolean {
  return steps.flatMap(argumentPlaces).some(
    (place) =>
      isSecret(place) &&
      referencesIn(place.value).some(({ node }) => {
        const [field] = node.path;
        return node.root === 'params' && field?.kind === 'field' && field.name === name;
      }),
  );
}

function tightest<Name extends string>(
  name: Name,
  lengths: readonly (number | undefined)[],
  choose: (...lengths: number[]) => number,
): Partial<Record<Name, number>> {
  const known = lengths.filter((length) => length !== undefined);
  return known.length === 0 ? {} : ({ [name]: choose(...known) } as Record<Name, number>);
}
