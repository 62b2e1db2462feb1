import type { Member, StringConstraint } from '../../catalog/catalog.ts';
import { toStateMachineAction, toStateMachineService } from '../../catalog/step-functions-names.ts';
import type { ParameterSource } from '../../language/source.ts';
import type { AnalysedStep, Analysis, ResolvedCall } from '../analyse/analysis.ts';
import type { TypeScope } from '../analyse/expression-type.ts';
import { dependenciesOf, orderSteps } from '../analyse/order-steps.ts';
import { outputOfStep } from '../analyse/rules/known-references.ts';
import { referencesIn } from '../analyse/value.ts';
import type { Argument, AwsCall, Bytecode, BytecodeParameter, Effect, PlanEntry } from '../bytecode.ts';
import { checksumOf } from '../checksum.ts';
import { effectOf, riskOf } from '../risk.ts';
import { summarise } from './summarise.ts';
import { asWritten, forStateMachine, toArgument } from './to-argument.ts';
import { toCli } from './to-cli.ts';

/** The bytecode of a workflow that has no errors. Same analysis, same bytes. */
export function emitBytecode(analysis: Analysis): Bytecode {
  const { workflow } = analysis.parsed;
  const plan = emitPlan(analysis);
  const permissions = plan.flatMap(({ call }) => call.permissions);
  const risk = riskOf(permissions, analysis.catalog);
  const effect = worst(plan.map(({ call }) => call.effect));
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
      services: [...new Set(plan.map(({ call }) => call.service))].sort(),
    },
    parameters: (workflow.parameters ?? []).map((parameter) => emitParameter(parameter, analysis)),
    execution_plan: plan,
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

function emitPlan(analysis: Analysis): readonly PlanEntry[] {
  const steps = orderSteps(analysis.steps);
  const read = new Set(steps.flatMap((step) => stepsRead(step)));
  return steps.map((step, index) => ({
    step_id: step.id,
    type: 'aws_command',
    intent: step.source.intent ?? null,
    context: step.source.context ?? {},
    depends_on: dependenciesOf(step),
    next_step: steps[index + 1]?.id ?? null,
    call: emitCall(step, analysis),
    resolution: callOf(step).resolution,
    result_used: read.has(step.id),
  }));
}

function stepsRead(step: AnalysedStep): readonly string[] {
  return step.values.flatMap(referencesIn).flatMap(({ node }) => {
    const [field] = node.path;
    return node.root === 'steps' && field?.kind === 'field' ? [field.name] : [];
  });
}

function emitCall(step: AnalysedStep, analysis: Analysis): AwsCall {
  const call = callOf(step);
  const { service, operation } = call;
  const { permissions } = step;
  const args = emitArguments(call, analysis, asWritten);
  return {
    service: service.name,
    operation: operation.name,
    state_machine_service: toStateMachineService(service.serviceId),
    state_machine_action: toStateMachineAction(operation.name),
    arguments: args,
    state_machine_arguments: emitArguments(call, analysis, forStateMachine),
    permissions,
    effect: worst(permissions.map(({ action }) => effectOfName(action, analysis))),
    cli: toCli(service.cliName, operation.name, args),
  };
}

/** In the order of the API model, whatever order the author wrote them in. */
function emitArguments(
  { service, operation, members }: ResolvedCall,
  analysis: Analysis,
  spell: (name: string) => string,
): Readonly<Record<string, Argument>> {
  const scope: TypeScope = {
    parameters: analysis.parsed.workflow.parameters ?? [],
    outputOf: (stepId) => outputOfStep(analysis, stepId),
  };
  const entries = operation.input.members.flatMap((member) => {
    const value = members.get(member.name);
    if (value === undefined) return [];
    return [[spell(member.name), toArgument(value, member.shape, service, scope, spell)] as const];
  });
  return Object.fromEntries(entries);
}

/** A parameter as declared; where its author gave no rules, with those of the members it goes into. */
function emitParameter(parameter: ParameterSource, analysis: Analysis): BytecodeParameter {
  const { name, type, required, default: fallback, pattern, ...rules } = parameter;
  const inherited = type === 'string' && parameter.enum === undefined ? constraintsOn(name, analysis) : [];
  const patterns = [
    ...(pattern === undefined ? [] : [{ pattern: `^(?:${pattern})$`, description: `text that matches ${pattern}` }]),
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
  };
}

function tightest<Name extends string>(
  name: Name,
  lengths: readonly (number | undefined)[],
  choose: (...lengths: number[]) => number,
): Partial<Record<Name, number>> {
  const known = lengths.filter((length) => length !== undefined);
  return known.length === 0 ? {} : ({ [name]: choose(...known) } as Record<Name, number>);
}

/** The documented rules of every member whose whole value is this parameter. */
function constraintsOn(name: string, analysis: Analysis): readonly StringConstraint[] {
  const rules = analysis.steps.flatMap(({ call }) =>
    call === undefined
      ? []
      : call.operation.input.members.flatMap((member) =>
          member.constraint !== undefined && isParameter(call, member, name) ? [member.constraint] : [],
        ),
  );
  const distinct = rules.filter((rule, index) => rules.findIndex(({ pattern }) => pattern === rule.pattern) === index);
  // Some calls take an ARN in place of a name; where another call of the workflow does not, only the name fits both.
  return distinct.filter(
    ({ description }) => !distinct.some((other) => description.startsWith(`${other.description}; or `)),
  );
}

function isParameter(call: ResolvedCall, member: Member, name: string): boolean {
  const value = call.members.get(member.name);
  if (value?.kind !== 'template' || value.template.length !== 1) return false;
  return referencesIn(value).some(({ node }) => {
    const [field] = node.path;
    return node.root === 'params' && node.path.length === 1 && field?.kind === 'field' && field.name === name;
  });
}

function callOf(step: AnalysedStep): ResolvedCall {
  if (step.call === undefined) throw new Error(`Step ${step.id} has no call, so the workflow has errors`);
  return step.call;
}

function effectOfName(name: string, { catalog }: Analysis): Effect {
  const action = catalog.iamAction(name);
  if (action === undefined) throw new Error(`No IAM action ${name}`);
  return effectOf(action);
}

function worst(effects: readonly Effect[]): Effect {
  if (effects.includes('destructive')) return 'destructive';
  return effects.includes('write') ? 'write' : 'read';
}
