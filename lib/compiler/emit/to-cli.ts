import { toCliCommand, toCliOption } from '../../catalog/cli-names.ts';
import type { Argument } from '../bytecode.ts';

/** A call as one would type it: `aws rds create-db-snapshot --db-instance-identifier "${params.instance_id}" …`. */
export function toCli(cliName: string, operation: string, args: Readonly<Record<string, Argument>>): string {
  const options = Object.entries(args).map(([member, argument]) => {
    const option = toCliOption(member);
    if (argument.kind === 'literal' && typeof argument.value === 'boolean') {
      return argument.value ? option : option.replace(/^--/, '--no-');
    }
    return `${option} ${toCliValue(argument)}`;
  });
  return ['aws', cliName, toCliCommand(operation), ...options].join(' ');
}

function toCliValue(argument: Argument): string {
  switch (argument.kind) {
    case 'literal':
      return shellQuote(String(argument.value));
    case 'expression':
      return `"${argument.source}"`;
    case 'list':
      return argument.items.every((item) => item.kind === 'literal' || item.kind === 'expression')
        ? argument.items.map(toCliValue).join(' ')
        : jsonValue(argument);
    case 'structure':
      return jsonValue(argument);
  }
}

function jsonValue(argument: Argument): string {
  return shellQuote(JSON.stringify(plain(argument)));
}

function plain(argument: Argument): unknown {
  if (argument.kind === 'literal') return argument.value;
  if (argument.kind === 'expression') return argument.source;
  if (argument.kind === 'list') return argument.items.map(plain);
  return Object.fromEntries(Object.entries(argument.members).map(([name, member]) => [name, plain(member)]));
}

/** A word as a POSIX shell takes it, quoted only where it needs to be. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
