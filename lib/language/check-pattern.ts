import { showValue } from '../diagnostics/show-value.ts';
import type { ReportAt } from './check-parameters.ts';
import { costOfPattern, type PatternProblem } from './pattern-cost.ts';

const MAX_PATTERN_CHARACTERS = 256;

/**
 * True where a parameter's pattern may be used; reports why not otherwise. Patterns run in several engines (the
 * compiler's, the endpoint's and Step Functions' JSONata) over text that anybody sends, so only what all of them read
 * alike is allowed, and nothing that could take them long.
 */
export function checkPattern(pattern: string, report: ReportAt): boolean {
  const problem = problemOf(pattern);
  if (problem === undefined) return true;
  report('pattern', {
    code: 'WF1004',
    message: `the pattern ${showValue(pattern)} ${problem.message}`,
    hint: problem.hint,
  });
  return false;
}

function problemOf(pattern: string): PatternProblem | undefined {
  if (pattern.length > MAX_PATTERN_CHARACTERS) {
    return { message: `is longer than ${MAX_PATTERN_CHARACTERS} characters`, hint: 'make it shorter' };
  }
  const broken = compileError(pattern);
  if (broken !== undefined) {
    const hint = 'write it as in JavaScript, without slashes around it';
    return { message: `is not a regular expression: ${broken}`, hint };
  }
  return unlikeElsewhere(pattern) ?? costOfPattern(pattern);
}

/** With the flag `u`, which refuses what other engines would read differently, such as needless escapes. */
function compileError(pattern: string): string | undefined {
  try {
    // By itself first: `a)(b` would be well formed only between the parentheses that anchor it.
    new RegExp(pattern, 'u');
    new RegExp(`^(?:${pattern})$`, 'u');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^.*:\s*/s, '').toLowerCase() : 'it cannot be compiled';
  }
}

function unlikeElsewhere(pattern: string): PatternProblem | undefined {
  for (const [piece, inClass] of pattern.matchAll(/\\.|(\[(?:\\.|[^\]\\])*\])|\(\?[^:]/gsu)) {
    if (piece.startsWith('(?')) {
      return { message: 'looks ahead or behind, or names a group', hint: 'use plain groups: ( ) or (?: )' };
    }
    // Java reads [a&&b] as a set operation, and knows neither [] nor [^].
    if (inClass !== undefined && /^\[\^?\]$|&&/.test(inClass)) {
      return {
        message: `uses ${showValue(piece)}, which not every engine reads alike`,
        hint: 'list the characters that are meant',
      };
    }
    for (const [written, letter] of piece.matchAll(/\\([A-Za-z0-9])/g)) {
      if (letter !== undefined && 'dDwWsSnrt'.includes(letter)) continue;
      const hint = 'write a class such as [0-9] or [A-Za-z]';
      return { message: `uses ${showValue(written)}, which not every engine reads alike`, hint };
    }
  }
  return undefined;
}
