import fc from 'fast-check';
import Type, { type TSchema } from 'typebox';
import { expect, test } from 'vitest';
import { measureCost } from '../cost.fixture.ts';
import { InvalidInput } from '../errors.ts';
import { Exemptions } from '../schemas/exemptions.ts';
import { schemas } from '../schemas/file-kinds.ts';
import { DaySchema, strictObject } from '../schemas/parts.ts';
import { Signing } from '../schemas/signing.ts';
import { parseYaml } from './parse-yaml.ts';

const Sample = strictObject({
  name: Type.String({ minLength: 1 }),
  count: Type.Optional(Type.Integer({ minimum: 0 })),
  until: Type.Optional(DaySchema),
  list: Type.Optional(Type.Array(Type.Integer())),
});

/** `line:column message` of every problem. */
function problems(text: string, schema: TSchema = Sample): string[] {
  try {
    parseYaml(schema, 'sample.yaml', text);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    expect(error.exitCode).toBe(2);
    expect(error.problems.every(({ path }) => path === 'sample.yaml')).toBe(true);
    return error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
  }
}

test('a file that fits gives its value, its text and the place of every key', () => {
  const { value, text, locate } = parseYaml(Sample, 'sample.yaml', '# hello\nname: Ana\nlist:\n  - 1\n  - 22\n');
  expect(value).toEqual({ name: 'Ana', list: [1, 22] });
  expect(text).toContain('# hello');
  expect(locate(['name'])).toEqual({ line: 2, column: 1 });
  expect(locate(['list'])).toEqual({ line: 3, column: 1 });
  expect(locate(['list', 1])).toEqual({ line: 5, column: 5 });
});

test('a place that is absent is that of its nearest parent', () => {
  const { locate: at } = parseYaml(Sample, 'sample.yaml', '\n\nname: Ana\nlist: [1]\n');
  expect(at(['list', 7])).toEqual({ line: 4, column: 1 });
  expect(at(['count'])).toEqual({ line: 3, column: 1 });
  expect(at([])).toEqual({ line: 3, column: 1 });
});

test('every problem of a file is told at once, each at its place', () => {
  expect(problems('name: ""\ncount: -1\nuntil: 2027-02-30\nlist: [1, x]\ncolour: red\n')).toEqual([
    '5:1 the file has no key "colour"; allowed: name, count, until, list',
    '1:1 name: found "", allowed: 1 or more characters',
    '2:1 count: found -1, allowed: at least 0',
    '3:1 until: found "2027-02-30", allowed: a day in UTC, YYYY-MM-DD',
    '4:11 list.1: found "x", allowed: integer',
  ]);
});

test.each([
  ['an anchor', 'name: &a Ana\n', '1:10 an anchor is not allowed here; write the value out'],
  ['a tag of YAML', 'name: !!str Ana\n', '1:13 the tag tag:yaml.org,2002:str is not allowed here; write the value out'],
  ['a tag of its own', 'name: !secret Ana\n', '1:15 the tag !secret is not allowed here; write the value out'],
  ['a directive', '%YAML 1.1\n---\nname: Ana\n', '1:1 a directive is not allowed here; take it out'],
  ['a second document', 'name: Ana\n---\nname: Bob\n', '2:1 a second document starts here; a file holds one'],
  ['a key twice', 'name: Ana\ncount: 1\nname: Bob\n', '3:1 the key "name" is here twice; keep one'],
  ['a key twice, once in quotes', 'name: Ana\n"name": Bob\n', '2:1 the key "name" is here twice; keep one'],
  ['a tab', 'list:\n\t- 1\n', '2:1 Tabs are not allowed as indentation'],
  ['a list as a key', 'name: Ana\n? [a]\n: 1\n', '2:3 With stringKeys, all keys must be strings'],
  ['text after the end', 'name: Ana\n... x\n', '2:5 Unexpected scalar at node end'],
])('%s is refused, with its place', (_what, text, problem) => {
  expect(problems(text)).toEqual([problem]);
});

test('an alias and its anchor are both named', () => {
  expect(problems('name: &a Ana\nlist: *a\n')).toEqual([
    '1:10 an anchor is not allowed here; write the value out',
    '2:7 an alias is not allowed here; write the value out',
  ]);
});

test('a bomb of aliases is refused before it goes off', () => {
  const levels = 'bcdefghij'.split('').map((name, index) => {
    const above = `*${'abcdefghi'[index]}`;
    return `${name}: &${name} [${Array(9).fill(above).join(', ')}]`;
  });
  const read = () => expect(problems(['a: &a [x, x]', ...levels].join('\n')).length).toBeGreaterThan(50);
  expect(measureCost(read)).toBeLessThan(1000);
});

test('a merge key is a key that the schema does not know', () => {
  expect(problems('name: Ana\n<<: { count: 1 }\n')).toEqual([
    '2:1 the file has no key "<<"; allowed: name, count, until, list',
  ]);
});

test('dates, octal numbers and words such as no stay what they look like', () => {
  expect(parseYaml(Sample, 's', 'name: no\nuntil: 2027-03-01\n').value).toEqual({
    name: 'no',
    until: '2027-03-01',
  });
  expect(parseYaml(Sample, 's', 'name: x\ncount: 010\n').value.count).toBe(10);
  expect(problems('name: 0o17\n')).toEqual(['1:1 name: found 15, allowed: string']);
  expect(problems('name: ~\n')).toEqual(['1:1 name: found null, allowed: string']);
});

