// After the merges, by the tenant's own state: main is true there, and no other account was touched.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccountState } from '@dormant-m365/emulator';
import { buildAccountState } from '@dormant-m365/emulator/tenant';
import { pc } from '../cli/colors.ts';
import { parseAccountFile } from '../policy/files/account-file.ts';
import { listLeftGroups } from '../policy/files/memberships.ts';
import { computeEffectiveDesired } from '../policy/files/stage.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import { Prices } from '../policy/schemas/prices.ts';
import { parseYaml } from '../policy/yaml/parse-yaml.ts';
import { type Company, stack } from './company.ts';
import { licenseGroup } from './license-group.ts';
import type { Cast } from './people.ts';
import { printHeading } from './print.ts';

/** The state of every account at one moment, by object id. */
type Snapshot = ReadonlyMap<string, AccountState>;

export function takeSnapshot({ tenant }: Company): Snapshot {
  const states = Array.from({ length: tenant.tenant.people.size }, (_, index) =>
    buildAccountState(tenant.tenant, index),
  );
  return new Map(states.map((state) => [state.id, state]));
}

/** Throws `AssertionError` with the first account that is not as main says. */
export async function prove(company: Company, before: Snapshot, cast: Cast): Promise<AccountFile[]> {
  const after = takeSnapshot(company);
  const files = await readAccountFiles(company);
  for (const file of files) {
    assertMerged(file, after.get(file.account.id));
    assertMemberships(file, after.get(file.account.id));
  }
  const concernedIds = new Set([
    cast.returning.id,
    cast.calling.id,
    cast.missed.id,
    ...files.map(({ account }) => account.id),
  ]);
  for (const [id, state] of before) if (!concernedIds.has(id)) assertUntouched(state, after.get(id));
  for (const { id } of [cast.returning, cast.exempt, cast.kept, cast.calling, cast.missed])
    assertEverythingBack(before.get(id), after.get(id));
  assertNothingDeleted(company);

  printHeading(company, 'the tenant before and after, by its own state');
  const table = renderTable(
    await readPrices(company),
    [before, after].map((states) => [...states.values()]),
  );
  console.log(table);
  const others = (before.size - concernedIds.size).toLocaleString('en');
  console.log(`\n  ${pc.green('✓')} ${files.length} accounts are as main says, ${others} others as they were.`);
  const { member, missed } = cast;
  assert.equal(isInGroup(after.get(member.id)), false, `${member.displayName} is still in the group`);
  console.log(
    `  ${pc.green('✓')} ${member.displayName} has left “${licenseGroup}”; ${missed.displayName} is in it again, with its licence.`,
  );
  return files;
}

/** A DELETE takes an account out of a group, by the reference to it; whatever else one names, Graph deletes. */
export function assertNothingDeleted({ tenant }: Pick<Company, 'tenant'>, since = 0): void {
  const sent = tenant.log.listEntries({ method: 'DELETE', after: since }).map(({ path }) => path);
  assert.deepEqual(
    sent.filter((path) => !memberReference.test(path)),
    [],
    'something was deleted',
  );
}

const memberReference = /^\/v1\.0\/groups\/[0-9a-f-]{36}\/members\/[0-9a-f-]{36}\/\$ref$/;

/** Every account file on main. */
export async function readAccountFiles({ repository, git }: Company): Promise<AccountFile[]> {
  await git('switch', '--quiet', 'main');
  const folder = `stacks/${stack}/accounts`;
  const names = await readdir(join(repository, folder)).catch(() => []); // before the first of them is merged
  return Promise.all(
    names.map(async (name) => parseAccountFile(name, await readFile(join(repository, folder, name), 'utf8'))),
  );
}

/** Throws `AssertionError` unless the account is what its file on main says. */
export function assertMerged(file: AccountFile, state: AccountState | undefined): void {
  const { accountEnabled, mailbox, licenses } = computeEffectiveDesired(file);
  const who = `${file.account.userPrincipalName}, ${file.stage}`;
  assert.equal(state?.accountEnabled, accountEnabled, `${who}: accountEnabled`);
  if (mailbox === 'shared' && state.mailbox) assert.equal(state.mailbox.type, 'SharedMailbox', `${who}: mailbox`);
  // Licences by a dynamic group's rule are taken or left by the group; one that was assigned since does not matter here.
  const byRule = new Set(file.dynamicGroups?.flatMap(({ skuPartNumbers }) => skuPartNumbers));
  const reviewed = file.restore.licenses.filter(({ skuPartNumber }) => !byRule.has(skuPartNumber));
  // A file that was written without a look at the products names them as Microsoft's list does, not as the tenant.
  const assigned = new Set(state.licenses.map(({ skuId }) => skuId));
  const held = reviewed.filter(({ skuId }) => assigned.has(skuId.toLowerCase()));
  const expected = reviewed.filter(({ skuPartNumber }) => licenses.includes(skuPartNumber));
  assert.deepEqual(listNames(held), listNames(expected), `${who}: licences`);
  assert.deepEqual(state.mailbox?.losses ?? [], [], `${who}: mailbox`);
}

