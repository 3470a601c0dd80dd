import { expect, test } from 'vitest';
import { findBritishSpellings, findOwnFolds, findRepeatedExports } from './names.ts';

const step = 'export interface Step { at: string }';

test.each([
  ['a type and a function', 'policy/a.ts', step, 'audit/b.ts', 'export function Step() {}', true],
  [
    'a name given to what another file exports',
    'policy/a.ts',
    step,
    'audit/b.ts',
    "export { x as Step } from './x.ts';",
    true,
  ],
  ['a name that is only passed on', 'policy/a.ts', step, 'audit/b.ts', "export { Step } from './x.ts';", false],
  ['one that is not exported', 'policy/a.ts', step, 'audit/b.ts', 'interface Step {}', false],
  ['a fixture', 'policy/a.ts', step, 'audit/b.fixture.ts', step, false],
  ['a command', 'policy/a.ts', step, 'cli/b.ts', step, false],
  ['the script of the report', 'policy/a.ts', step, 'audit/b.js', 'export function Step() {}', false],
])('one export of a name: %s', (_, path, text, otherPath, otherText, isFault) => {
  const faults = findRepeatedExports([
    { path, text },
    { path: otherPath, text: otherText },
  ]);
  expect(faults).toEqual(isFault ? ['Step is exported by audit/b.ts and policy/a.ts: rename all but one'] : []);
});

test('a schema and its type are one thing', () => {
  const text = 'export const Stage = Type.String();\nexport type Stage = Static<typeof Stage>;';
  expect(findRepeatedExports([{ path: 'policy/a.ts', text }])).toEqual([]);
});

test.each([
  ['an identifier', 'const a = 1;\nconst heldLicences = a;', ['x/a.ts:2: heldLicences: spell it license']],
  ['a private member', 'class A {\n  #licence = 1;\n}', ['x/a.ts:2: #licence: spell it license']],
  ['a property', 'const a = { licenceId: 1 };', ['x/a.ts:1: licenceId: spell it license']],
  ['a machine code', "throw fail('licence-not-held');", ['x/a.ts:1: licence-not-held: spell it license']],
  ['a text for people', "throw fail('The licence is gone.', 'licence');", []],
  ['a comment', '// Licences that stay.\nconst licenses = 1;', []],
])('license in code: %s', (_, text, faults) => {
  expect(findBritishSpellings([{ path: 'x/a.ts', text }], [])).toEqual(faults);
});

test('what a stored format carries stays, in the file that writes it, for as long as it is there', () => {
  const kept = [{ name: 'licences', file: 'b.ts', because: 'audit.json has it' }];
  const written = { path: 'moved/b.ts', text: 'const a = { licences: 1 };' };
  expect(findBritishSpellings([written], kept)).toEqual([]);
  expect(findBritishSpellings([{ ...written, path: 'moved/c.ts' }], kept)).toEqual([
    'moved/c.ts:1: licences: spell it license',
    'licences (b.ts) is kept, but nothing has it',
  ]);
});

test.each([
  [
    'an id',
    'audit/a.ts',
    'const key = account.id.toLowerCase();',
    ['audit/a.ts:1: account.id: fold it by policy/identifiers.ts'],
  ],
  [
    'a name that may be missing',
    'cli/a.ts',
    'mail?.toLowerCase();',
    ['cli/a.ts:1: mail: fold it by policy/identifiers.ts'],
  ],
  [
    'a name',
    'stacks/a.ts',
    'a.userPrincipalName.toLocaleLowerCase();',
    ['stacks/a.ts:1: a.userPrincipalName: fold it by policy/identifiers.ts'],
  ],
  ['a heading', 'audit/a.ts', 'cell.trim().toLowerCase();', []],
  ['an id in a test', 'audit/a.test.ts', 'id.toUpperCase();', []],
  ['an id in the emulator, which shares no code', 'emulator/a.ts', 'id.toLowerCase();', []],
])('one way to compare: %s', (_, path, text, faults) => {
  expect(findOwnFolds([{ path, text }])).toEqual(faults);
});
