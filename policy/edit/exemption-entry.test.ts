import { afterEach, beforeEach, expect, it } from 'vitest';
import { type AStack, aStack } from '../../cli/accounts/stack.fixture.ts';
import { InvalidInput } from '../errors.ts';
import { addEntry } from './exemption-entry.ts';

const today = '2026-12-07';
const entry = {
  account: 'ana.reyes@contoso.com',
  stack: 'contoso',
  reason: 'Parental leave',
  owner: 'People team',
  until: '2027-03-31',
};
let stack: AStack;

beforeEach(async () => {
  stack = await aStack([]);
});
afterEach(() => stack.remove());

it('an exemption is written where people wrote theirs', async () => {
  await stack.write('exemptions.yaml', '# Ask HR first.\nexemptions: []\n');
  expect(addEntry(await stack.files(), entry, today)).toBe(
    '# Ask HR first.\nexemptions:\n  - account: ana.reyes@contoso.com\n    stack: contoso\n    reason: Parental leave\n    owner: People team\n    until: 2027-03-31\n',
  );
});

it.each([
  [{ until: '2026-12-06' }, 'until: found 2026-12-06, allowed: 2026-12-07 or later'],
  [{ until: 'soon' }, 'until: found "soon"'],
  [{ owner: 'm' }, 'owner: found "m"'],
])('%j is refused before anything is written', async (change, sentence) => {
  const files = await stack.files();
  expect(() => addEntry(files, { ...entry, ...change }, today)).toThrow(sentence);
});

it('one that reaches too far, or that is there already, is refused as the pull request’s check would', async () => {
  const files = await stack.files();
  expect(() => addEntry(files, { ...entry, until: '2029-01-01' }, today)).toThrow(InvalidInput);
  await stack.write('exemptions.yaml', addEntry(files, entry, today));
  const exempt = await stack.files();
  expect(() => addEntry(exempt, entry, today)).toThrow('is already exempt by entry 1');
});