/** Out of the groups that its file leaves, and in the others that it was in. */
function assertMemberships(file: AccountFile, state: AccountState | undefined): void {
  const left = new Set(listLeftGroups(computeEffectiveDesired(file), file.restore));
  for (const group of file.restore.groups ?? []) {
    const who = `${file.account.userPrincipalName}, ${file.stage}: in ${group.displayName}`;
    assert.equal(state?.groups.includes(group.displayName), !left.has(group), who);
  }
}

/** The last sign-in may move; nothing that a pipeline could write may. */
function assertUntouched(before: AccountState, after: AccountState | undefined): void {
  const who = `${before.userPrincipalName}, which is in no account file`;
  assert.deepEqual(after && pickWritable(after), pickWritable(before), who);
}

function pickWritable({ accountEnabled, licenses, groups, mailbox, sessionsRevokedAt, deletedDateTime }: AccountState) {
  return {
    accountEnabled,
    licenses,
    groups,
    mailbox: mailbox?.type,
    losses: mailbox?.losses,
    sessionsRevokedAt,
    deletedDateTime,
  };
}

function assertEverythingBack(before: AccountState | undefined, after: AccountState | undefined): void {
  assert.equal(after?.accountEnabled, true, `${after?.userPrincipalName}: sign-in`);
  assert.equal(after.mailbox?.type, 'UserMailbox', `${after.userPrincipalName}: mailbox`);
  assert.deepEqual(listSources(after), before && listSources(before), `${after.userPrincipalName}: licences`);
  assert.deepEqual(after.groups, before?.groups, `${after.userPrincipalName}: groups`);
}

/** Each licence with where it comes from: a group's comes from that group again. */
function listSources({ licenses }: AccountState): string[] {
  return licenses.map(({ skuPartNumber, assignedByGroup }) => `${skuPartNumber} ${assignedByGroup ?? 'direct'}`).sort();
}

function listNames(licenses: readonly { skuPartNumber: string }[]): string[] {
  return [...new Set(licenses.map(({ skuPartNumber }) => skuPartNumber))].sort();
}

function isInGroup(state: AccountState | undefined): boolean {
  return state?.groups.includes(licenseGroup) ?? false;
}

async function readPrices({ repository }: Company): Promise<Prices> {
  const path = 'policy/prices.yaml';
  return parseYaml(Prices, path, await readFile(join(repository, path), 'utf8')).value;
}

type Row = readonly [string, (states: readonly AccountState[]) => number];

function buildRows({ currency, monthly }: Prices): readonly Row[] {
  const listAll = (states: readonly AccountState[]) => states.flatMap(({ licenses }) => listNames(licenses));
  return [
    ['accounts that may sign in', (states) => states.filter(({ accountEnabled }) => accountEnabled).length],
    [`in ${licenseGroup}`, (states) => states.filter(isInGroup).length],
    ['licences assigned', (states) => listAll(states).length],
    [`${currency} a month for them`, (states) => listAll(states).reduce((sum, sku) => sum + (monthly[sku] ?? 0), 0)],
    ['shared mailboxes', (states) => states.filter(({ mailbox }) => mailbox?.type === 'SharedMailbox').length],
    ['accounts', (states) => states.filter(({ deletedDateTime }) => deletedDateTime === null).length],
  ];
}

function renderTable(prices: Prices, sides: readonly (readonly AccountState[])[]): string {
  const renderLine = (name: string, values: readonly string[]) =>
    `  ${name.padEnd(32)}${values.map((value) => value.padStart(10)).join('')}`;
  const counted = buildRows(prices).map(([name, count]) =>
    renderLine(
      name,
      sides.map((states) => count(states).toLocaleString('en')),
    ),
  );
  return [renderLine('', ['before', 'after']), ...counted].join('\n');
}
