import type { Shape } from '../../../catalog/catalog.ts';
import type { Value } from '../value.ts';
import type { ArgumentPlace } from './argument-places.ts';

/**
 * What reads the text at a place:
 * - `policy`: IAM, as a policy document
 * - `script`: a shell, a line at a time
 * - `arguments`: a program, as its list of arguments; or a shell, as one argument
 * - `code`: an interpreter, or a service that makes something from a template or definition
 * - `query`: a query language such as SQL
 * - `json`: something that takes JSON
 */
export type TextKind = 'policy' | 'script' | 'arguments' | 'code' | 'query' | 'json' | 'plain';

interface Row {
  readonly kind: TextKind;
  /** The member's name, in any case. */
  readonly name: RegExp;
  readonly services?: readonly string[];
  /** The operation or structure that the member belongs to. */
  readonly owner?: RegExp;
  readonly documentation?: RegExp;
  readonly shape?: 'text' | 'list' | 'map';
  /** Keys of the map that the member is. */
  readonly key?: RegExp;
  /** A member beside it, and what its text is; one that is known only at run time fits too. */
  readonly sibling?: readonly [member: string, text: RegExp];
}

/** The first row that fits counts. Exceptions stand before the rule they are taken from. */
const ROWS: readonly Row[] = [
  // Names of policies, and policies that grant nothing.
  { kind: 'plain', name: /^(?:image_?pull|dns|snapshot|ssl|.*security|.*protocol|scaling|reputationentity)policy$/i },
  { kind: 'json', name: /^(?:lifecycle|delivery|redrive|filter)policy$/i, shape: 'text' },
  // Attributes of topics and queues are maps of names to texts, or a name beside its text.
  { kind: 'policy', name: /^attributes$/i, services: ['sns', 'sqs'], key: /^(?:Policy|DataProtectionPolicy)$/ },
  {
    kind: 'policy',
    name: /^attributevalue$/i,
    services: ['sns'],
    sibling: ['AttributeName', /^(?:Policy|DataProtectionPolicy)$/],
  },
  { kind: 'json', name: /^attributes$/i, services: ['sns', 'sqs'], key: /Policy$/ },
  // Values of the parameters of an SSM document go into its commands as they are.
  { kind: 'script', name: /^parameters$/i, services: ['ssm'], key: /^(?:commands?|scripts?|source.*|.*command)$/i },
  { kind: 'arguments', name: /^(?:task)?parameters$/i, services: ['ssm'], shape: 'map' },
  { kind: 'code', name: /^content$/i, services: ['ssm'], owner: /Document/ },
  { kind: 'policy', name: /^content$/i, services: ['organizations'] },
  { kind: 'policy', name: /^policytemplate$/i, services: ['ram'] },
  { kind: 'policy', name: /^(?:accesspolicies|policies)$/i, services: ['elasticsearch', 'opensearch'] },
  { kind: 'policy', name: /polic(?:y|ies)(?:document|text|body|injson)?$/i, shape: 'text' },
  {
    kind: 'script',
    name: /^(?:commands|buildspec(?:override)?|.*userdata|user_data)$/i,
    owner: /^(?!CreatePlatformEndpoint)/,
  },
  { kind: 'script', name: /^command$/i, shape: 'text' },
  { kind: 'arguments', name: /^(?:command|args|entry_?point|container(?:arguments|entrypoint))$/i, shape: 'list' },
  { kind: 'arguments', name: /^(?:default|nonoverridable|add)?arguments$/i, services: ['glue'], shape: 'map' },
  { kind: 'code', name: /^(?:zipfile|codeblock|(?:connection)?functioncode|templatebody|pipelinedefinition)$/i },
  { kind: 'code', name: /^code$/i, services: ['appsync', 'glue'] },
  { kind: 'code', name: /^definition$/i, services: ['sfn'] },
  { kind: 'query', name: /^(?:sqls?|sqlquery|initquery|preprocessingquery|samplequery|querystring|querystatement)$/i },
  { kind: 'query', name: /^statement$/i, services: ['dynamodb'] },
  { kind: 'query', name: /^query$/i, services: ['cloudwatch', 'glue'] },
  { kind: 'query', name: /^expression$/i, services: ['config'], owner: /^Select/ },
  { kind: 'json', name: /json$|^(?:eventpattern|detail|dashboardbody|metricwidget)$/i },
  {
    kind: 'json',
    name: /^(?:input|output|payload|context|variables)$/i,
    services: ['sfn', 'lambda', 'events', 'scheduler'],
  },
  {
    kind: 'json',
    name: /./,
    shape: 'text',
    documentation: /\bJSON (?:string|object|document|text|array)\b|\bin JSON\b|JSON[- ]format|\bvalid JSON\b/i,
  },
];

/** What reads the text at a place: told by names first, then by what AWS's documentation says of the member. */
export function textKind(place: ArgumentPlace): TextKind {
  return ROWS.find((row) => fits(row, place))?.kind ?? 'plain';
}

function fits(row: Row, { call, owner, member, keys, siblings }: ArgumentPlace): boolean {
  if (!row.name.test(member.name)) return false;
  if (row.services !== undefined && !row.services.includes(call.service.name)) return false;
  if (row.owner !== undefined && !row.owner.test(owner)) return false;
  if (row.shape !== undefined && row.shape !== shapeOf(member.shape)) return false;
  if (row.key !== undefined && !row.key.test(keys[0] ?? '')) return false;
  if (row.sibling !== undefined && !siblingFits(siblings.get(row.sibling[0]), row.sibling[1])) return false;
  return row.documentation === undefined || row.documentation.test(member.documentation);
}

function siblingFits(value: Value | undefined, text: RegExp): boolean {
  return value?.kind === 'template' || (value?.kind === 'literal' && text.test(String(value.value)));
}

function shapeOf(shape: Shape): Row['shape'] | undefined {
  if (shape.kind === 'list') return 'list';
  if (shape.kind === 'map') return 'map';
  if (shape.kind === 'structure') return undefined;
  return shape.enum === undefined && ['string', 'blob', 'document'].includes(shape.type) ? 'text' : undefined;
}
