import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { anAuditedTenant } from '../audit/audited-tenant.fixture.ts';
import { concealNames } from '../audit/collect/concealment.ts';
import { locateJournal } from '../audit/collect/concealment-journal.ts';
import { openAuditedTenant } from '../cli/audit/open-tenant.ts';
import { addDays } from '../policy/evidence.ts';
import { applyStack } from '../stacks/run-stack.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { readLock, runDormant } from './disaster.fixture.ts';
import { killAt } from './kill-apply.fixture.ts';
import { aMergedRepository, listOutcomes, type MergedRepository, stack } from './merged-repository.fixture.ts';

// docs/guides/disaster.md, sentence by sentence; the rest of it is in disaster.test.ts.

test('Operations were under way: they are done again, and undone where their merge was reverted meanwhile', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('review', ['ana', 'bo']);
  await repository.apply();
  await repository.merge('disable', ['ana']);
  const bo = await repository.merge('disable', ['bo']);
  await killAt(repository, { path: '/revokeSignInSessions$', method: 'POST', identity: 'apply', afterwards: true });
  await repository.revert(bo);
  const notes: string[] = [];
  const options = await repository.buildOptions();
  await applyStack({ ...options, onNote: (note) => notes.push(note) });
  expect(notes.join()).toMatch(
    /lock .* cleared.*was killed while it changed 2 accounts; the rest of their steps follows now/,
  );
  const { emulator } = repository;
  expect(emulator.getState('ana')).toMatchObject({
    accountEnabled: false,
    mailbox: { type: 'SharedMailbox' },
  });
  expect(emulator.getState('bo')).toMatchObject({ accountEnabled: true, mailbox: { type: 'UserMailbox' } });
});

test('The state is lost: all is adopted as the tenant shows it, and restore still gives back', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy']);
  await repository.merge('disable', ['ana', 'bo']);
  await repository.merge('notify', ['cy']);
  await repository.apply();
  await rm(join(repository.folder, 'out', stack), { recursive: true });
  const [writes, mails] = [repository.writes().length, repository.emulator.outbox.list().length];
  await repository.merge('restore', ['bo']);
  const { stderr, stdout, exitCode } = await runDormant(repository, 'apply', stack);
  expect({ stderr, exitCode }).toMatchObject({ exitCode: 0 });
  expect(stdout).toContain('1 account in notify and review');
  expect(repository.writes().slice(writes)).toEqual(['Set-Mailbox bo Regular', 'PATCH /users/bo']);
  expect(repository.emulator.outbox.list()).toHaveLength(mails);
});

test('A lock is left: before the stack was there, its file is named, and without it the next run does all', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.merge('notify', ['ana']);
  await rm(join(repository.folder, 'out', stack, 'state'), { recursive: true });
  const locks = join(repository.folder, 'out', stack, 'state/.pulumi/locks/organization/dormant', stack);
  const file = join(locks, '60ae144c-cb39-442a-ac69-b5b749293ca2.json');
  await mkdir(locks, { recursive: true });
  const lock = { pid: 7, username: 'runner', hostname: 'fv-az1', timestamp: '2026-11-24T15:12:52Z' };
  await writeFile(file, JSON.stringify(lock));
  await writeFile(join(locks, '../../../../meta.yaml'), 'version: 1\n');
  const refused = await runDormant(repository, 'apply', stack, '--json');
  expect(JSON.parse(refused.stdout)).toMatchObject({
    error: {
      code: 'locked',
      message: 'Another run is creating this stack: runner on fv-az1, since 2026-11-24T15:12:52Z.',
      where: expect.stringMatching(/^\.pulumi\/locks\/.*60ae144c.*\.json$/),
    },
  });
  await rm(file);
  expect((await runDormant(repository, 'apply', stack)).exitCode).toBe(0);
  expect(repository.emulator.outbox.list()).toHaveLength(1);
});

