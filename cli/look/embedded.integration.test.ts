import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';

const program = new URL('../dormant.ts', import.meta.url).pathname;

async function lookIn(...words: string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-look-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const ended = await execa(process.execPath, [program, 'look', '--embedded', ...words], {
    cwd: folder,
    reject: false,
  });
  return { folder, ...ended };
}

test('one command leads from an empty folder to the lists of a company that does not exist', async () => {
  const { folder, exitCode, stdout, stderr } = await lookIn();
  expect([exitCode, stderr.includes('A browser opens')]).toEqual([0, false]);
  const text = await readFile(join(folder, 'look-contoso', 'inactive-users.csv'), 'utf8');
  const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
  expect(rows.length).toBeGreaterThan(200);
  expect(new Set(rows.map((row) => row['User principal name'])).size).toBe(rows.length);
  expect(Math.min(...rows.map((row) => Number(row['Inactive days'] || '90')))).toBeGreaterThanOrEqual(90);
  expect(stdout).toContain('look-contoso/inactive-users.csv');
  expect(stdout).toContain(`${rows.length} people`);
});

test('a person who may not see enough is told so, and no tenant is left running', async () => {
  const { exitCode, stderr } = await lookIn('--as', 'nobody@contoso.com');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('AADSTS50034');
});

test('--as is for the embedded tenant alone', async () => {
  const { exitCode, stderr } = await execa(process.execPath, [program, 'look', '--as', 'ana@contoso.com'], {
    reject: false,
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('--as is for the embedded tenant');
});
