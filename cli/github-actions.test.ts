import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendSummary, sanitiseLog } from './github-actions.ts';

test('two parts of a step’s summary are two paragraphs, and outside of Actions there is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-summary-'));
  const file = join(folder, 'summary');
  await appendSummary('# One\n', { GITHUB_STEP_SUMMARY: file });
  await appendSummary('# Two', { GITHUB_STEP_SUMMARY: file });
  await appendSummary('# Three', {});
  expect(await readFile(file, 'utf8')).toBe('# One\n\n# Two\n\n');
  await rm(folder, { recursive: true });
});

test('a terminal shows a person who it is about', () => {
  expect(sanitiseLog('ana@contoso.com', {})).toBe('ana@contoso.com');
  expect(sanitiseLog('ana@contoso.com', { GITHUB_ACTIONS: 'true' })).toBe('(an address)');
});
