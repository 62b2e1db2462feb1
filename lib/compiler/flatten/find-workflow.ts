import { didYouMean, listNames } from '../../diagnostics/suggest.ts';
import type { Path, WorkflowStepSource } from '../../language/source.ts';
import type { Report } from '../analyse/analysis.ts';
import type { Origin, Tier } from '../bytecode.ts';
import type { Library, LibraryWorkflow } from './library.ts';

/** How many workflows may stand in one another. */
export const MAX_DEPTH = 5;

export interface Finding {
  readonly library: Library;
  /** The workflow that the step stands in. */
  readonly caller: string;
  readonly tier: Tier;
  /** What an earlier build put in place of each step. */
  readonly pinned: Readonly<Record<string, Origin>>;
  readonly report: Report;
}

/** The workflow that a step names, where it can be put in its place; else that is reported. */
export function findWorkflow(step: WorkflowStepSource, path: Path, finding: Finding): LibraryWorkflow | undefined {
  const { library, caller, report } = finding;
  const at = [...path, 'workflow'];
  const answer = library.find(step.workflow, caller);
  if (answer.status === 'unknown') {
    const guess = didYouMean(step.workflow, answer.names);
    const known = answer.names.length === 0 ? 'the registry has no other' : `workflows: ${listNames(answer.names, 12)}`;
    const hint = guess === undefined ? known : `did you mean "${guess}"?`;
    report({ code: 'WF2014', path: at, message: `no workflow named "${step.workflow}"`, hint });
    return undefined;
  }
  if (answer.status === 'circle') {
    const message = `workflows stand in each other in a circle: ${answer.chain.join(' → ')}`;
    report({ code: 'WF2010', path: at, message, hint: 'write the steps of one of them out in the other' });
    return undefined;
  }
  if (answer.status === 'broken') {
    const message = `workflow "${step.workflow}" has errors of its own`;
    report({ code: 'WF2011', path: at, message, hint: `run workflow check ${answer.file}` });
    return undefined;
  }
  return fits(step, path, answer.workflow, finding) ? answer.workflow : undefined;
}

function fits(step: WorkflowStepSource, path: Path, { bytecode, flat }: LibraryWorkflow, finding: Finding): boolean {
  const { tier, report } = finding;
  const { name, version, tier: ofOther } = bytecode.metadata;
  const at = [...path, 'workflow'];
  if (step.version !== undefined && step.version !== version) {
    const message = `workflow "${name}" has the version ${version}, not ${step.version}`;
    const hint = `write version: "${version}" once you have seen what is new in it`;
    report({ code: 'WF2014', path: [...path, 'version'], message, hint });
    return false;
  }
  if (ofOther === 'community' && tier !== 'community') {
    const message = `workflow "${name}" is of the community tier, which is trusted less than the ${tier} tier`;
    report({
      code: 'WF4007',
      path: at,
      message,
      hint: `bring "${name}" into the ${tier} tier, or write its steps out`,
    });
    return false;
  }
  if (flat.depth >= MAX_DEPTH) {
    const message = `with "${name}", more than ${MAX_DEPTH} workflows stand in one another`;
    report({ code: 'WF5006', path: at, message, hint: 'write the steps of one of them out' });
    return false;
  }
  return isPinned(step, path, bytecode, finding);
}

/** The lock file says what was put in place of a step; that changes on purpose only. */
function isPinned(
  step: WorkflowStepSource,
  path: Path,
  { metadata: { name, version }, checksum }: LibraryWorkflow['bytecode'],
  { pinned, report }: Finding,
): boolean {
  const before = Object.hasOwn(pinned, step.id) ? pinned[step.id] : undefined;
  // The author named another workflow or version: what was pinned says nothing of it.
  if (before === undefined || before.workflow !== name) return true;
  if (step.version !== undefined && step.version !== before.version) return true;
  if (before.version === version && before.checksum === checksum) return true;
  const short = (text: string): string => text.slice(0, 'sha256:'.length + 12);
  report({
    code: 'WF3018',
    path: [...path, 'workflow'],
    message: `workflow "${name}" is ${version} (${short(checksum)}), the lock file says ${before.version} (${short(before.checksum)})`,
    hint: `see what is new in "${name}", then take it with workflow compile --update-lock`,
  });
  return false;
}
