import type { Rule } from '../analysis.ts';
import { argumentPlaces } from '../safety/argument-places.ts';
import { isSecret } from '../safety/is-secret.ts';
import { type ReferenceNode, referencesIn } from '../value.ts';

/** No approval shows a parameter that is a secret: the question goes to everyone who subscribes to the topic. */
export const secretInQuestion: Rule = ({ steps }, report) => {
  const secrets = new Set(
    steps
      .flatMap(argumentPlaces)
      .filter(isSecret)
      .flatMap(({ value }) => referencesIn(value))
      .flatMap(({ node }) => parameterOf(node) ?? []),
  );
  for (const { source, fields } of steps) {
    const message = fields.get('message');
    if (source.type !== 'approval' || message === undefined) continue;
    for (const { node, path, from, to } of referencesIn(message)) {
      const name = parameterOf(node);
      if (name === undefined || !secrets.has(name)) continue;
      const said = `parameter "${name}" is a secret, and everyone who is asked would read it`;
      report({ code: 'WF4206', path, within: { from, to }, message: said, hint: 'leave it out of the question' });
    }
  }
};

function parameterOf({ root, path: [field] }: ReferenceNode): string | undefined {
  return root === 'params' && field?.kind === 'field' ? field.name : undefined;
}
