import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DormantError, InvalidInput } from '../policy/errors.ts';
import { annotateRun } from './annotations.ts';
import { printFailure } from './failure.ts';

// What the runner of GitHub Actions makes of our output. A port of its two parsers (ActionCommand.cs: TryParseV2, TryParse).

const names = ['error', 'warning', 'notice', 'debug', 'group', 'endgroup', 'add-mask', 'stop-commands', 'echo'];
const retired = ['set-output', 'set-env', 'save-state', 'add-path', 'add-matcher', 'remove-matcher', 'command'];
const known = new Set([...names, ...retired]);

interface Command {
  name: string;
  properties: Record<string, string>;
  message: string;
}

function commandIn(line: string): Command | null {
  return double(line) ?? bracket(line);
}

/** `::name key=value,key=value::message`, at the start of a line. */
function double(line: string): Command | null {
  const [, head = '', message = ''] = /^\s*::(.*?)::(.*)$/s.exec(line) ?? [];
  const [name = '', rest = ''] = head.split(/ (.*)/s);
  if (!known.has(name)) return null;
  const pairs = rest.split(',').map((pair) => pair.trim().split(/=(.*)/s));
  const properties = Object.fromEntries(pairs.map(([key = '', value = '']) => [key, unescaped(value)]));
  return { name, properties, message: unescaped(message) };
}

/** `##[name key=value;key=value]message`, anywhere in a line. */
function bracket(line: string): Command | null {
  const [, head = '', message = ''] = /##\[(.*?)\](.*)$/s.exec(line) ?? [];
  const [name = ''] = head.split(' ');
  return known.has(name) ? { name, properties: {}, message } : null;
}

function unescaped(text: string): string {
  const escapes: Record<string, string> = { '%0D': '\r', '%0A': '\n', '%3A': ':', '%2C': ',', '%25': '%' };
  return text.replace(/%(0D|0A|3A|2C|25)/g, (code) => escapes[code] ?? code);
}

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  vi.stubEnv('GITHUB_ACTIONS', 'true');
  for (const way of ['log', 'error'] as const)
    vi.spyOn(console, way).mockImplementation((text: string) => void printed.push(...text.split(/\r\n|\r|\n/)));
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

const hostile = [
  '::set-output name=a::b',
  'fine\n::stop-commands::x',
  'fine\r\n  ::add-mask::Ana',
  'fine ##[add-mask]Ana',
  '\u2028::error::x',
  ':::error::x',
  '%0A::error::x',
  '::error file=x,line=1::owned',
];

test.each(hostile)(
  '%j in a file’s name and in a problem’s sentence is one annotation, with that text in it',
  (text) => {
    const problem = {
      path: `a/${text}.yaml`,
      line: 2,
      column: 3,
      code: 'schema' as const,
      message: `found "${text}"`,
    };
    printFailure(new InvalidInput([problem]));
    const [command, ...others] = printed.flatMap((line) => commandIn(line) ?? []);
    expect(others).toEqual([]);
    expect(command).toMatchObject({ name: 'error', properties: { file: problem.path, line: '2', col: '3' } });
  },
);

test.each(hostile)('%j in a warning of a run is one annotation, and none where nobody draws it', (text) => {
  annotateRun([`about ${text}`]);
  expect(printed.flatMap((line) => commandIn(line) ?? [])).toMatchObject([
    { name: 'warning', message: expect.stringContaining('about ') },
  ]);
  annotateRun([text], {});
  expect(printed).toHaveLength(1);
});

test.each(hostile)('%j in an error, its place and its remedy is no command', (text) => {
  printFailure(new DormantError('git', text, { where: text, remedy: text }));
  printFailure(new Error(text));
  expect(printed.flatMap((line) => commandIn(line) ?? [])).toEqual([]);
});

test('of a file about a person the log has a number, the line and what the code means', () => {
  const problem = { line: 2, column: 3, code: 'schema' as const, message: 'stage: found "Ana Reyes"' };
  const ana = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';
  const problems = [
    { ...problem, path: 'exemptions.yaml' },
    { ...problem, path: ana },
    { ...problem, path: 'stacks/contoso/archive/Bo Li.yaml' },
    { ...problem, path: ana, line: 9 },
  ];
  printFailure(new InvalidInput(problems));
  const means = 'A field is unknown, missing, or has a value that is not allowed.';
  expect(printed.filter((line) => commandIn(line) === null)).toEqual([
    `exemptions.yaml:2:3: ${means} (schema)`,
    `stacks/contoso/accounts/(file 1):2:3: ${means} (schema)`,
    `stacks/contoso/archive/(file 2):2:3: ${means} (schema)`,
    `stacks/contoso/accounts/(file 1):9:3: ${means} (schema)`,
  ]);
  expect(printed.flatMap((line) => commandIn(line) ?? []).map(({ properties: { file } }) => file)).toEqual([
    'exemptions.yaml',
    undefined,
    undefined,
    undefined,
  ]);
});

test('no text at all becomes a command', () => {
  const part = fc.constantFrom('::', ':', '##[', ']', 'error', 'add-mask', ' ', '\n', '\r', '\t', '%0A', '#', 'x');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
      printed.length = 0;
      printFailure(new DormantError('git', parts.join('')));
      expect(printed.flatMap((line) => commandIn(line) ?? [])).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
