import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';

test('an apply that ends before its record leaves no record of an earlier one, and no old order to Active Directory', async () => {
  const repo = await mkdtemp(join(tmpdir(), 'dormant-record-'));
  onTestFinished(() => rm(repo, { recursive: true, force: true }));
  const out = join(repo, 'out', 'contoso');
  await mkdir(out, { recursive: true });
  for (const name of ['apply.json', 'apply.md', 'on-premises.csv', 'notices.jsonl'])
    await writeFile(join(out, name), 'of an earlier run');
  const dormant = join(import.meta.dirname, '../../cli/dormant.ts');
  const env = { GITHUB_ACTIONS: undefined, GITHUB_TOKEN: undefined };
  const { exitCode } = await execa('node', [dormant, 'apply', 'contoso', '--repo', repo], {
    env,
    reject: false,
  });
  expect(exitCode).toBe(2);
  expect(await readdir(out)).toEqual(['notices.jsonl']);
});
