// What only a folder has: the rights of a user, and that nothing of a cloud is loaded for it.
import { chmod, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { beforeEach, expect, test } from 'vitest';
import { openRecordStore } from './open-record-store.ts';

const bytes = new TextEncoder().encode('record');
const module = pathToFileURL(join(import.meta.dirname, 'open-record-store.ts')).href;
let folder: string;

const isRoot = process.getuid?.() === 0;

beforeEach(async () => {
  // A test run's own folder lets nobody in but its user.
  folder = await mkdtemp(join(isRoot ? '/tmp' : tmpdir(), 'dormant-records-'));
  await chmod(folder, 0o755);
  return () => rm(folder, { recursive: true });
});

test('a user who may read a folder and not write to it adds and replaces nothing, and is told so', async () => {
  const store = await openRecordStore({ folder }, { root: '/', cloud: 'global', env: {} });
  await store.create('a/b', bytes);
  for (const place of [folder, join(folder, 'a')]) await chmod(place, 0o555);
  await chmod(join(folder, 'a/b'), 0o444);
  const outcome = await runAsUser(`
    const bytes = new TextEncoder().encode('record');
    const tell = (work) => work.catch(({ code, message }) => code + ': ' + message);
    console.log(JSON.stringify([
      await store.tryReplace('a/b', bytes),
      await store.create('a/b', bytes),
      await tell(store.create('a/c', bytes)),
      await tell(store.erase('a/b')),
      new TextDecoder().decode(await store.read('a/b')),
    ]));
  `);
  for (const place of [folder, join(folder, 'a')]) await chmod(place, 0o755);
  expect(JSON.parse(outcome)).toEqual([
    'refused',
    'exists',
    `record-store: Records are kept in folder ${folder}: this user cannot add files to it (EACCES).`,
    `record-store: Records are kept in folder ${folder}: this user cannot delete from it (EACCES).`,
    'record',
  ]);
});

test('for a folder no library of a cloud is loaded', async () => {
  await chmod(folder, 0o777);
  const outcome = await runAsUser(`
    await store.create('a', new TextEncoder().encode('record'));
    console.log(JSON.stringify([...new Set(loaded)]));
  `);
  const packages: string[] = JSON.parse(outcome);
  expect(packages.filter((url) => /@aws|@azure|@smithy/.test(url))).toEqual([]);
  expect(packages.some((url) => url.endsWith('folder-store.ts'))).toBe(true);
});

test('what is no file is not listed, and a link that leads nowhere is left out', async () => {
  const store = await openRecordStore({ folder }, { root: '/', cloud: 'global', env: {} });
  await store.create('a/b', bytes);
  await symlink('/nowhere', join(folder, 'gone'));
  const names: string[] = [];
  for await (const { name } of store.list('')) names.push(name);
  expect(names).toEqual(['a/b']);
});

test('what cannot be written whole is not left behind', async () => {
  const store = await openRecordStore({ folder }, { root: '/', cloud: 'global', env: {} });
  await writeFile(join(folder, 'a'), 'a file where a folder would have to be');
  await expect(store.create('a/b', bytes)).rejects.toMatchObject({ code: 'record-store' });
  expect(await readdir(folder)).toEqual(['a']);
});

/** Root may write everywhere, so root becomes nobody. Returns what the script prints. */
async function runAsUser(script: string): Promise<string> {
  const head = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load(url, context, next) { loaded.push(url); return next(url, context); } });
    const { openRecordStore } = await import(${JSON.stringify(module)});
    const store = await openRecordStore({ folder: ${JSON.stringify(folder)} }, { root: '/', cloud: 'global', env: {} });
  `;
  const asNobody = isRoot ? { uid: 65_534, gid: 65_534 } : {};
  const { stdout } = await execa(process.execPath, ['--input-type=module', '--eval', head + script], asNobody);
  return stdout;
}