test('The tenant’s reads are behind: a run that follows at once finishes what the killed one began, and refuses nobody', async () => {
  const repository = await aMergedRepository(['ana']);
  await repository.merge('review', ['ana']);
  await repository.apply();
  const { clock, switches } = repository.emulator.tenant;
  switches.directoryDelaySeconds = 900;
  await repository.merge('disable', ['ana']);
  await killAt(repository, { path: '/InvokeCommand$', method: 'POST', identity: 'apply', afterwards: true });
  expect(await repository.apply()).toMatchObject({ accounts: [{ report: { refused: [], failure: null } }] });
  clock.advance({ seconds: 901 });
  await repository.merge('delicense', ['ana']);
  expect(listOutcomes(await repository.apply(), repository)).toEqual({ ana: ['licenses-changed'] });
});

test('The state cannot be read: it is said, nothing is done, and the .bak put back in its place is enough', async () => {
  const { repository, state } = await aRepositoryToBreak();
  for (const rest of ['', (await readFile(state, 'utf8')).slice(0, 700)]) {
    await writeFile(state, rest);
    const broken = await runDormant(repository, 'apply', stack, '--json');
    expect(broken.exitCode).toBe(1);
    expect(JSON.parse(broken.stdout)).toMatchObject({ error: { code: 'state-unreadable' } });
    expect(repository.emulator.getState('bo').accountEnabled).toBe(true);
    await copyFile(`${state}.bak`, state);
  }
  const mended = await runDormant(repository, 'apply', stack);
  expect({ exitCode: mended.exitCode, stderr: mended.stderr }).toMatchObject({ exitCode: 0 });
  expect(repository.writes()).toEqual(onceEach);
});

test('The state cannot be read: nor the .bak; with both deleted everybody is adopted, and nothing is done twice', async () => {
  const { repository, state } = await aRepositoryToBreak();
  await writeFile(state, '');
  await writeFile(`${state}.bak`, '{');
  expect((await runDormant(repository, 'apply', stack)).exitCode).toBe(1);
  await rm(state);
  await rm(`${state}.bak`);
  await expectAdoption(repository);
});

test('The passphrase is another one: it is said, nothing is done, and the first one opens the state again', async () => {
  const { repository } = await aRepositoryToBreak('first');
  const another = {
    ...repository,
    environment: { ...repository.environment, PULUMI_CONFIG_PASSPHRASE: 'b' },
  };
  const refused = await runDormant(another, 'apply', stack, '--json');
  expect(refused.exitCode).toBe(1);
  expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'wrong-passphrase' } });
  expect(repository.emulator.getState('bo').accountEnabled).toBe(true);
  expect((await runDormant(repository, 'apply', stack)).exitCode).toBe(0);
  expect(repository.writes()).toEqual(onceEach);
});

test('The passphrase is another one: lost, the state is deleted, and everybody is adopted', async () => {
  const { repository, state } = await aRepositoryToBreak('first');
  const { folder } = repository;
  const another = {
    ...repository,
    environment: { ...repository.environment, PULUMI_CONFIG_PASSPHRASE: 'b' },
  };
  await rm(state);
  await rm(`${state}.bak`);
  await rm(join(folder, 'out/.engine'), { recursive: true });
  await expectAdoption(another);
});

test('The backend is away: it is said, nothing is done, and the next run does all', async () => {
  const { repository } = await aRepositoryToBreak();
  // Nobody listens there.
  const url = 's3://state?endpoint=http://127.0.0.1:9&disableSSL=true&s3ForcePathStyle=true&region=us-east-1';
  const nowhere = { PULUMI_BACKEND_URL: url, AWS_ACCESS_KEY_ID: 'any', AWS_SECRET_ACCESS_KEY: 'any' };
  const away = { ...repository, environment: { ...repository.environment, ...nowhere } };
  for (const command of ['preview', 'apply']) {
    const { exitCode, stdout } = await runDormant(away, command, stack, '--json');
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      error: { code: 'backend-away', message: expect.stringContaining('connection refused') },
    });
  }
  expect(repository.emulator.getState('bo').accountEnabled).toBe(true);
  expect((await runDormant(repository, 'apply', stack)).exitCode).toBe(0);
  expect(repository.writes()).toEqual(onceEach);
});

