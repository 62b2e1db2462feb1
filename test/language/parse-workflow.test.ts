import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseWorkflow } from '../../lib/language/parse-workflow.ts';
import { expectDiagnostics, SEED, seedWith } from '../support/diagnostics.ts';

const codesOf = (text: string) => [...new Set(parseWorkflow('w.yaml', text).diagnostics.map(({ code }) => code))];

describe('the seed sample', () => {
  it('parses without a diagnostic, as it is written', () => {
    const { parsed, diagnostics } = parseWorkflow('rds-backup.yaml', SEED);
    expect(diagnostics).toEqual([]);
    expect(parsed?.workflow.steps[1]).toEqual({
      id: 'create_snapshot',
      type: 'command',
      intent: 'create RDS snapshot for database instance',
      context: {
        service: 'rds',
        instance_id: '${params.instance_id}',
        snapshot_id: '${params.instance_id}-poc-${timestamp}',
      },
      depends_on: ['validate_instance'],
    });
    expect(parsed?.workflow.security.max_duration).toBe(600);
  });

  it.each([
    ['CR LF', SEED.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${SEED}`],
    ['a document start', `---\n${SEED}...\n`],
  ])('reads the same with %s', (_what, text) => {
    const { parsed, diagnostics } = parseWorkflow('w.yaml', text);
    expect(diagnostics).toEqual([]);
    expect(parsed?.workflow).toEqual(parseWorkflow('w.yaml', SEED).parsed?.workflow);
    expect(parsed?.locateKey(['name']).start.column).toBe(1);
  });
});

describe('missing, unknown and wrong fields', () => {
  it('names the missing field, of what, and how to write it', () => {
    expectDiagnostics(seedWith('author: "poc-demo"\n', '')).toEqual([
      '1:1-1:24 WF1002 the workflow lacks the field "author" | write for example: author: "database-team"',
    ]);
    expectDiagnostics(seedWith('  max_duration: 600  # 10 minutes\n', '')).toEqual([
      '28:1-28:9 WF1002 "security" lacks the field "max_duration" | write for example: max_duration: 600',
    ]);
  });

  it('takes a misspelt field for the one that is missing', () => {
    expectDiagnostics(seedWith('description:', 'desciption:')).toEqual([
      '3:1-3:11 WF1003 the workflow has no field named "desciption" | did you mean "description"?',
    ]);
    expectDiagnostics(seedWith('    depends_on:', '    dependsOn:')).toEqual([
      '26:5-26:14 WF1003 step "create_snapshot" has no field named "dependsOn" | did you mean "depends_on"?',
    ]);
  });

  it('lists the fields where nothing is near', () => {
    expectDiagnostics(seedWith('    required: true', '    zzz: true')).toEqual([
      '9:5-9:8 WF1003 parameter "instance_id" has no field named "zzz" | fields here: name, type, required, default, description, enum, pattern, min, max, min_length, max_length',
    ]);
  });

  it('explains a version that YAML reads as a number, with the text as written', () => {
    expectDiagnostics(seedWith('"1.0"', '1.10')).toEqual([
      '2:10-2:14 WF1004 "version" must be two or three numbers with dots, in quotes, such as "1.0" or "1.2.3", but is 1.1 | put it in quotes: version: "1.10"',
    ]);
  });

  it.each([
    [
      '600  #',
      '10m  #',
      '32:17-32:20 WF1004 "max_duration" of "security" must be a whole number of seconds from 1 to 31536000 (one year), but is "10m" | write for example: max_duration: 600',
    ],
    [
      '600  #',
      '"600"  #',
      '32:17-32:22 WF1004 "max_duration" of "security" must be a whole number of seconds from 1 to 31536000 (one year), but is "600" | write it without quotes: max_duration: 600',
    ],
    [
      '600  #',
      '0  #',
      '32:17-32:18 WF1004 "max_duration" of "security" must be a whole number of seconds from 1 to 31536000 (one year), but is 0 | write for example: max_duration: 600',
    ],
    [
      'required: true',
      'required: yes',
      '9:15-9:18 WF1004 "required" of parameter "instance_id" must be true or false, but is "yes" | write true or false',
    ],
    [
      'type: string',
      'type: strng',
      '8:11-8:16 WF1004 "type" of parameter "instance_id" must be one of "string", "integer", "number", "boolean", "string_list", but is "strng" | did you mean "string"?',
    ],
    [
      '"rds:CreateDBSnapshot"',
      '"rds:*"',
      '31:7-31:14 WF1004 a permission names one action, so "rds:*" cannot have a "*" | list every action that the calls need, such as rds:DescribeDBInstances',
    ],
    [
      '[validate_instance]',
      'validate_instance',
      '26:17-26:34 WF1004 "depends_on" of step "create_snapshot" must be a list of step ids, such as [find_instance], but is "validate_instance" | write a list: depends_on: ["validate_instance"]',
    ],
    [
      'id: create_snapshot',
      'id: create-snapshot',
      '19:9-19:24 WF1004 "id" of step "create-snapshot" must be a name of letters, digits and underscores that starts with a letter, at most 64 characters, but is "create-snapshot" | write for example: id: create_snapshot',
    ],
    [
      '"poc-demo"',
      '" "',
      '4:9-4:12 WF1004 "author" must be a text that is not empty, but is " " | write for example: author: "database-team"',
    ],
    [
      'service: rds\n      instance_id: "${params.instance_id}"\n    \n',
      'service: rds\n      instance_id:\n',
      '17:19-17:19 WF1004 "instance_id" of "context" of step "validate_instance" must be a text, a number, true, false, a list or a mapping, but is nothing',
    ],
  ])('%j → %j', (part, replacement, expected) => {
    expectDiagnostics(seedWith(part, replacement)).toEqual([expected]);
  });

  it('shows a hostile value harmlessly', () => {
    expectDiagnostics(seedWith('type: command', `type: "\\u202e\\u001b[31m${'x'.repeat(500)}"`)).toEqual([
      expect.stringMatching(
        /^13:11-13:\d+ WF1004 "type" of step "validate_instance" must be one of "command", "wait_for", "sleep", "approval", "assert", "workflow", but is "\\u\{202E\}\\u001b\[31mx+…"$/,
      ),
      expect.stringMatching(/^13:11-13:\d+ WF1004 the text holds the hidden character "\\u\{202E\}" \| remove it$/),
    ]);
  });
});

describe('what a command step has to say', () => {
  const context = '    context:\n      service: rds\n      instance_id: "${params.instance_id}"\n    \n';
  const intent = '    intent: "describe RDS instance to verify it exists"\n';

  it('is in words or pinned, not both', () => {
    expectDiagnostics(seedWith(intent, `${intent}    action: rds:DescribeDBInstances\n`)).toEqual([
      '15:5-15:11 WF1004 step "validate_instance" says its call both in words (intent, context) and pinned (action, parameters) | keep one of the two',
    ]);
    expectDiagnostics(seedWith(intent + context, '    action: rds:DescribeDBInstances\n')).toEqual([]);
  });

  it('is complete', () => {
    expectDiagnostics(seedWith(intent, '')).toEqual([
      '12:5-12:26 WF1002 step "validate_instance" lacks the field "intent" | write for example: intent: "describe the RDS instance"',
    ]);
    expectDiagnostics(seedWith(context, '')).toEqual([
      '12:5-12:26 WF1002 step "validate_instance" lacks the field "context" | write for example: context:\n      service: rds',
    ]);
    expectDiagnostics(seedWith(intent + context, '    parameters: {}\n')).toEqual([
      '12:5-12:26 WF1002 step "validate_instance" lacks the field "action" | write for example: action: rds:DescribeDBInstances',
    ]);
    expectDiagnostics(seedWith(intent + context, '')).toEqual([
      expect.stringMatching(/^12:5-12:26 WF1002 step "validate_instance" does not say which AWS call it makes/),
    ]);
  });
});

describe('names', () => {
  it('are used once; the line of the first is named', () => {
    expectDiagnostics(seedWith('id: create_snapshot', 'id: validate_instance')).toEqual([
      '19:9-19:26 WF1007 the step id "validate_instance" is used twice; it stands first in line 12 | give one of them another name',
    ]);
    expectDiagnostics(seedWith('"rds:CreateDBSnapshot"', '"rds:DescribeDBInstances"')).toEqual([
      '31:7-31:32 WF1007 the permission "rds:DescribeDBInstances" is used twice; it stands first in line 30 | remove one of them',
    ]);
    expectDiagnostics(seedWith('author: "poc-demo"', 'author: "poc-demo"\nname: other')).toEqual([
      '5:1-5:5 WF1007 "name" stands here twice; it is first given in line 1 | keep one of the two',
    ]);
  });

  it.each(['constructor', 'toString', 'true', 'in'])('%s is refused as a parameter', (name) => {
    expectDiagnostics(seedWith('name: instance_id', `name: "${name}"`)).toEqual([
      expect.stringContaining(`WF1004 "${name}" is a reserved word`),
    ]);
  });

  it.each(['states', 'params', 'region', 'null'])('%s is refused as a step', (id) => {
    expectDiagnostics(seedWith('id: create_snapshot', `id: "${id}"`)).toEqual([
      `19:9-19:${11 + id.length} WF1004 "${id}" is a reserved word | choose another name`,
    ]);
  });

  it('__proto__ never becomes a prototype', () => {
    expect(codesOf(seedWith('service: rds', 'service: rds\n      __proto__: {x: 1}'))).toEqual(['WF1003']);
    expect(codesOf(`__proto__:\n  a: 1\n${SEED}`)).toEqual(['WF1003']);
  });
});

describe('YAML', () => {
  it.each([
    [
      'an empty file',
      '',
      '1:1-1:1 WF1002 the file is empty | start with name: my_workflow, then version, description, author, steps and security',
    ],
    [
      'only a comment',
      '# nothing\n',
      '1:1-1:1 WF1002 the file is empty | start with name: my_workflow, then version, description, author, steps and security',
    ],
    [
      'a list',
      '- a\n',
      '1:1-1:2 WF1004 a workflow is a mapping of fields (name: …), not a single value or a list | start with name: my_workflow, then version, description, author, steps and security',
    ],
    [
      'an unclosed quote',
      'name: "x\nversion: 1\n',
      '1:7-1:8 WF1001 a text in double quotes is never closed | add the closing "',
    ],
    ['a tab', 'steps:\n\t- a\n', '2:1-2:2 WF1001 a tab is used for indentation | indent with spaces'],
    [
      'a colon in plain text',
      'name: a: b\n',
      '1:7-1:8 WF1001 this line is not a "key: value" | put a text that contains ": " in quotes, and check the indentation',
    ],
    [
      'wrong indentation',
      'a:\n    b: 1\n  c: 2\n',
      '3:1-3:2 WF1001 this line is indented differently from the entries above it | start all entries of one list or mapping in the same column',
    ],
    [
      'an open bracket',
      'tags: [a, b\nname: x\n',
      '1:7-1:8 WF1001 a bracket is never closed | add the closing } or ], or put the text in quotes',
    ],
    [
      'a tag',
      'name: !!js/function "x"\n',
      '1:7-1:20 WF1001 YAML tags such as !!js/function, !!str or !Ref are not allowed | remove the tag; put a value in quotes to make it text',
    ],
    [
      'a directive',
      '%YAML 1.1\n---\nname: x\n',
      '1:1-1:2 WF1001 YAML directives such as %YAML and %TAG are not allowed | remove the line; workflows are YAML 1.2',
    ],
    [
      'an unknown alias',
      'name: *x\n',
      '1:7-1:9 WF1001 no anchor named "x" stands above this alias | put the text in quotes, or write &x before the value that is meant',
    ],
    ['a NUL', 'name: a\0b\n', '1:8-1:9 WF1001 the character "\\u0000" is not allowed in YAML | remove it'],
    [
      'bytes that were not UTF-8',
      'name: a\uFFFD\n',
      '1:8-1:9 WF1001 the text is not valid UTF-8 here | save the file as UTF-8',
    ],
    [
      'half a character',
      'name: a\uD800\n',
      '1:8-1:9 WF1001 the character "\\ud800" is not allowed in YAML | remove it',
    ],
    [
      'two documents',
      `${SEED}---\nname: x\n`,
      '34:1-34:2 WF1001 the file holds more than one YAML document | put each workflow into a file of its own; "---" starts another document',
    ],
  ])('%s', (_what, text, expected) => {
    expect(codesOf(text).length).toBeGreaterThan(0);
    expectDiagnostics(text).toEqual(expect.arrayContaining([expected]));
  });

  it('reports several mistakes at once', () => {
    expect(parseWorkflow('w.yaml', 'a: @x\nb: `y\nc: "\\q"\n').diagnostics.map(({ span }) => span.start.line)).toEqual([
      1, 2, 3,
    ]);
  });

  it('does not change numbers silently', () => {
    expectDiagnostics(seedWith('service: rds\n', 'service: rds\n      account: 012345678901\n')).toEqual([
      '17:16-17:28 WF1004 "012345678901" would be read as the number 12345678901 | put it in quotes: "012345678901"',
    ]);
    expect(codesOf(seedWith('service: rds', 'service: rds\n      id: 12345678901234567890'))).toEqual(['WF1004']);
    expect(codesOf(seedWith('service: rds', 'service: rds\n      id: .nan'))).toEqual(['WF1004']);
  });

  it('knows a few aliases, but no merge keys', () => {
    const { parsed, diagnostics } = parseWorkflow(
      'w.yaml',
      seedWith('"poc-demo"', '&who "poc-demo"')
        .replace('rds_backup_simple', 'x')
        .replace('"Create RDS snapshot with basic validation"', '"x"\ntags: [a, *who]')
        .replace(/^(tags.*\n)(author.*\n)/m, '$2$1'),
    );
    expect(diagnostics).toEqual([]);
    expect(parsed?.workflow.tags).toEqual(['a', 'poc-demo']);
    expect(codesOf(`${SEED}<<: {a: 1}\n`)).toEqual(['WF1003']);
  });
});

