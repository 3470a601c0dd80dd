import type { LogEntry } from '@dormant-m365/emulator/calls';
import { expect, test } from 'vitest';
import { addDays } from '../policy/evidence.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { aMergedRepository, listOutcomes, type MergedRepository } from './merged-repository.fixture.ts';

const disabled = ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'];

test('accounts walk through the stages, and out of them by every door', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy', 'dee', 'eve', 'fay']);
  const { emulator } = repository;
  const before = emulator.getState('ana');

  await repository.merge('notify', ['ana', 'bo', 'cy', 'dee', 'eve', 'fay']);
  expect(await repository.apply()).toMatchObject({ accounts: [], adopted: 6, unsent: [] });
  expect(accountWrites(repository)).toEqual([]);
  expect(emulator.outbox.list()).toHaveLength(1);

  await repository.merge('review', ['bo']);
  await repository.apply();
  await repository.merge('disable', ['ana', 'cy', 'dee', 'eve']);
  const bo = await repository.merge('disable', ['bo']);
  await repository.removeFile('fay');
  expect(listOutcomes(await repository.apply(), repository)).toEqual(
    Object.fromEntries(['ana', 'bo', 'cy', 'dee', 'eve'].map((kind) => [kind, disabled])),
  );
  expect(emulator.getState('fay').isChanged).toBe(false);

  await repository.merge('delicense', ['ana', 'cy']);
  await repository.revert(bo);
  const until = addDays(today, 30);
  await repository.exempt({ account: 'cy@contoso.com', reason: 'Comes back', owner: 'HR team', until });
  const dee = emulator.getState('dee');
  await repository.removeFile('dee');
  emulator.applyEvents('eve', { userPrincipalName: 'eve.married@contoso.com' });
  await repository.merge('disable', ['eve'], (file) => ({
    ...file,
    account: { ...file.account, userPrincipalName: 'eve.married@contoso.com' },
  }));
  const mark = emulator.log.last;
  expect(listOutcomes(await repository.apply(), repository)).toEqual({
    ana: ['licenses-changed'],
    bo: ['sign-in-allowed', 'mailbox-regular'],
    cy: ['refused: exempt'],
  });
  expect(emulator.getState('dee')).toEqual(dee);
  expect(requestsFor(repository, 'dee', mark)).toEqual([]);
  expect(emulator.getState('ana').licenses).toEqual([]);

  await repository.merge('restore', ['ana', 'cy']);
  await repository.merge('delicense', ['eve'], (file) => ({
    ...file,
    account: { ...file.account, userPrincipalName: 'eve.married@contoso.com' },
  }));
  expect(listOutcomes(await repository.apply(), repository)).toEqual({
    ana: ['sign-in-allowed', 'licenses-changed', 'mailbox-regular'],
    cy: ['sign-in-allowed', 'mailbox-regular'],
    eve: ['licenses-changed'],
  });
  expect(comparable(emulator.getState('ana'))).toEqual(comparable(before));

  await repository.removeFile('eve'); // as when a file goes to the archive
  const end = emulator.log.last;
  expect(await repository.apply()).toMatchObject({ accounts: [], adopted: 0, mails: [] });
  expect(emulator.log.listEntries({ after: end }).filter(isWrite)).toEqual([]);

  await repository.merge('restore', ['eve']);
  expect(listOutcomes(await repository.apply(), repository)).toEqual({
    eve: ['sign-in-allowed', 'licenses-changed', 'mailbox-regular'],
  });
  onlyReviewedAccountsWereWritten(repository, ['ana', 'bo', 'cy', 'dee', 'eve']);
  await isSmallAndSilent(repository);
});

/** The parts that a restore gives back; the tenant still knows when sessions were revoked. */
function comparable({ accountEnabled, licenses, mailbox }: ReturnType<MergedRepository['emulator']['getState']>) {
  return { accountEnabled, licenses, type: mailbox?.type };
}

function isWrite({ method, path }: LogEntry): boolean {
  return method !== 'GET' && !/\/(\$batch|token|checkMemberGroups)$/.test(path);
}

function accountWrites(repository: MergedRepository): string[] {
  return repository.writes().filter((write) => !write.endsWith('/sendMail'));
}

function requestsFor({ emulator }: MergedRepository, kind: string, after: number): LogEntry[] {
  const { id, userPrincipalName } = emulator.getState(kind);
  return emulator.log
    .listEntries({ after })
    .filter(({ path, body }) => [id, userPrincipalName].some((name) => `${path} ${body ?? ''}`.includes(name)));
}

function onlyReviewedAccountsWereWritten(repository: MergedRepository, kinds: readonly string[]): void {
  const { emulator } = repository;
  expect(emulator.log.listEntries({ method: 'DELETE' })).toEqual([]);
  const written = accountWrites(repository).map((write) => write.split(/[ /]+/)[write.startsWith('P') ? 2 : 1]);
  expect(new Set(written)).toEqual(new Set(kinds));
  const changed = [...emulator.tenant.people.changed.keys()].map((at) => emulator.tenant.people.get(at).kind);
  expect(changed.filter((kind) => kind?.startsWith('other') || kind === 'fay')).toEqual([]);
}

async function isSmallAndSilent({ readState, environment, emulator }: MergedRepository): Promise<void> {
  const text = await readState();
  const { resources } = JSON.parse(text).checkpoint.latest;
  const accounts = resources.filter(({ type }: { type: string }) => type === 'm365:index:Account');
  expect(accounts).toHaveLength(4);
  for (const account of accounts) {
    // With what it had, once more, where something was taken.
    expect(JSON.stringify(account).length).toBeLessThan(1_700);
    expect(JSON.stringify(account)).not.toContain('node_modules');
  }
  for (const { clientSecret } of Object.values(emulator.identities)) expect(text).not.toContain(clientSecret);
  expect(text).not.toContain(environment.AZURE_CLIENT_SECRET);
  expect(text).not.toMatch(/eyJ[\w-]+\.[\w-]+\./);
}