test('a byte order mark and Windows line ends change nothing', () => {
  expect(parseYaml(Sample, 's', '\uFEFFname: Ana\r\nlist:\r\n  - 1\r\n').value).toEqual({
    name: 'Ana',
    list: [1],
  });
  expect(problems('name: Ana\r\ncount: x\r\n')).toEqual(['2:1 count: found "x", allowed: integer']);
});

test('keys of JavaScript’s own are keys like any other', () => {
  expect(problems('name: Ana\n__proto__: { count: 1 }\nconstructor: 1\n')).toEqual([
    '2:1 the file has no key "__proto__"; allowed: name, count, until, list',
    '3:1 the file has no key "constructor"; allowed: name, count, until, list',
  ]);
});

test.each([
  ['empty', '', '1:1 the file: found null, allowed: object'],
  ['only a comment', '# nothing\n', '1:1 the file: found null, allowed: object'],
  ['a word', 'hello\n', '1:1 the file: found "hello", allowed: object'],
  ['a list', '- 1\n', '1:1 the file: found [1], allowed: object'],
])('a file that is %s is refused with a sentence', (_what, text, problem) => {
  expect(problems(text)).toEqual([problem]);
});

test.each([
  ['open brackets', '['.repeat(10_000), '1:20'],
  ['closed brackets', `${'['.repeat(10_000)}${']'.repeat(10_000)}`, '1:20'],
  ['braces', '{a: '.repeat(10_000), '1:77'],
  ['dashes', `${'- '.repeat(10_000)}x`, '1:39'],
  ['indented keys', Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'), '20:20'],
])('10,000 levels of %s are a sentence, not a stack overflow', (_what, text, place) => {
  expect(problems(text)).toEqual([`${place} nests deeper than the 20 levels allowed`]);
});

test('a file above the size limit is refused unread', () => {
  expect(problems(`name: ${'x'.repeat(512 * 1024)}\n`)).toEqual(['1:1 is 513 kB, allowed are 512 kB']);
});

test('a file with thousands of problems tells the first fifty and how many are left', () => {
  const told = problems(`name: Ana\nlist: [${'x, '.repeat(200)}x]\n`);
  expect(told).toHaveLength(51);
  expect(told.at(-1)).toMatch(/^2:\d+ and 151 more problems from here on$/);
});

test('thousands of keys are compared in no more than linear time', () => {
  const keys = (count: number) => Array.from({ length: count }, (_, index) => `k${index}: 1`).join('\n');
  const time = (text: string) => measureCost(() => expect(problems(text).length).toBeGreaterThan(0));
  const least = (count: number) => Math.min(...Array.from({ length: 3 }, () => time(keys(count))));
  // Sixteen times the keys: sixteen times the work, not two hundred and fifty-six times.
  expect(least(16_000)).toBeLessThan(least(1000) * 100);
});

test('any text is a value or bad input, and the value says what a reviewer reads in its lines', () => {
  const word = fc.constantFrom(
    ...['name', 'count', 'until', 'list', '<<', '&a', '*a', '!!str', '0o17', '010', '2027-03-01', 'no', '~', '"', "'"],
    ...[
      ': ',
      '\n',
      '\n  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      ', ',
      '|',
      '>',
      '#',
      '%YAML 1.1',
      '---',
      '...',
      '? ',
      '\t',
      '\u0000',
    ],
  );
  const text = fc.array(fc.oneof(word, fc.string({ maxLength: 5 })), { maxLength: 30 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, (source) => {
      try {
        const { value } = parseYaml(Sample, 'sample.yaml', source);
        expect(Object.keys(value).every((key) => source.includes(key))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidInput);
      }
    }),
    { numRuns: 300 },
  );
});

test.each(Object.entries({ ...schemas, signing: Signing }))(
  'of a file of a newer format only that is said: %s',
  (_, schema) => {
    expect(problems('unheard: of\nformat: 2\n', schema)).toEqual([
      '2:1 format: found 2, and this version reads 1: a newer version wrote the file',
    ]);
  },
);

test('a file may name the first format, which it has without a word', () => {
  expect(problems('format: 1\nexemptions: []\n', Exemptions)).toEqual([]);
  for (const format of ['0', '1.5', '"2"', 'next'])
    expect(problems(`exemptions: []\nformat: ${format}\n`, Exemptions)[0]).toMatch(/^2:1 format: found .+, allowed: /);
});

test('what a merge has left undecided is named as that, each time, and nothing else of the file', () => {
  const text = `name: Ana
<<<<<<< HEAD
count: 1
=======
count: 2
>>>>>>> origin/dormant/contoso
list: [1]
<<<<<<< HEAD\r
until: 2027-03-31
=======
>>>>>>> theirs
`;
  const unfinished =
    'a merge is not finished here: keep what is right of both sides, and take out the lines <<<<<<<, ======= and >>>>>>>';
  expect(problems(text)).toEqual([`2:1 ${unfinished}`, `8:1 ${unfinished}`]);
  expect(problems('name: "<<<<<<< a >>>>>>>"\n')).toEqual([]);
});
