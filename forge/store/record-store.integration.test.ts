// One contract, held by a folder, Azure's own emulator and a server with S3's Object Lock.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStorageAccount } from './azurite.fixture.ts';
import { openRecordStore } from './open-record-store.ts';
import type { RecordStore } from './record-store.ts';
import { startS3Gateway } from './s3-gateway.fixture.ts';

interface Opened {
  store: RecordStore;
  place: string | RegExp;
  close(): Promise<void>;
}

describe.each<[string, () => Promise<Opened>]>([
  ['a folder', openFolder],
  ['a container of Azure, by its key', () => openContainer('open')],
  ['a container of Azure, by a token', () => openContainer('openWithToken')],
  ['a bucket', () => openBucket({})],
  ['a bucket with versions', () => openBucket({ versions: true })],
])('records in %s', (_, open) => {
  let opened: Opened;
  let store: RecordStore;

  beforeAll(async () => {
    opened = await open();
    store = opened.store;
  });
  afterAll(() => opened.close());

  test('the place is called as people know it', () => {
    expect(store.place).toMatch(opened.place);
  });

  test('what is created is read back byte by byte, and what is not there is null', async () => {
    const bytes = new Uint8Array([0, 255, 10, 13, 128]);
    expect(await store.create('contoso/bytes/run@1_a.json', bytes)).toBe('created');
    expect(await store.read('contoso/bytes/run@1_a.json')).toEqual(bytes);
    expect(await store.create('contoso/bytes/empty', new Uint8Array())).toBe('created');
    expect(await store.read('contoso/bytes/empty')).toEqual(new Uint8Array());
    expect(await store.read('contoso/bytes/other')).toBeNull();
    expect(await store.read('contoso/none/other')).toBeNull();
  });

  test('a second write to the same name is refused, and what was there is unchanged', async () => {
    expect(await store.create('contoso/twice', toBytes('first'))).toBe('created');
    expect(await store.create('contoso/twice', toBytes('second'))).toBe('exists');
    expect(await store.create('contoso/twice', toBytes('first'))).toBe('exists');
    expect(await readText('contoso/twice')).toBe('first');
  });

  test('of ten who create one name at once exactly one wins, and what is there is of that one', async () => {
    const contents = Array.from({ length: 10 }, (_, writer) => `${writer}`.repeat(2_000));
    const outcomes = await Promise.all(contents.map((text) => store.create('contoso/race', toBytes(text))));
    const winners = contents.filter((_, index) => outcomes[index] === 'created');
    expect([winners.length, await readText('contoso/race')]).toEqual([1, winners[0]]);
  });

  test('whoever may replace what is there is told so, and the bytes stay the same', async () => {
    await store.create('contoso/replace', toBytes('same'));
    expect(await store.tryReplace('contoso/replace', toBytes('same'))).toBe('accepted');
    expect(await readText('contoso/replace')).toBe('same');
  });

  test('what is erased is gone with what was written over it, and can be told from what never was', async () => {
    await store.create('contoso/erase/a', toBytes('one'));
    await store.create('contoso/erase/ab', toBytes('stays'));
    await store.tryReplace('contoso/erase/a', toBytes('one'));
    expect(await store.erase('contoso/erase/a')).toEqual({ kind: 'erased' });
    expect(await store.read('contoso/erase/a')).toBeNull();
    expect(await store.erase('contoso/erase/a')).toEqual({ kind: 'absent' });
    expect(await store.erase('contoso/other/a')).toEqual({ kind: 'absent' });
    expect(await list('contoso/erase/')).toEqual(['contoso/erase/ab']);
    expect(await store.create('contoso/erase/a', toBytes('anew'))).toBe('created');
  });

  test('names are listed in the order of their bytes, with their sizes, and only those with the prefix', async () => {
    const names = [
      'o/2026-10-audit',
      'o/2026-10/a',
      'o/2026-10/a.b/c',
      'o/2026-10/a-b',
      'o/2026-1',
      'o/B',
      'o/_',
      'o/a',
    ];
    for (const name of [...names, 'n/a', 'oo']) await store.create(name, toBytes(name));
    const sorted = names.toSorted();
    expect(await list('o/')).toEqual(sorted);
    expect(await list('o/2026-10')).toEqual(sorted.filter((name) => name.startsWith('o/2026-10')));
    expect(await list('o/2026-10/')).toEqual(sorted.filter((name) => name.startsWith('o/2026-10/')));
    expect(await list('none/')).toEqual([]);
    for await (const { name, size } of store.list('o/')) expect([name, size]).toEqual([name, name.length]);
  });

  test('more than a page of names is listed whole', async () => {
    const names = Array.from({ length: 1_100 }, (_, index) => `many/${index % 3}/${String(index).padStart(5, '0')}`);
    for (let at = 0; at < names.length; at += 50) {
      await Promise.all(names.slice(at, at + 50).map((name) => store.create(name, toBytes('x'))));
    }
    expect(await list('many/')).toEqual(names.toSorted());
  });

  test('whoever stops listing early is not kept waiting', async () => {
    await store.create('early/a', toBytes('a'));
    for await (const { name } of store.list('early/')) {
      expect(name).toBe('early/a');
      break;
    }
  });

  test('nothing is held for any number of days', async () => {
    expect(await store.readImmutability()).toEqual({ kind: 'none' });
  });

  test.each(['../out', 'a/../../out', '/etc/passwd', 'a//b', '', 'a/', '.hidden', 'a\\b', 'ä', `${'a'.repeat(901)}`])(
    'no record is called %j',
    async (name) => {
      const refusal = expect.objectContaining({ code: 'usage', exitCode: 2 });
      await expect(async () => store.create(name, toBytes('x'))).rejects.toEqual(refusal);
      await expect(async () => store.read(name)).rejects.toEqual(refusal);
      await expect(async () => store.erase(name)).rejects.toEqual(refusal);
      await expect(async () => store.tryReplace(name, toBytes('x'))).rejects.toEqual(refusal);
    },
  );

  async function list(prefix: string): Promise<string[]> {
    const names: string[] = [];
    for await (const { name } of store.list(prefix)) names.push(name);
    return names;
  }

  async function readText(name: string): Promise<string> {
    return new TextDecoder().decode((await store.read(name)) ?? new Uint8Array());
  }
});

async function openFolder(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-records-'));
  const store = await openRecordStore({ folder: '.' }, { root: folder, cloud: 'global', env: {} });
  return { store, place: `folder ${folder}`, close: () => rm(folder, { recursive: true }) };
}

async function openContainer(how: 'open' | 'openWithToken'): Promise<Opened> {
  const account = await startStorageAccount();
  await account.addContainer('records');
  const store = await account[how]('records');
  return { store, place: /^container records of devstoreaccount1$/, close: () => account.close() };
}

async function openBucket(options: { versions?: boolean }): Promise<Opened> {
  const gateway = await startS3Gateway();
  await gateway.addBucket('contoso-records', options);
  const store = await gateway.open('contoso-records');
  return { store, place: /^s3:\/\/contoso-records$/, close: () => gateway.close() };
}

function toBytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
