import type { Catalog, Operation } from '../../catalog/catalog.ts';
import { didYouMean } from '../../diagnostics/suggest.ts';
import type { CallSource, Path } from '../../language/source.ts';
import type { Report } from './analysis.ts';
import { findService, type StepOutcome, type StepScope } from './step-scope.ts';
import { readValue } from './value.ts';

/** The call that a step names with `action` and `parameters`. */
export function pinnedCall(
  source: CallSource,
  action: string,
  path: Path,
  scope: StepScope,
  report: Report,
): StepOutcome {
  const members = new Map(
    Object.entries(source.parameters ?? {}).map(([name, plain]) => [
      name,
      readValue(plain, [...path, 'parameters', name], report),
    ]),
  );
  const values = [...members.values()];
  const [serviceName = '', operationName = ''] = action.split(':');
  const service = findService(scope.catalog, serviceName, [...path, 'action'], report);
  if (service === undefined) return { values };
  const operation = service.operation(operationName);
  if (operation === undefined) {
    const guess = didYouMean(operationName, service.operations);
    report({
      code: 'WF3002',
      path: [...path, 'action'],
      message: `${service.name} has no operation "${operationName}"`,
      hint:
        guess === undefined
          ? `an action is written as service:Operation, e.g. ${service.name}:${service.operations[0] ?? ''}`
          : `did you mean ${service.name}:${guess}?`,
    });
    return { values };
  }
  const callable = callableOperation(operation, source.iam_actions, path, scope.catalog, report);
  if (callable === undefined) return { values };
  return { values, call: { service, operation: callable, members, resolution: { how: 'pinned' } } };
}

/**
 * What the resolver's gate checks for a matched call, checked for a pinned one. IAM actions on the author's word
 * count only where none is known, and only where IAM has them.
 */
function callableOperation(
  operation: Operation,
  stated: readonly string[] | undefined,
  step: Path,
  catalog: Catalog,
  report: Report,
): Operation | undefined {
  const path = [...step, 'action'];
  if (operation.unsupportedByStepFunctions !== undefined) {
    const message = `Step Functions cannot call ${operation.name}: ${operation.unsupportedByStepFunctions}`;
    report({ code: 'WF3010', path, message, hint: 'use another operation for this step' });
    return undefined;
  }
  if (operation.iamActions.length > 0) {
    if (stated === undefined) return operation;
    const known = operation.iamActions.join(' and ');
    const message = `${operation.name} is known to need ${known}; iam_actions is for calls whose actions are not known`;
    report({ code: 'WF3014', path: [...step, 'iam_actions'], atKey: true, message, hint: 'remove iam_actions' });
    return undefined;
  }
  if (stated === undefined) {
    const message = `the IAM action that ${operation.name} needs is not known, so its permission cannot be derived`;
    const hint = 'use another operation, or state its actions as iam_actions: [service:Action] after AWS documentation';
    report({ code: 'WF3011', path, message, hint });
    return undefined;
  }
  const unknown = stated.findIndex((name) => catalog.iamAction(name) === undefined);
  if (unknown === -1) return { ...operation, iamActions: stated };
  const hint = 'see the Service Authorization Reference for the actions of the service';
  const message = `IAM has no action ${stated[unknown]}`;
  report({ code: 'WF4003', path: [...step, 'iam_actions', unknown], message, hint });
  return undefined;
}
