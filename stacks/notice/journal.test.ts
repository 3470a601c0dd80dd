import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createNoticeJournal } from './journal.ts';

async function aPath(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-journal-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, 'out', 'contoso', 'notices.jsonl');
}

const entry = {
  notice: 'notify-2026-12-07-1',
  people: ['a', 'b'],
  requestId: 'r',
  at: '2026-12-07T09:30:00Z',
};

test('a stack that has sent nothing has told nobody', async () => {
  expect(await createNoticeJournal(await aPath()).readSent(entry.notice)).toEqual({
    sent: new Map(),
    unsure: new Set(),
  });
});

test('what was sent is known to the next run, what was only begun is unsure, and each notice is its own', async () => {
  const path = await aPath();
  const journal = createNoticeJournal(path);
  await journal.append({ ...entry, state: 'sending' });
  expect(await journal.readSent(entry.notice)).toEqual({ sent: new Map(), unsure: new Set(['a', 'b']) });
  await journal.append({ ...entry, state: 'sent' });
  expect(await createNoticeJournal(path).readSent(entry.notice)).toEqual({
    sent: new Map([
      ['a', entry.at],
      ['b', entry.at],
    ]),
    unsure: new Set(),
  });
  expect(await createNoticeJournal(path).readSent('notify-2026-12-07-2')).toMatchObject({ sent: new Map() });
});

test('a line that a crash has cut off hides neither the one before nor the one after it', async () => {
  const path = await aPath();
  const journal = createNoticeJournal(path);
  await journal.append({ ...entry, state: 'sent' });
  await appendFile(path, '\n{"notice":"notify-2026');
  await journal.append({ ...entry, people: ['c'], state: 'sent' });
  expect([...(await journal.readSent(entry.notice)).sent.keys()]).toEqual(['a', 'b', 'c']);
});

test('only its owner can read it', async () => {
  const path = await aPath();
  await createNoticeJournal(path).append({ ...entry, state: 'sent' });
  expect((await stat(path)).mode & 0o077).toBe(0);
  expect(await readFile(path, 'utf8')).toContain('"sent"');
});
