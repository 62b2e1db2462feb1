/** The tools that an MCP client of this project has; a workflow's text has no reason to name one. */
export const MCP_TOOLS = [
  'suggest_workflows',
  'describe_workflow',
  'execute_workflow',
  'get_execution',
  'cancel_execution',
] as const;

const AI =
  '(?:ai|llm|large language model|language model|chatbot|chatgpt|ai (?:agent|assistant|model)|assistant|copilot)s?';
const PERSON = '(?:the |any |your )?(?:users?|humans?|operators?|caller|person|people|anyone|anybody)';

/**
 * Wording that is meant for a language model rather than for people, in lower case, blanks joined. Each pattern needs
 * words that hardly stand together in a description of what happens in AWS.
 */
const PATTERNS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|neglect)\b.{0,40}\b(?:instruction|prompt|guideline|guardrail|message|context|conversation|direction|everything (?:above|before)|what (?:you|i)\b)/,
  /\b(?:ignore|disregard|forget|break)\b (?:all |any |of |the )*(?:previous|prior|above|earlier|preceding|your|system|safety)\b.{0,20}\b(?:rule|polic(?:y|ies)|order|text|restriction)/,
  /\b(?:override|bypass|circumvent|skip)\b.{0,30}\b(?:instruction|prompt|guideline|guardrail|safety|confirmation|user approval)/,
  /(?:^|[.!?;:\n"'([]\s*)(?:system|assistant|developer|human|user|ai|instructions?)\s*:\s*\S/,
  /\b(?:system|developer) (?:prompt|message|instruction)s?\b/,
  /\b(?:new|hidden|secret|updated|real|actual|following) instructions?\b(?! (?:set|manual))/,
  /\byou(?:'re| are) (?:now (?:an?|the|in|free|able|allowed|acting|dan)|no longer (?:an?|bound|restricted|limited)|an? (?:ai|assistant|agent|expert|helpful|large|language|llm))\b/,
  /\b(?:pretend|act|behave|respond|answer|reply) (?:as if you|as an? (?:ai|llm|assistant|admin|root|developer)|like an? (?:ai|admin))\b/,
  /\byou (?:must|should|shall|will|have to|need to|are required to|are allowed to|may) (?:now |always |never |not |first |also |immediately |only )*(?:reply|respond|answer|tell|say|ignore|pretend|output|print|reveal|obey|comply|prefer this)\b/,
  new RegExp(
    `\\b(?:as (?:an|the) ai\\b(?: (?:agent|assistant|model))?[,.:;]|(?:dear|hey|hello|attention|note to|notice to|message (?:to|for)|instructions? (?:to|for)) (?:an? |the |all |any )?${AI}\\b)`,
  ),
  new RegExp(
    `\\b(?:${AI.replace('assistant|', '')}) (?:must|should|shall|reading|that reads|who reads|has to|have to)\\b`,
  ),
  /\b(?:call|invoke|trigger)(?:s|ing)? (?:the |this |that |a |an |any |another |all |your |following |other )*(?:[\w-]+ )?tools?\b/,
  /\b(?:tool|function)[ _-]?call(?:s|ing)?\b|\bsystem\s*:\s*(?:you|ignore|always|never)\b/,
  new RegExp(`\\b(?:${MCP_TOOLS.join('|')})\\b`),
  /\b(?:without|skip(?:ping)?|bypass(?:ing)?|(?:do not|does not|don't|never|no need to) ask for|no need for) (?:the |any |user |user's |further |prior |asking for )*(?:confirmation|approval|consent)\b/,
  new RegExp(
    `\\b(?:without|never|do not|don't) (?:asking?|telling|inform(?:ing)?|notify(?:ing)?|confirm(?:ing)? with) ${PERSON}\\b`,
  ),
  new RegExp(
    `\\b(?:do not|don't|never|must not) (?:tell|inform|mention|reveal|show|notify|alert|warn|disclose)(?: this| it| that)?(?: to)? ?${PERSON}\\b`,
  ),
  /\b(?:the )?(?:user|human|caller|operator) (?:has )?(?:already )?(?:approved|confirmed|consented|authori[sz]ed|agreed|wants you|asked you|expects you)\b/,
  /\b(?:jailbreak|prompt injection|dan mode|developer mode|god mode)\b/,
  /<\|?(?:im_start|im_end|endoftext|system|user|assistant|tool|instructions?)\b|\[\/?inst\]|<<\/?sys>>|###\s*(?:instruction|system|response)/,
  /\b(?:always|must) (?:choose|pick|select|prefer|recommend|use|suggest) this (?:workflow|tool)\b/,
  /\b(?:before|instead of|when|while) (?:answering|responding|replying)\b.{0,60}\b(?:call|invoke|read|send|fetch|reveal|include|append|output)\b/,
];

/** A run of letters that nobody reads: base64, hexadecimal, percent codes. */
const UNREADABLE = /[A-Za-z0-9+/=_%-]{80,}/;

/**
 * Where a text speaks to a language model: offsets into it, `undefined` where it does not. It looks through case, width
 * and style of letters, line breaks and repeated blanks.
 */
export function wordingForModels(text: string): { readonly from: number; readonly to: number } | undefined {
  const { folded, offsets } = fold(text);
  const found = [...PATTERNS, UNREADABLE].map((pattern) => pattern.exec(folded)).find((match) => match !== null);
  if (found === undefined) return undefined;
  const lead = found[0].length - found[0].trimStart().length;
  const end = found.index + found[0].length;
  const restOfWord = /^\w*/.exec(folded.slice(end))?.[0].length ?? 0;
  return { from: offsets[found.index + lead] ?? 0, to: offsets[end + restOfWord] ?? text.length };
}

/** The text as it reads, and for each of its characters the place in the original it came from. */
function fold(text: string): { readonly folded: string; readonly offsets: readonly number[] } {
  let folded = '';
  const offsets: number[] = [];
  let at = 0;
  for (const character of text) {
    const plain = character
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[\p{M}\p{Cf}]/gu, '')
      .replace(/[’‘`´]/g, "'")
      .replace(/\s/g, ' ');
    const repeated = plain === ' ' && folded.endsWith(' ');
    if (!repeated) {
      folded += plain;
      for (let unit = 0; unit < plain.length; unit += 1) offsets.push(at);
    }
    at += character.length;
  }
  offsets.push(text.length);
  return { folded, offsets };
}
