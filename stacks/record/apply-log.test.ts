import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createApplyLog, identifyRun, logRun, readApplyLog } from './apply-log.ts';

const account = {
  id: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e',
  userPrincipalName: 'ana@contoso.com',
  displayName: 'Ana',
};

test('a run has a first and a last line, and each line has its commit and the name of the run', async () => {
  const { log, place } = await aLog();
  await logRun(log, '2026-12-07', async () => log.append({ what: 'asked', step: 'sign-in-blocked', account }));
  const lines = await readApplyLog(place);
  expect(lines).toMatchObject([
    { what: 'begun', day: '2026-12-07' },
    { what: 'asked', step: 'sign-in-blocked', account },
    { what: 'ended', how: 'done' },
  ]);
  expect(lines.every(({ stack, run, commit }) => `${stack} ${run} ${commit}` === 'contoso 77/1 abc')).toBe(true);
});

test('a run that ends early says why, and its error goes on', async () => {
  const { log, place } = await aLog();
  const run = logRun(log, '2026-12-07', () => Promise.reject(new Error('the backend is away')));
  await expect(run).rejects.toThrow('the backend is away');
  expect((await readApplyLog(place)).at(-1)).toMatchObject({ what: 'ended', how: 'the backend is away' });
});

test('a line that a kill has cut off spoils none beside it', async () => {
  const { log, place } = await aLog();
  await log.append({ what: 'begun', day: '2026-12-07' });
  await appendFile(
    join(place.repository, 'out', 'contoso', 'apply.jsonl'),
    '\n{"at":"2026-12-07T09:00:00Z","what":"as',
  );
  await log.append({ what: 'ended', how: 'done' });
  expect((await readApplyLog(place)).map(({ what }) => what)).toEqual(['begun', 'ended']);
});

test('a run is known by its number on Actions, and elsewhere by machine and process', () => {
  expect(identifyRun({ GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: '2' })).toBe('77/2');
  expect(identifyRun({})).toMatch(/^.+\/\d+$/);
});

async function aLog() {
  const repository = await mkdtemp(join(tmpdir(), 'dormant-log-'));
  onTestFinished(() => rm(repository, { recursive: true, force: true }));
  const place = { repository, stack: 'contoso' };
  const log = createApplyLog(place, { run: '77/1', commit: 'abc' });
  return { log, place };
}