describe('limits', () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[...'bcdefghij'].map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghij'[index]}`)}]`).join('\n')}\n`;

  it.each([
    ['10 MB', `name: ${'x'.repeat(10 * 1024 * 1024)}`, 'WF5001'],
    ['300 KB of three-byte characters', `name: ${'中'.repeat(100_000)}`, 'WF5001'],
    ['an alias bomb', bomb, 'WF5002'],
    ['an alias of itself', 'a: &a [*a]\n', 'WF5002'],
    ['many aliases', `a: &a x\nb: [${'*a,'.repeat(200)}]\n`, 'WF5002'],
    ['100,000 lines', 'a\n'.repeat(100_000), 'WF1001|WF1004'],
    ['100,000 entries', '-\n'.repeat(100_000), 'WF5003'],
    ['100,000 keys', Array.from({ length: 25_000 }, (_, index) => `k${index}: 1`).join('\n'), 'WF5003'],
    ['100,000 open brackets', '['.repeat(100_000), 'WF5003'],
    ['100,000 open braces', '{a: '.repeat(60_000), 'WF5003'],
    ['100,000 dashes', '- '.repeat(100_000), 'WF5003'],
    ['100,000 question marks', '? '.repeat(100_000), 'WF5003'],
    ['60,000 nested keys', 'a: '.repeat(60_000), 'WF5003|WF1001'],
    ['a staircase', Array.from({ length: 600 }, (_, index) => `${' '.repeat(index)}a:`).join('\n'), 'WF5003'],
    ['100,000 anchors', '&a '.repeat(80_000), 'WF1001'],
    ['100,000 documents', '---\n'.repeat(60_000), 'WF1001|WF5003|WF1002'],
    ['100,000 directives', '%\n'.repeat(100_000), 'WF1001'],
    ['100,000 backslashes', `a: "${'\\'.repeat(100_000)}`, 'WF1001'],
    ['100,000 brackets side by side', `a: [${'[],'.repeat(80_000)}]`, 'WF5003'],
    [
      '501 steps',
      `${SEED.replace(/steps:.*security/s, `steps:\n${Array.from({ length: 501 }, (_, index) => `  - {id: s${index}, type: command, action: "rds:X"}\n`).join('')}security`)}`,
      'WF5003',
    ],
  ])('%s', (_what, text, codes) => {
    const found = codesOf(text);
    expect(found.length).toBeGreaterThan(0);
    for (const code of found) expect(codes.split('|')).toContain(code);
  });

  it('says the size and the limit', () => {
    expectDiagnostics('x'.repeat(10 * 1024 * 1024)).toEqual([
      '1:1-1:1 WF5001 the file has 10.0 MiB; a workflow may have at most 256 KiB | split it into several workflows',
    ]);
  });
});

