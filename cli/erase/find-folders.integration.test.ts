// Under which names records have a person: by id, by address, and by an address that only the records connect with the id.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openRecordStore } from '../../forge/store/open-record-store.ts';
import { getPersonFolder } from '../../policy/records/places.ts';
import type { Entry } from '../../policy/records/split.ts';
import { hashBytes, splitRun, writeParts } from '../record/write-parts.ts';
import { findPersonFolders } from './find-folders.ts';

const lee = {
  id: '22222222-bbbb-4bbb-8bbb-bbbbbbbbbbbb',
  displayName: 'Lee Park',
  mail: 'lee.park@contoso.com',
  userPrincipalName: 'Lee@contoso.com',
};
const ana = {
  id: '11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
  displayName: 'Ana',
  mail: 'ana@contoso.com',
  userPrincipalName: 'ana@contoso.com',
};
const stack = 'contoso';
const byAddress = (address: string) => getPersonFolder(`mail:${address}`, hashBytes);

async function aStoreWith(...runs: readonly Entry['value'][][]) {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-folders-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const store = await openRecordStore({ folder }, { root: folder, cloud: 'global', env: {} });
  for (const [index, values] of runs.entries()) {
    const entries = values.map((value, at): Entry => ({ file: 'audit.json', at: ['list', at], value }));
    const read = async function* () {
      yield* entries;
    };
    const run = { kind: 'audit', day: '2026-12-07', run: '1/1', commit: null, read } as const;
    await writeParts(store, { stack, id: `2026-12-0${index + 1}-audit-${'0'.repeat(16)}` }, await splitRun(run));
  }
  return store;
}

test('a manager who never had a file is found by an address, under the id that another run knew', async () => {
  const store = await aStoreWith(
    [{ ...ana, manager: lee }],
    [{ ...ana, manager: { displayName: lee.displayName, mail: lee.mail } }],
  );
  const found = await findPersonFolders(store, stack, { id: null, addresses: [lee.mail] });
  expect([...found].sort()).toEqual([lee.id, byAddress(lee.mail), byAddress('lee@contoso.com')].sort());
});

test('by the id every address is found that records have of it, and nobody else', async () => {
  const store = await aStoreWith([ana, lee], [{ to: lee.mail, subject: 'one account' }]);
  const found = await findPersonFolders(store, stack, { id: lee.id, addresses: [] });
  expect([...found].sort()).toEqual([lee.id, byAddress(lee.mail), byAddress('lee@contoso.com')].sort());
  expect([...(await findPersonFolders(store, stack, { id: null, addresses: ['nobody@contoso.com'] }))]).toEqual([
    byAddress('nobody@contoso.com'),
  ]);
});

test('an address that was given to somebody new is nobody’s alone: the ids are said, and by an id only that account is found', async () => {
  const newcomer = { ...ana, displayName: 'Ana the younger', id: ana.id.replace('1', '3') };
  const store = await aStoreWith([ana], [newcomer]);
  await expect(findPersonFolders(store, stack, { id: null, addresses: [ana.mail] })).rejects.toMatchObject({
    ...{ code: 'no-such-account', exitCode: 2 },
    message: expect.stringContaining(newcomer.id),
  });
  expect([...(await findPersonFolders(store, stack, { id: ana.id, addresses: [] }))]).toEqual([
    ana.id,
    byAddress(ana.mail),
  ]);
});
