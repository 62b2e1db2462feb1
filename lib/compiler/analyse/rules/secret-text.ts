import type { ParameterSource, Path } from '../../../language/source.ts';
import type { Report, Rule } from '../analysis.ts';
import { argumentPlaces } from '../safety/argument-places.ts';
import { isSecret } from '../safety/is-secret.ts';
import { referencesIn } from '../value.ts';

/** No secret stands in a workflow's text, and whoever gives one as a parameter is told where it will be kept. */
export const secretText: Rule = ({ parsed, steps }, report) => {
  const warned = new Set<string>();
  for (const place of steps.flatMap(argumentPlaces)) {
    const { value, name } = place;
    if (!isSecret(place)) continue;
    if (value.kind === 'literal') {
      if (typeof value.value === 'string' && value.value !== '') tellSecret(value.path, name, report);
      continue;
    }
    for (const { node } of referencesIn(value)) {
      const [field] = node.path;
      const index = (parsed.workflow.parameters ?? []).findIndex(
        (one) => node.root === 'params' && field?.kind === 'field' && one.name === field.name,
      );
      const parameter = parsed.workflow.parameters?.[index];
      if (parameter === undefined || warned.has(parameter.name)) continue;
      warned.add(parameter.name);
      checkParameter(parameter, ['parameters', index], name, report);
    }
  }
};

const MEND =
  'let AWS make and keep it (ManageMasterUserPassword, a secret in Secrets Manager), or take it from a parameter';

function tellSecret(path: Path, name: string, report: Report): void {
  report({ code: 'WF4204', path, message: `${name} is a secret, and everybody can read the workflow`, hint: MEND });
}

function checkParameter(parameter: ParameterSource, path: Path, member: string, report: Report): void {
  if (parameter.default !== undefined && parameter.default !== '') tellSecret([...path, 'default'], member, report);
  else if (parameter.enum !== undefined) tellSecret([...path, 'enum', 0], member, report);
  const message = `parameter "${parameter.name}" is a secret (it goes into ${member}), and Step Functions keeps the input of every run`;
  const hint = 'let AWS make and keep it (ManageMasterUserPassword, a secret in Secrets Manager)';
  report({ code: 'WF4205', severity: 'warning', path: [...path, 'name'], message, hint });
}
