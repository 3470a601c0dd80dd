import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { runDormant } from './disaster.fixture.ts';
import { aMergedRepository, listOutcomes, stack } from './merged-repository.fixture.ts';

// docs/guides/disaster.md, sentence by sentence; most of it in disaster.long.test.ts. lost-state.long.test.ts also covers a lost state
// and its limits.

test('every disaster of the guide is run here', async () => {
  const guide = await readFile(new URL('../docs/guides/disaster.md', import.meta.url), 'utf8');
  const own = await readFile(new URL(import.meta.url), 'utf8');
  const others = [
    'disaster.long.test.ts',
    'quarantine-found-again.long.test.ts',
    'quarantine-refused.long.test.ts',
    'backends/backends.long.test.ts',
    'engine.long.test.ts',
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

test('Somebody was disabled who must not be: dormant restore, a merge, and they have sign-in, mailbox and licences again', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.merge('delicense', ['ana']);
  await repository.apply();
  const { exitCode } = await runDormant(
    repository,
    'restore',
    stack,
    'ana@contoso.com',
    '--in-file',
    '--reason',
    'She works here',
  );
  expect(exitCode).toBe(0);
  await repository.forge('ana', (text) => text);
  expect(listOutcomes(await repository.apply(), repository)).toEqual({
    ana: ['sign-in-allowed', 'licenses-changed', 'mailbox-regular'],
  });
  expect(repository.emulator.getState('ana')).toMatchObject({ accountEnabled: true, licenses: [{}] });
});
