import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CLOUD_NAMES } from '@dormant-m365/emulator';
import { expect, test, vi } from 'vitest';
import { aCompany } from './look.fixture.ts';
import { readLookFile } from './look-file.ts';
import { printLook } from './print-look.ts';
import { writeLook } from './write-look.ts';

const shownAndPutBack = [
  '/v1.0/admin/reportSettings {"displayConcealedNames":false}',
  '/v1.0/admin/reportSettings {"displayConcealedNames":true}',
];

test('an administrator sees who is silent and what adoption would propose, and nothing is written but the setting', async () => {
  const { lookAs, listWrites, listPatches, getName } = await aCompany();
  const { view, by, said, organization } = await lookAs('globalAdministrator');
  expect(by).toBe(getName('globalAdministrator'));
  expect(organization?.domains[0]).toBe('contoso.com');
  expect(view.inactive.map(({ evidence }) => evidence.displayName)).toEqual(['Ana Reyes']);
  expect(view.plan.moves.map(({ to, file }) => [to, file.account.displayName])).toEqual([['notify', 'Ana Reyes']]);
  expect(listPatches()).toEqual(shownAndPutBack);
  expect(listWrites()).toEqual(['PATCH /v1.0/admin/reportSettings', 'PATCH /v1.0/admin/reportSettings']);
  expect(said).toContain('yes  usage reports with people in them: by Global Administrator');
});

test('the terminal says what of the money comes from groups, from which, and what it takes to reclaim that', async () => {
  const office = { displayName: 'Licensing: Office', licenses: ['SPE_E3' as const] };
  const silent = { kind: 'ben', displayName: 'Ben Roy', inactiveDays: 150, licenses: [], groups: [office.displayName] };
  const { lookAs } = await aCompany({ groups: [office], people: [silent] });
  const found = await lookAs('globalAdministrator');
  const log = vi.spyOn(console, 'log').mockReturnValue();
  printLook(found, { folder: '/tmp/look', files: [] }, { isEmbedded: false });
  const words = log.mock.calls.join('\n').replace(/\s+/g, ' ');
  log.mockRestore();
  expect(words).toContain(
    'USD 36 a month of it comes from 1 group (Licensing: Office); it is reclaimed only if policy.yaml names the groups (licenses.groups) and they may be left.',
  );
  expect(found.findings.groups).toMatchObject([{ name: office.displayName, accounts: 1, obstacles: null }]);
});

test.each(CLOUD_NAMES)('in %s a person signs in to the names of that cloud and sees the same', async (cloud) => {
  const { lookAs, listPatches } = await aCompany({ cloud });
  const { view } = await lookAs('globalAdministrator');
  expect(view.inactive.map(({ evidence }) => evidence.displayName)).toEqual(['Ana Reyes']);
  expect(listPatches().map((patch) => patch.replace('/beta/', '/v1.0/'))).toEqual(shownAndPutBack);
});

test('the permission to change the setting is asked for only once somebody has agreed to show the names', async () => {
  const { lookAs, emulator } = await aCompany();
  await lookAs('globalAdministrator');
  const asked = emulator.log
    .listEntries()
    .filter(({ method, path }) => method === 'GET' && path.endsWith('/authorize'))
    .map(({ query }) => query.includes('ReportSettings.ReadWrite.All'));
  expect(asked).toEqual([false, true]);
});

test('where the tenant shows names already, it is asked for nothing more and left as it is', async () => {
  const { lookAs, listPatches } = await aCompany({ switches: { displayConcealedNames: false } });
  const { view } = await lookAs('globalAdministrator', { showNames: false });
  expect(view.inactive).toHaveLength(1);
  expect(listPatches()).toEqual([]);
});

test('whoever says no leaves the setting as it is, and is told how to go on', async () => {
  const { lookAs, listPatches } = await aCompany();
  const questions: string[] = [];
  const confirm = async (question: string) => questions.push(question) < 0;
  await expect(lookAs('globalAdministrator', { showNames: false }, { confirm })).rejects.toMatchObject({
    code: 'names-stay-concealed',
  });
  expect(questions).toHaveLength(1);
  await expect(lookAs('globalAdministrator', { showNames: false })).rejects.toMatchObject({
    code: 'names-stay-concealed',
    remedy: expect.stringContaining('--show-names'),
  });
  expect(listPatches()).toEqual([]);
});

test('without an administrator’s consent nobody else gets in, and the message says who can give it', async () => {
  const { lookAs } = await aCompany();
  await expect(lookAs('bothReaders')).rejects.toMatchObject({
    code: 'consent-needed',
    remedy: expect.stringContaining('consent on behalf of your organisation'),
  });
});

test.each([
  ['globalReader', 'Global Reader sees totals of the whole tenant there, and no person.'],
  [
    'nobody',
    'None of your roles lets you read usage reports with people in them and who holds an administrator’s role.',
  ],
])('%s is told which roles suffice before a report is asked for', async (kind, sentence) => {
  const { lookAs, consentForAll, emulator } = await aCompany();
  await consentForAll();
  emulator.log.clear();
  await expect(lookAs(kind)).rejects.toMatchObject({
    code: 'role-missing',
    message: expect.stringContaining(sentence),
    remedy: expect.stringContaining('Reports Reader'),
  });
  expect(emulator.log.listEntries().filter(({ path }) => /reports|reportSettings/i.test(path))).toEqual([]);
});