describe('whatever the text', () => {
  const total = (text: string): void => {
    const { parsed, diagnostics } = parseWorkflow('w.yaml', text);
    if (parsed === undefined) expect(diagnostics.length).toBeGreaterThan(0);
    const lines = text.replace(/^\uFEFF/, '').split('\n');
    for (const { span, message, hint = '' } of diagnostics) {
      const { start, end } = span;
      expect(start.line <= end.line && (start.line < end.line || start.column <= end.column)).toBe(true);
      expect(end.line).toBeLessThanOrEqual(lines.length);
      expect(start.column).toBeLessThanOrEqual((lines[start.line - 1] ?? '').length + 1);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
      expect(message + hint).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F\u202A-\u202E]/);
    }
  };

  it('there is a workflow or a diagnostic: any string', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), total), { numRuns: 300 });
  });

  it('there is a workflow or a diagnostic: any bytes', () => {
    const text = fc.uint8Array({ maxLength: 300 }).map((bytes) => new TextDecoder().decode(bytes));
    fc.assert(fc.property(text, total), { numRuns: 300 });
  });

  it('there is a workflow or a diagnostic: pieces of YAML', () => {
    const piece = fc.constantFrom(
      '\n',
      '  ',
      '- ',
      ': ',
      '? ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '&a ',
      '*a',
      '!!str ',
      '"',
      "'",
      '|\n',
      '>-\n',
      '#',
      '---\n',
      '...\n',
      '%',
      '<<',
      'a',
      'name',
      'steps',
      '1',
      '\t',
      '\r',
      '~',
      '\\',
      '${',
      '__proto__',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
        total,
      ),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['the seed', SEED],
    ['every type of step', readFileSync(join(__dirname, 'every-step.yaml'), 'utf8')],
  ])('there is a workflow or a diagnostic: %s with parts cut, doubled and replaced', (_what, sample) => {
    const word = fc.constantFrom(...new Set(sample.match(/[\w.:${}]+/g) ?? []));
    const edit = fc.record({
      at: fc.nat(sample.length),
      length: fc.nat(30),
      text: fc.oneof(
        fc.string({ maxLength: 6 }),
        word,
        fc.constantFrom('\n', ': ', '- ', '"', '[]', 'null', '1e999', '*a', '${'),
      ),
    });
    const mutated = fc
      .array(edit, { minLength: 1, maxLength: 4 })
      .map((edits) =>
        edits.reduce(
          (text, { at, length, text: inserted }) => text.slice(0, at) + inserted + text.slice(at + length),
          sample,
        ),
      );
    fc.assert(fc.property(mutated, total), { numRuns: 500 });
  });
});
