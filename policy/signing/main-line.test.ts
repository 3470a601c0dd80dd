import { expect, test } from 'vitest';
import { anAccountFile } from '../account-file.fixture.ts';
import { parseAccountFile, serialiseAccountFile } from '../files/account-file.ts';
import { foldId } from '../identifiers.ts';
import { groupVersions } from './main-line.ts';

const file = anAccountFile('disable');
const id = foldId(file.account.id);
const text = serialiseAccountFile(file);

test.each([
  ['as it is', text],
  ['in capitals', text.replace(file.account.id, file.account.id.toUpperCase())],
  ['with an escape', text.replace(file.account.id, `"${file.account.id.replace('a', '\\u0061')}"`)],
  [
    'over two lines',
    text.replace(file.account.id, `"${file.account.id.slice(0, 5)}\\\n    ${file.account.id.slice(5)}"`),
  ],
  ['below its key', text.replace(`id: ${file.account.id}`, `id: >-\n    ${file.account.id}`)],
])('a version is found by its account’s id, written %s', (_, written) => {
  expect(foldId(parseAccountFile('ana.yaml', written).account.id)).toBe(id);
  expect(groupVersions([{ path: 'ana.yaml', text: written, at: 0 }], new Set([id])).get(id)).toHaveLength(1);
});

test('what came after it under the same path is found, too, and what is about others is not', () => {
  const other = serialiseAccountFile(anAccountFile('notify', { account: { userPrincipalName: 'bo@contoso.com' } }));
  const versions = [other, text, null, other].map((each, at) => ({ path: 'ana.yaml', text: each, at }));
  expect(
    groupVersions(versions, new Set([id]))
      .get(id)
      ?.map(({ at }) => at),
  ).toEqual([1, 2]);
});