test('More would be taken than limits allow: nothing is taken, giving back goes on, and the run ends red', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy']);
  await repository.merge('disable', ['ana']);
  await repository.apply();
  await repository.merge('keep', ['ana']);
  await repository.merge('disable', ['bo', 'cy']);
  await repository.setPolicy({ limits: { shareOfTenant: 1, changesPerApply: 1 } });
  const { stdout, exitCode } = await runDormant(repository, 'apply', stack);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(
    /only giving back goes on Nothing is taken: 2 accounts would be disabled or delicensed, allowed are 1/,
  );
  expect(stdout).toMatch(/given back: 1/);
  const record = JSON.parse(await readFile(join(repository.folder, 'out', stack, 'apply.json'), 'utf8'));
  expect(record.limited).toContain('allowed are 1');
  expect(repository.emulator.getState('ana').accountEnabled).toBe(true);
  expect(repository.emulator.getState('bo').accountEnabled).toBe(true);
});

test('The audit died: names that it left readable are concealed by the next command, on another machine, too, where tenant.yaml asks for it', async () => {
  const tenant = await anAuditedTenant({ users: 0, people: [{ kind: 'ana' }] });
  const place = locateJournal(tenant.repository, 'contoso', tenant.tenant.tenantId);
  tenant.emulator.tenant.concealment.set(false);
  const access = openAuditedTenant(tenant.tenant, { env: tenant.envOf('audit') });
  expect(await concealNames({ ...access, place, concealsAlways: false })).toBe('nothing-left');
  expect(await concealNames({ ...access, place, concealsAlways: true })).toBe('put-back');
  expect(tenant.emulator.tenant.concealment.isSet).toBe(true);
});

/** A repository whose state is in order: ana is disabled in it, and bo is merged but not yet applied. */
async function aRepositoryToBreak(passphrase?: string) {
  const repository = await aMergedRepository(['ana', 'bo']);
  if (passphrase !== undefined) repository.environment.PULUMI_CONFIG_PASSPHRASE = passphrase;
  await repository.merge('disable', ['ana']);
  expect((await runDormant(repository, 'apply', stack)).exitCode).toBe(0);
  await repository.merge('disable', ['bo']);
  const state = join(repository.folder, 'out', stack, 'state/.pulumi/stacks/dormant', `${stack}.json`);
  return { repository, state };
}

/** Without its state the apply does not know since when it knows the key: what is left to take waits for a week. */
async function expectAdoption(repository: MergedRepository): Promise<void> {
  const first = await runDormant(repository, 'apply', stack);
  expect(first.exitCode).toBe(1);
  expect(first.stdout).toContain('they are adopted as they are');
  expect(first.stdout).toMatch(/waits|key/);
  expect(repository.writes()).toEqual(onceEach.slice(0, 3));
  const later = await runDormant(repository, 'apply', stack, '--today', addDays(today, 7));
  expect({ exitCode: later.exitCode, stderr: later.stderr }).toMatchObject({ exitCode: 0 });
  expect(repository.writes()).toEqual(onceEach);
}

/** Both are blocked, each only once. */
const onceEach = ['ana', 'bo'].flatMap((kind) => [
  `PATCH /users/${kind}`,
  `POST /users/${kind}/revokeSignInSessions`,
  `Set-Mailbox ${kind} Shared`,
]);

test('A lock is left: of a run that is gone for certain it is cleared and said; of another machine it is named, until --clear-lock', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('notify', ['ana']);
  await repository.merge('disable', ['bo']);
  await killAt(repository, { path: '/users/[^/]+$', method: 'PATCH', identity: 'apply', afterwards: true });
  const mails = repository.emulator.outbox.list().length;
  const lock = await readLock(repository);
  await writeFile(lock.path, JSON.stringify({ ...lock.content, hostname: 'another-machine' }));
  const refused = await runDormant(repository, 'apply', stack);
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toMatch(/Another run holds this stack: .* on another-machine.*--clear-lock/s);
  const cleared = await runDormant(repository, 'apply', stack, '--clear-lock');
  expect(cleared.stderr).toMatch(/lock of another-machine.*it is cleared/);
  expect(repository.emulator.getState('bo')).toMatchObject({
    accountEnabled: false,
    sessionsRevokedAt: expect.any(String),
    mailbox: { type: 'SharedMailbox' },
  });
  expect(repository.emulator.outbox.list().length).toBe(Math.max(1, mails));
});
