import { readFile, writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { readLock, runDormant } from './disaster.fixture.ts';
import { killAt } from './kill-apply.fixture.ts';
import { aMergedRepository, listOutcomes, stack } from './merged-repository.fixture.ts';

// docs/guides/disaster.md, sentence by sentence; most of it in disaster.long.test.ts. lost-state.test.ts also covers a lost state
// and its limits.

const back = ['mailbox-regular', 'sign-in-allowed'];

test('every disaster of the guide is run here', async () => {
  const guide = await readFile(new URL('../docs/guides/disaster.md', import.meta.url), 'utf8');
  const own = await readFile(new URL(import.meta.url), 'utf8');
  const others = [
    'disaster.long.test.ts',
    'quarantine-found-again.long.test.ts',
    'quarantine-refused.long.test.ts',
    'backends/backends.long.test.ts',
    'engine.test.ts',
    'applies-in-order.test.ts',
    'applies-in-order.long.test.ts',
  ];
  const texts = await Promise.all(others.map((name) => readFile(new URL(name, import.meta.url), 'utf8')));
  const titles = [...guide.matchAll(/^- \*\*(.+?)\.\*\*/gm)].map(([, title = '']) => title.replaceAll('`', ''));
  expect(titles.length).toBeGreaterThanOrEqual(13);
  for (const title of titles) {
    const test = `test('${title.replaceAll("'", '’')}:`;
    expect([title, [own, ...texts].some((text) => text.includes(test))]).toEqual([title, true]);
  }
});

test('A lock is left: of a run that is gone for certain it is cleared and said; of another machine it is named, until --clear-lock', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('notify', ['ana']);
  await repository.merge('disable', ['bo']);
  await killAt(repository, { path: '/users/[^/]+$', method: 'PATCH', identity: 'apply', afterwards: true });
  const mails = repository.emulator.outbox.list().length;
  const lock = await readLock(repository);
  await writeFile(lock.path, JSON.stringify({ ...lock.content, hostname: 'another-machine' }));
  const refused = await runDormant(repository, 'apply', stack);
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toMatch(/Another run holds this stack: .* on another-machine.*--clear-lock/s);
  const cleared = await runDormant(repository, 'apply', stack, '--clear-lock');
  expect(cleared.stderr).toMatch(/lock of another-machine.*it is cleared/);
  expect(repository.emulator.getState('bo')).toMatchObject({
    accountEnabled: false,
    sessionsRevokedAt: expect.any(String),
    mailbox: { type: 'SharedMailbox' },
  });
  expect(repository.emulator.outbox.list().length).toBe(Math.max(1, mails));
});

test('Somebody was disabled who must not be: dormant restore, a merge, and they have sign-in, mailbox and licences again', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.merge('delicense', ['ana']);
  await repository.apply();
  const { exitCode } = await runDormant(repository, 'restore', stack, 'ana@contoso.com', '--reason', 'She works here');
  expect(exitCode).toBe(0);
  await repository.forge('ana', (text) => text);
  expect(listOutcomes(await repository.apply(), repository)).toEqual({ ana: ['licenses-changed', ...back] });
  expect(repository.emulator.getState('ana')).toMatchObject({ accountEnabled: true, licenses: [{}] });
});
