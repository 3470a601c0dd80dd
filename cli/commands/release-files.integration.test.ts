import { Command } from 'commander';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { aPerson } from '../../audit/report/person.fixture.ts';
import { type AStack, aStack } from '../accounts/stack.fixture.ts';
import { checkStackFiles } from '../check/check-stack.ts';
import { createReleaseFilesCommand } from './release-files.ts';

let stack: AStack;
const printed: string[] = [];

const ana = aPerson({
  oneDrive: { kind: 'seen', storageUsedBytes: 3.1 * 1024 ** 3, files: 812, lastUsedOn: '2026-06-30' },
});

beforeEach(async () => {
  stack = await aStack([ana, aPerson({ userPrincipalName: 'bo@contoso.com', oneDrive: { kind: 'unknown' } })]);
  vi.spyOn(console, 'log').mockImplementation((line) => printed.push(String(line)));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  printed.length = 0;
  return stack.remove();
});

const release = (...words: string[]) =>
  new Command('dormant')
    .option('--repo <folder>', '', stack.root)
    .option('--json', '', false)
    .option('--verbose', '', false)
    .exitOverride()
    .addCommand(createReleaseFilesCommand().exitOverride())
    .parseAsync(['release-files', 'contoso', '--today', '2027-06-01', ...words], { from: 'user' });

const why = ['--reason', 'moved to the team site', '--by', 'Lee Park'];
const git = (...args: string[]) =>
  execa('git', ['-C', stack.root, '-c', 'user.name=Lee', '-c', 'user.email=lee@contoso.com', ...args]);

async function merged(): Promise<string[]> {
  const paths = await stack.allAt('delicense');
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=delicense');
  return paths;
}

test('one decision covers everybody who waits, is listed before it is written, and passes the check', async () => {
  const paths = await merged();
  await release(...why);
  const texts = await Promise.all(paths.map((path) => stack.read(path)));
  for (const text of texts) expect(text).toContain('oneDrive: release # moved to the team site (Lee Park, 2027-06-01)');
  expect(printed.join('\n')).toContain('3.1 GB in 812 files, last used 30 June 2026');
  expect(printed.join('\n')).toContain('its size is unknown');
  expect(printed.join('\n')).toContain(
    'read-only from 31 July, closed from 2 September (until then a licence brings it back), deleted from 4 December',
  );
  expect(printed.join('\n')).toContain(
    'released: 2 OneDrives, 3.1 GB in 812 files, 1 of them of unknown size, frees USD 72 a month',
  );
  await git('add', '--all');
  const query = { repo: stack.root, stack: 'contoso', base: 'HEAD', today: '2027-06-01' };
  expect(await checkStackFiles(query)).toEqual([]);
});

test('the check takes the one word that somebody writes in the browser', async () => {
  const [path = ''] = await merged();
  const text = await stack.read(path);
  await stack.write(path, text.replace(/( {2}licenses: .*\n)/, '$1  oneDrive: release\n'));
  const query = { repo: stack.root, stack: 'contoso', base: 'HEAD', today: '2027-06-01' };
  expect(await checkStackFiles(query)).toEqual([]);
});

test('--dry-run writes nothing, and --json is one document', async () => {
  await merged();
  const before = await stack.everything();
  await release(...why, '--dry-run', '--json', '--department', 'Sales');
  expect(await stack.everything()).toEqual(before);
  expect(JSON.parse(printed.join(''))).toMatchObject({
    ...{ stack: 'contoso', reason: 'moved to the team site', by: 'Lee Park', on: '2027-06-01', dryRun: true },
    accounts: [
      { userPrincipalName: 'ana.reyes@contoso.com', gigabytes: 3.1, monthly: 36 },
      { userPrincipalName: 'bo@contoso.com', gigabytes: null, files: null },
    ],
    sum: { gigabytes: 3.1, files: 812, unknown: 1, monthly: 72 },
  });
});

test('a licence without a price is named, and not said to be worth nothing', async () => {
  await merged();
  const path = 'policy/prices.yaml';
  await stack.write(path, (await stack.read(path)).replace(/^ {2}SPE_E3: 36\n/m, ''));
  await release(...why);
  expect(printed.join('\n')).toContain('ana.reyes@contoso.com Ana Reyes, delicense, frees SPE_E3, without a price');
  expect(printed.join('\n')).toContain('of unknown size, frees SPE_E3, without a price in prices.yaml');
});

test('a workflow’s log has the sum and nobody’s name', async () => {
  await merged();
  vi.stubEnv('GITHUB_ACTIONS', 'true');
  await release(...why);
  expect(printed.join('\n')).not.toContain('@contoso.com');
  expect(printed.join('\n')).toContain('2 OneDrives');
});

test('without a name it is the person whom git knows', async () => {
  const [path = ''] = await merged();
  await git('config', 'user.name', 'Jo Bloggs');
  await release('ana.reyes@contoso.com', '--reason', 'moved to the team site');
  expect(await stack.read(path)).toContain('(Jo Bloggs, 2027-06-01)');
});

test('without a reason nothing is written', async () => {
  await merged();
  const before = await stack.everything();
  await expect(release('--by', 'Lee Park')).rejects.toMatchObject({
    code: 'commander.missingMandatoryOptionValue',
  });
  await expect(release('--by', 'Lee Park', '--reason', ' ')).rejects.toMatchObject({
    code: 'release-reason',
  });
  expect(await stack.everything()).toEqual(before);
});
