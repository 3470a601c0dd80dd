import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { checkStackFiles } from '../cli/check/check-stack.ts';
import { addDays } from '../policy/evidence.ts';
import { aYear, type Year } from './year.fixture.ts';

// From audit to give-back with files that are named by id, and a policy that begins to ask for it halfway.

const dormant = fileURLToPath(new URL('../cli/dormant.ts', import.meta.url));
const colleagues = Array.from({ length: 60 }, (_, at) => ({ displayName: `Colleague ${at}` }));
const people = [
  { kind: 'ana', userPrincipalName: 'ana.reyes@contoso.com', displayName: 'Ana Reyes', inactiveDays: 143 },
  // Silent for long enough two weeks later.
  { kind: 'bo', userPrincipalName: 'bo.li@contoso.com', displayName: 'Bo Li', inactiveDays: 80 },
  ...colleagues,
].map((person) => ({ oneDrive: { sizeMb: 12, files: 6 }, ...person }));

const list = async ({ folder }: Year, name: string) =>
  (await readdir(join(folder, 'stacks/contoso', name)).catch(() => [])).toSorted();

async function run({ folder, emulator }: Year, ...words: string[]): Promise<string> {
  const env = {
    DORMANT_EMULATOR_URL: emulator.url,
    NODE_EXTRA_CA_CERTS: emulator.caFile,
    NO_COLOR: '1',
    GITHUB_TOKEN: '',
  };
  const { all } = await execa(process.execPath, [dormant, '--repo', folder, ...words], {
    env,
    all: true,
    reject: false,
  });
  return all;
}

test('files are named by id from the day that the policy says so, none is renamed, and a person goes the whole line', async () => {
  const year = await aYear({ people });
  const id = year.emulator.getState('bo').id.toLowerCase();
  const [anas, bos] = ['ana.reyes@contoso.com.yaml', `${id}.yaml`];
  const problems: unknown[] = [];
  const review = async () => {
    problems.push(
      ...(await checkStackFiles({ repo: year.folder, stack: 'contoso', base: 'main', today: year.today() })),
    );
  };
  await year.runWeek(review);
  expect(await list(year, 'accounts')).toEqual([anas]);

  const policy = join(year.folder, 'policy/policy.yaml');
  await writeFile(policy, `${await readFile(policy, 'utf8')}privacy: { names: id-only }\n`);
  await year.merge('Fewer names');
  for (let week = 1; week <= 4; week++) {
    year.passDays(7);
    await year.runWeek(review);
  }
  expect(await list(year, 'accounts')).toEqual([anas, bos].toSorted());
  expect(await year.findFile('ana')).toMatchObject({ stage: 'delicense' });
  expect(await year.findFile('bo')).toMatchObject({
    stage: 'disable',
    account: { userPrincipalName: 'bo.li@contoso.com' },
  });
  expect(year.emulator.getState('bo').accountEnabled).toBe(false);

  // Whoever knows the address finds the file.
  for (const name of ['bo.li@contoso.com', 'Bo Li', id, id.slice(0, 8), bos])
    expect(await run(year, 'why', 'contoso', name)).toMatch(/^Bo Li <bo\.li@contoso\.com> in contoso/);
  const until = addDays(year.today(), 30);
  const reason = ['--reason', 'On leave', '--owner', 'HR team', '--until', until];
  expect(await run(year, 'exempt', 'contoso', 'bo.li@contoso.com', ...reason, '--today', year.today())).toContain(
    'exemptions.yaml',
  );
  const back = ['--reason', 'Back from leave', '--asked-by', '@lee', '--today', year.today()];
  expect(await run(year, 'restore', 'contoso', 'bo.li@contoso.com', ...back)).toContain(
    `stacks/contoso/give-back/${bos}: written`,
  );
  expect(await list(year, 'give-back')).toEqual([bos]);
  await review();
  await year.merge('Give back');
  await year.apply();
  expect(year.emulator.getState('bo').accountEnabled).toBe(true);

  // The next audit takes the word into the account's own file.
  await year.runWeek(review);
  expect(await list(year, 'give-back')).toEqual([]);
  expect(await year.findFile('bo')).toMatchObject({ stage: 'restore' });
  expect(await list(year, 'accounts')).toEqual([anas, bos].toSorted());
  expect(problems).toEqual([]);
});
