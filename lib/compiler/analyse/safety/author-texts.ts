import type { Path, WorkflowSource } from '../../../language/source.ts';

/** A text that its author wrote for people, and that search, MCP clients and terminals show. */
export interface AuthorText {
  readonly text: string;
  readonly path: Path;
  /** As a person would say it: `the description`. */
  readonly name: string;
  readonly maxLength: number;
  /** Whether it may have several lines. */
  readonly lines?: true;
}

const MAX = { description: 600, author: 80, tag: 40, useCase: 200, parameter: 120, intent: 300, step: 300 } as const;
/** How many entries the lists may have. */
export const MAX_ENTRIES = { tags: 12, use_cases: 12 } as const;
/** What a step can say to people. */
const STEP_TEXTS = ['description', 'comment', 'message'] as const;

/** Every text of a workflow that is not a name or a value, in the order of the file's format. */
export function authorTexts(workflow: WorkflowSource): readonly AuthorText[] {
  const { description, author, tags = [], use_cases: useCases = [], parameters = [], steps } = workflow;
  return [
    { text: description, path: ['description'], name: 'the description', maxLength: MAX.description, lines: true },
    { text: author, path: ['author'], name: 'the author', maxLength: MAX.author },
    ...tags.map((text, index) => ({ text, path: ['tags', index], name: 'a tag', maxLength: MAX.tag })),
    ...useCases.map((text, index) => ({
      text,
      path: ['use_cases', index],
      name: 'a use case',
      maxLength: MAX.useCase,
    })),
    ...parameters.flatMap(({ name, description: text }, index) =>
      text === undefined
        ? []
        : [
            {
              text,
              path: ['parameters', index, 'description'],
              name: `the description of parameter "${name}"`,
              maxLength: MAX.parameter,
            },
          ],
    ),
    ...steps.flatMap((step, index) => stepTexts({ ...step }, ['steps', index])),
  ];
}

function stepTexts(step: Readonly<Record<string, unknown>>, path: Path): readonly AuthorText[] {
  const text = (field: string, maxLength: number): readonly AuthorText[] => {
    const value = step[field];
    if (typeof value !== 'string') return [];
    return [{ text: value, path: [...path, field], name: `the ${field} of step "${step.id}"`, maxLength }];
  };
  return [...text('intent', MAX.intent), ...STEP_TEXTS.flatMap((field) => text(field, MAX.step))];
}
