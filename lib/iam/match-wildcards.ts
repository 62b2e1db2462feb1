/** What is known about a request, by condition key. A list is a multivalued key, such as `aws:TagKeys`. */
export type RequestContext = Readonly<Record<string, string | readonly string[]>>;

/** The value of a policy variable, or undefined where the request has no single one. */
export type Substitution = (name: string) => string | undefined;

/** Keys of the request context are found without regard to case. */
export function contextValues(context: RequestContext, key: string): readonly string[] | undefined {
  const wanted = key.toLowerCase();
  for (const [name, value] of Object.entries(context)) {
    if (name.toLowerCase() === wanted) return typeof value === 'string' ? [value] : value;
  }
  return undefined;
}

export function substitutionOf(context: RequestContext): Substitution {
  return (name) => {
    const values = contextValues(context, name);
    return values?.length === 1 ? values[0] : undefined;
  };
}

/**
 * Whether `text` fits a pattern in which `*` stands for any text and `?` for one character; case counts.
 * Takes no more steps than the product of both lengths, so that no pattern can hold the process up.
 */
export function wildcardMatches(pattern: string, text: string): boolean {
  return tokensMatch(
    [...pattern].map((character) => ({ character, wild: character === '*' || character === '?' })),
    [...text],
  );
}

/** Like {@link wildcardMatches}, with policy variables filled in; a variable without a value fits nothing. */
export function patternMatches(pattern: string, text: string, substitute: Substitution): boolean {
  const tokens = tokensOf(pattern, substitute);
  return tokens !== undefined && tokensMatch(tokens, [...text]);
}

/**
 * Whether an ARN fits a pattern, each of the six parts by itself, so that a wildcard does not reach across a colon;
 * missing parts of the pattern are wildcards. `*` alone fits anything, and is all that fits a request without a resource.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function arnMatches(pattern: string, arn: string, substitute: Substitution): boolean {
  if (pattern === '*') return true;
  const patternParts = arnParts(pattern);
  const parts = arnParts(arn);
  if (parts.length < 6) return false;
  return parts.every((part, index) => patternMatches(patternParts[index] ?? '*', part, substitute));
}

/** Partition, service, region, account; the sixth part is all the rest. A colon in a policy variable does not count. */
function arnParts(arn: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  for (const character of arn) {
    if (character === '{') depth += 1;
    if (character === '}') depth -= 1;
    if (character === ':' && depth === 0 && parts.length < 5) {
      parts.push(part);
      part = '';
    } else part += character;
  }
  return [...parts, part];
}

interface Token {
  readonly character: string;
  readonly wild: boolean;
}

/** `${*}`, `${?}` and `${$}` are those characters themselves; what a variable brings in holds no wildcards. */
function tokensOf(pattern: string, substitute: Substitution): readonly Token[] | undefined {
  const tokens: Token[] = [];
  for (const [match, variable] of pattern.matchAll(/\$\{([^}]*)\}|[\s\S]/gu)) {
    const text =
      variable === undefined
        ? match
        : ['*', '?', '$'].includes(variable)
          ? variable
          : variableValue(variable, substitute);
    if (text === undefined) return undefined;
    for (const character of text) {
      tokens.push({ character, wild: variable === undefined && (character === '*' || character === '?') });
    }
  }
  return tokens;
}

/** `${aws:PrincipalTag/team, 'company-wide'}` has a default. */
function variableValue(variable: string, substitute: Substitution): string | undefined {
  const [, name = '', fallback] = /^([^,]*?)\s*(?:,\s*'([^']*)')?$/.exec(variable) ?? [];
  return substitute(name.trim()) ?? fallback;
}

function tokensMatch(pattern: readonly Token[], text: readonly string[]): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let position = 0;
  while (position < text.length) {
    const token = pattern[at];
    if (token?.wild && token.character === '*') {
      star = at;
      resume = position;
      at += 1;
    } else if (token !== undefined && (token.wild || token.character === text[position])) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      position = resume;
    } else return false;
  }
  while (pattern[at]?.wild && pattern[at]?.character === '*') at += 1;
  return at === pattern.length;
}
