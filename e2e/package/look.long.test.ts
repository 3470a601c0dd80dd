// The one command of the README, on a machine that has Node and nothing else: an empty folder, an empty HOME, an empty cache of npm.
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { type Emulator, startEmulator } from '@dormant-m365/emulator';
import { findLastDay, type Person } from '@dormant-m365/emulator/tenant';
import { parse } from 'csv-parse/sync';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startNpmRegistry } from '../../cli/upgrade/npm-registry.fixture.ts';
import { readDocument } from '../../tools/markdown-document.fixture.ts';
import { lines } from '../../tools/pictures/look-recording.ts';
import { type InstalledPackage, installNode, installNpm, useInstalledPackage } from './installed-package.fixture.ts';

const [command = ''] = lines;
let there: InstalledPackage;
let registry: Awaited<ReturnType<typeof startNpmRegistry>>;

useInstalledPackage((installed) => {
  there = installed;
});
beforeAll(async () => {
  registry = await startNpmRegistry();
  for (const tarball of [there.packed.dormant, there.packed.emulator]) await registry.publish(tarball);
});
afterAll(() => registry.stop());

/** What a machine is told to run, with the npm that its Node comes with. */
async function runOn({ node, npm }: { node: string; npm: string }, line: string) {
  const machine = await mkdtemp(join(there.scratch, 'machine-'));
  const [home, folder] = [join(machine, 'home'), join(machine, 'empty')];
  for (const each of [home, folder]) await mkdir(each);
  const PATH = [dirname(await installNode(node)), await installNpm(npm), '/usr/bin', '/bin'].join(delimiter);
  const reached = Object.entries(process.env).filter(([name]) => /^(NODE_EXTRA_CA_CERTS|.*_proxy)$/i.test(name));
  const npm_config_userconfig = join(machine, 'npmrc');
  await writeFile(npm_config_userconfig, `${registry.setting}\n`);
  const env = { ...Object.fromEntries(reached), npm_config_userconfig, HOME: home, PATH };
  const ran = await execa('sh', ['-c', line], { cwd: folder, env, extendEnv: false, reject: false });
  return { ...ran, folder };
}

test('the README has the command that is tried here and recorded', () => {
  const { fences } = readDocument(join(import.meta.dirname, '../../README.md'));
  expect(fences.filter(({ text }) => text.includes(command))).toHaveLength(1);
});

test.each([
  { node: '22.18.0', npm: '10.9.3' },
  { node: '24.21.0', npm: '11.6.2' },
])('one command on Node $node leads to the list of those who are silent, and to no other', async (machine) => {
  const { exitCode, stdout, stderr, folder } = await runOn(machine, command);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 });
  const text = await readFile(join(folder, 'look-contoso/inactive-users.csv'), 'utf8');
  const rows: Record<string, string>[] = parse(text, { columns: true, bom: true });
  const tenant = await startEmulator();
  const silent = listSilent(tenant);
  await tenant.close();
  expect(rows.map(nameRow).sort()).toEqual(silent.map(namePerson).sort());
  expect(stdout).toContain(`${silent.length} silent for 90 days or more`);
  const named = [...stdout.matchAll(/^ {2}look-contoso\/(\S+)$/gm)].map(([, name]) => name);
  const written = (await readdir(join(folder, 'look-contoso'))).filter((name) => !name.startsWith('.'));
  expect(named.sort()).toEqual(written.sort());
  expect(await readdir(folder)).toEqual(['look-contoso']);
});

test('on Node 20 the first lines say what is needed, and with what the same command then does its work', async () => {
  const machine = { node: '20.20.2', npm: '10.8.2' };
  const { exitCode, stderr } = await runOn(machine, command);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 2 });
  const said = stderr.split('\n').filter((line) => !line.startsWith('npm '));
  expect(said[0]).toBe('error dormant needs Node 22.18 or newer, and this is 20.20.2.');
  expect(said[1]).toContain('npx -p node@24 -p @dormant-m365/dormant dormant');
  const brought = await runOn(machine, command.replace('npx -y', 'npx -y -p node@24'));
  expect(brought.exitCode).toBe(0);
  expect(await readdir(join(brought.folder, 'look-contoso'))).toContain('inactive-users.csv');
});

/** By the tenant's own record of each person, and not by what Graph says of it. */
function listSilent({ tenant: { people, clock } }: Emulator): Person[] {
  const today = Math.floor(clock.now() / 86_400_000);
  // Usage reports are two days behind, and silence is counted from theirs.
  const reported = today - 2;
  const everybody = Array.from({ length: 2_000 }, (_, index) => index).filter((index) => people.has(index));
  return everybody
    .map((index) => people.get(index))
    .filter((person) => reported - findLastUse(person, today, reported) >= 90)
    .filter(({ userType, creationType }) => userType !== 'Guest' && creationType !== 'Invitation')
    .filter(({ reportRow, kind }) => reportRow === 'normal' && !doubtful.has(kind ?? ''));
}

/** New, licensed anew, or somebody tried to sign in: each is a doubt that keeps the person. */
const doubtful = new Set(['brandNew', 'recentlyLicensed', 'triedOnly']);

function findLastUse({ usage, signIns }: Person, today: number, reported: number): number {
  const used = [usage.exchange, usage.oneDrive, usage.sharePoint, usage.teams].map((trace) =>
    findLastDay(trace, reported),
  );
  return Math.max(-1, ...[...used, findLastDay(signIns.successful, today)].map((day) => day ?? -1));
}

/** A name may be hostile: in the list it is one line, and behind an apostrophe where a spreadsheet would calculate it. */
function namePerson({ id, userPrincipalName, displayName, department }: Person): string {
  return [id, userPrincipalName, displayName, department ?? ''].map((text) => text.replace(/\s+/g, ' ')).join(' | ');
}

function nameRow(row: Record<string, string>): string {
  const cells = [row['Object id'], row['User principal name'], row['Display name'], row.Department];
  return cells.map((text = '') => text.replace(/^'(?=[=+@-])/, '')).join(' | ');
}
