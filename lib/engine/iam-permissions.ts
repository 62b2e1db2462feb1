import {
  type EvaluationResult,
  type IAMClient,
  NoSuchEntityException,
  paginateSimulatePrincipalPolicy,
} from '@aws-sdk/client-iam';
import { atMost } from './at-most.ts';
import type { CallerPermissions } from './caller-permissions.ts';
import { type AccountPlace, type NeededPermission, neededPermissions } from './needed-permissions.ts';
import { policySource } from './policy-source.ts';

export interface IamPermissionsOptions {
  readonly client: IAMClient;
  readonly place: AccountPlace;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Hears why IAM did not answer; the caller only learns that it cannot be told. */
  readonly onError: (error: unknown) => void;
}

/** What a change of a caller's policies takes at most to be seen. */
const REMEMBERED_MS = 60_000;
const MAX_PRINCIPALS = 200;
/** IAM is one service for all Regions, and throttles an account as a whole. */
const MAX_CALLS_AT_ONCE = 4;
/** From the moment that something is asked for; API Gateway itself gives up after 30 seconds. */
const MAX_WAIT_MS = 5_000;

/** All that has been found out about one caller, until it is too old. */
interface Known {
  readonly until: number;
  readonly source: Promise<string | undefined>;
  readonly simulated: Map<string, Promise<readonly string[]>>;
}

/** One request to the simulator: the actions that are needed on one pattern of resources. */
type Simulation = Omit<NeededPermission, 'action'> & { readonly actions: readonly string[] };

/**
 * Asks IAM's policy simulator what callers may do: their policies, those of their groups, their permissions boundary
 * and the service control policies of their account. It does not see session policies, policies of resources, a Deny for
 * fewer resources than a workflow's pattern stands for, and a Deny under a condition on a key that is not known
 * beforehand: the simulator names all keys of all statements as missing, whether they matter or not
 * (https://github.com/boto/boto3/issues/3111), so that does not tell. The workflow's own role bounds it in any case.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export function createIamPermissions({ client, place, now, onError }: IamPermissionsOptions): CallerPermissions {
  const inTurn = atMost(MAX_CALLS_AT_ONCE);
  const callers = new Map<string, Known>();

  function knownOf(principal: string): Known {
    const earlier = callers.get(principal);
    if (earlier !== undefined && now() < earlier.until) return earlier;
    if (callers.size >= MAX_PRINCIPALS) callers.clear();
    const signal = AbortSignal.timeout(MAX_WAIT_MS);
    const source = inTurn(() => policySource(client, principal, place, signal));
    const known = { until: now() + REMEMBERED_MS, source, simulated: new Map<string, Promise<readonly string[]>>() };
    callers.set(principal, known);
    return known;
  }

  return {
    async missingPermissions(principal, bytecode) {
      const known = knownOf(principal);
      const { source, simulated } = known;
      try {
        const arn = await source;
        if (arn === undefined) return undefined;
        const signal = AbortSignal.timeout(MAX_WAIT_MS);
        const answers = simulationsOf(neededPermissions(bytecode, place)).map((simulation) => {
          const key = JSON.stringify(simulation);
          const answer = simulated.get(key) ?? inTurn(() => deniedActions(client, arn, simulation, signal));
          simulated.set(key, answer);
          return answer;
        });
        return [...new Set((await Promise.all(answers)).flat())].sort();
      } catch (error) {
        // What has failed once is asked anew.
        if (callers.get(principal) === known) callers.delete(principal);
        if (!(error instanceof NoSuchEntityException)) onError(error);
        return undefined;
      }
    },
  };
}

/** One for each pattern of resources, because the simulator tries every action on every resource that it is given. */
function simulationsOf(needed: readonly NeededPermission[]): readonly Simulation[] {
  const simulations = new Map<string, Simulation>();
  for (const { action, ...request } of needed) {
    const key = JSON.stringify(request);
    const actions = simulations.get(key)?.actions ?? [];
    simulations.set(key, { ...request, actions: [...actions, action].sort() });
  }
  return [...simulations.values()];
}

/** The actions that the simulator does not plainly allow; one that it says nothing about is not allowed. */
async function deniedActions(
  client: IAMClient,
  PolicySourceArn: string,
  { actions, resource, context }: Simulation,
  abortSignal: AbortSignal,
): Promise<readonly string[]> {
  const ContextEntries = Object.entries(context).map(([ContextKeyName, value]) => ({
    ContextKeyName,
    ContextKeyValues: [value].flat(),
    ContextKeyType: typeof value === 'string' ? ('string' as const) : ('stringList' as const),
  }));
  const request = { PolicySourceArn, ActionNames: [...actions], ResourceArns: [resource], ContextEntries };
  const allowed = new Set<string>();
  const pages = paginateSimulatePrincipalPolicy({ client }, request, { abortSignal });
  for await (const { EvaluationResults = [] } of pages) {
    for (const result of EvaluationResults) if (isAllowed(result)) allowed.add(result.EvalActionName ?? '');
  }
  return actions.filter((action) => !allowed.has(action));
}

/** The parts of an answer agree; where they should not, the strictest counts. */
function isAllowed(result: EvaluationResult): boolean {
  return (
    result.EvalDecision === 'allowed' &&
    (result.ResourceSpecificResults ?? []).every(({ EvalResourceDecision }) => EvalResourceDecision === 'allowed') &&
    result.OrganizationsDecisionDetail?.AllowedByOrganizations !== false &&
    result.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary !== false
  );
}