test('readers of reports and of roles suffice where names are shown, and what their roles do not allow is said', async () => {
  const { lookAs, consentForAll } = await aCompany({ switches: { displayConcealedNames: false } });
  await consentForAll();
  const both = await lookAs('bothReaders');
  expect(both.view.inactive).toHaveLength(1);
  await expect(lookAs('reportsReader')).rejects.toMatchObject({
    code: 'role-missing',
    remedy: expect.stringContaining('Directory Readers, Global Reader'),
  });
  const plain = await lookAs('directoryReader');
  expect(plain.view.inactive).toHaveLength(1);
  expect(plain.said).toContain('no   who may activate a role, or join a privileged group');
  expect(plain.view.quality.notes.join('\n')).toMatch(/may activate.* could not be read/i);
});

test('who may read reports and not change their setting is told who can', async () => {
  // A change without an answer would have to be put back, which this person may not either.
  const { lookAs, consentForAll, listPatches } = await aCompany({ switches: { weather: null } });
  await consentForAll();
  const before = listPatches().length;
  await expect(lookAs('bothReaders')).rejects.toMatchObject({
    code: 'names-stay-concealed',
    remedy: expect.stringContaining('Global Administrator'),
  });
  expect(listPatches().slice(before)).toEqual(['/v1.0/admin/reportSettings {"displayConcealedNames":false}']);
});

test('a tenant without Entra ID P1 is judged by its services, as adoption would do it', async () => {
  const { lookAs } = await aCompany({ switches: { premium: false } });
  const { view, signIns } = await lookAs('globalAdministrator');
  expect(signIns).toBe('no-premium');
  expect(view.policy.signIns).toBe('optional');
  expect(view.inactive).toHaveLength(1);
});

test('by a given policy and given prices', async () => {
  const { lookAs, env } = await aCompany();
  const policy = join(env.XDG_STATE_HOME, 'policy.yaml');
  const shipped = await readFile(new URL('../../policy/defaults/policy.yaml', import.meta.url), 'utf8');
  await writeFile(policy, shipped.replace('inactiveAfterDays: 90', 'inactiveAfterDays: 150'));
  const { view } = await lookAs('globalAdministrator', { policy });
  expect(view.inactive).toEqual([]);
});

test('a policy that is wrong is refused before anybody signs in', async () => {
  const { lookAs, env, emulator } = await aCompany();
  const policy = join(env.XDG_STATE_HOME, 'policy.yaml');
  await writeFile(policy, 'inactiveAfterDays: soon\n');
  await expect(lookAs('globalAdministrator', { policy })).rejects.toMatchObject({ exitCode: 2 });
  expect(emulator.log.listEntries()).toEqual([]);
});

test('the files are for their owner alone, out of git, and look.json has what adoption asks for', async () => {
  const { lookAs, env, tenant } = await aCompany({
    people: [
      { userPrincipalName: 'root@contoso.onmicrosoft.com', roles: ['Global Administrator'], licenses: [] },
      { displayName: 'Cleo Chief', jobTitle: 'Chief Executive Officer', inactiveDays: 1 },
    ],
  });
  const folder = join(env.XDG_STATE_HOME, 'look-contoso');
  const files = await writeLook(await lookAs('globalAdministrator'), folder);
  const names = files.map((path) => path.slice(folder.length + 1));
  expect(names).toEqual([
    ...['inactive-users.csv', 'high-risk.csv', 'guests.csv', 'report.html', 'pull-request.md', 'audit.json'],
    'look.json',
  ]);
  // The README's recording names the same.
  const recording = await readFile(new URL('../../docs/pictures/look.cast', import.meta.url), 'utf8');
  const recorded = [...recording.matchAll(/\\n {2}look-contoso\/([\w.-]+?)(?=\\r)/g)].map(([, name]) => name);
  expect(recorded).toEqual(names);
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('*\n');
  const learnt = await readLookFile(folder);
  expect(learnt).toMatchObject({ tenantId: tenant.tenantId, cloud: 'emulator', reportNames: 'concealed' });
  expect(learnt.domains).toContain('contoso.com');
  expect(learnt.emergencyAccounts.examples.map(({ userPrincipalName }) => userPrincipalName)).toEqual([
    'root@contoso.onmicrosoft.com',
  ]);
  expect(learnt.executives.accounts).toBe(1);
});

test('a folder with files of somebody else is neither closed to others nor hidden from git', async () => {
  const { lookAs, env } = await aCompany();
  const folder = join(env.XDG_STATE_HOME, 'a-repository');
  await mkdir(folder);
  await writeFile(join(folder, '.gitignore'), 'out/\n');
  const found = await lookAs('globalAdministrator');
  const { mode } = await stat(folder);
  await expect(writeLook(found, folder)).rejects.toMatchObject({ code: 'would-overwrite', exitCode: 2 });
  expect(await readFile(join(folder, '.gitignore'), 'utf8')).toBe('out/\n');
  expect((await stat(folder)).mode).toBe(mode);
  const own = join(env.XDG_STATE_HOME, 'look-contoso');
  await writeLook(found, own);
  expect(await writeLook(found, own)).toHaveLength(7);
});
