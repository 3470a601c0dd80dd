import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { appendSummary, redactAddresses, sanitiseLog } from './github-actions.ts';

test('two parts of a step’s summary are two paragraphs, and outside of Actions there is none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-summary-'));
  const file = join(folder, 'summary');
  await appendSummary('# One\n', { GITHUB_STEP_SUMMARY: file });
  await appendSummary('# Two', { GITHUB_STEP_SUMMARY: file });
  await appendSummary('# Three', {});
  expect(await readFile(file, 'utf8')).toBe('# One\n\n# Two\n\n');
  await rm(folder, { recursive: true });
});

test.each([
  ['no account 1f (ana.reyes@contoso.com), try again', 'no account 1f ((an address)), try again'],
  ['"o\'neil@contoso.co.uk" is exempt', '"o\'(an address)" is exempt'],
  ['stacks/contoso/accounts/ana@contoso.com.yaml is gone', 'stacks/contoso/accounts/(an address) is gone'],
  ['jörg_x.com#EXT#@contoso.onmicrosoft.com', '(an address)'],
  ['npm install vitest@5.1', 'npm install vitest@5.1'],
])('%s: no log has anybody’s address', (text, logged) => {
  expect(redactAddresses(text)).toBe(logged);
});

test('a terminal shows a person who it is about', () => {
  expect(sanitiseLog('ana@contoso.com', {})).toBe('ana@contoso.com');
  expect(sanitiseLog('ana@contoso.com', { GITHUB_ACTIONS: 'true' })).toBe('(an address)');
});
