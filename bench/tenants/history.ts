// A repository's whole history as git fast-import takes it: each tenant adopted once, then a merge a week for each.
import { readFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { chooseAccountPath, serialiseAccountFile } from '../../policy/account-file.ts';
import { addDays } from '../../policy/evidence.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import type { Tenant } from '../../policy/schemas/tenant.ts';
import { buildDesiredState } from '../../policy/stage.ts';

export interface Size {
  tenants: number;
  accounts: number;
  weeks: number;
}

const start = '2026-01-05';
/** Of a tenant's files, this many move in a week. */
const movesPerWeek = 10;
const stages: readonly Stage[] = ['notify', 'review', 'disable', 'delicense'];

export function lastStack({ tenants }: Size): string {
  return stackName(tenants - 1);
}

export function* historyOf(size: Size): Generator<string> {
  yield commit(start, [...shared(), ...tenants(size)]);
  for (let week = 1; week <= size.weeks; week++)
    for (let tenant = 0; tenant < size.tenants; tenant++)
      yield commit(addDays(start, 7 * week), moves(size, tenant, week));
}

interface Text {
  path: string;
  text: string;
}

function shared(): Text[] {
  return ['policy/policy.yaml', 'policy/prices.yaml', 'exemptions.yaml'].map((path) => ({
    path,
    text: readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8'),
  }));
}

function* tenants(size: Size): Generator<Text> {
  for (let tenant = 0; tenant < size.tenants; tenant++) {
    yield { path: `stacks/${stackName(tenant)}/tenant.yaml`, text: stringify(tenantOf(tenant)) };
    for (let at = 0; at < size.accounts; at++) yield account(tenant, at, 0);
  }
}

function moves({ accounts }: Size, tenant: number, week: number): Text[] {
  return Array.from({ length: Math.min(movesPerWeek, accounts) }, (_, move) =>
    account(tenant, (week * movesPerWeek + move) % accounts, week),
  );
}

function account(tenant: number, at: number, week: number): Text {
  const stack = stackName(tenant);
  const file = accountFile(tenant, at, week);
  return { path: chooseAccountPath(stack, file.account, () => false), text: serialiseAccountFile(file) };
}

function accountFile(tenant: number, at: number, week: number): AccountFile {
  const day = addDays(start, 7 * week);
  const silent = addDays(start, -120);
  const stage = stages[week % stages.length] ?? 'notify';
  const restore: AccountFile['restore'] = {
    accountEnabled: true,
    mailbox: 'user',
    licenses: [{ skuPartNumber: 'SPE_E3', skuId: guid(1, 1), assignedByGroup: null, disabledPlans: [] }],
  };
  const savings = { monthly: 36, currency: 'USD', heldBack: [] };
  const userPrincipalName = `silent.${at}@${stackName(tenant)}.com`;
  return {
    account: {
      ...{ id: guid(tenant, at), userPrincipalName, displayName: `Silent ${at}`, department: 'Sales' },
      ...{ jobTitle: 'Clerk', onPremisesSyncEnabled: false },
      manager: { displayName: 'Lee Park', mail: `lee.park@${stackName(tenant)}.com` },
    },
    stage,
    desired: buildDesiredState(stage, restore, savings),
    evidence: {
      ...{ auditedOn: day, reportRefreshDate: addDays(day, -2), inactiveDays: 120 + 7 * week },
      lastActivity: {
        ...{ exchange: silent, oneDrive: silent, sharePoint: null, teams: silent, yammer: null },
        signIn: silent,
      },
    },
    restore,
    savings,
  };
}

function tenantOf(tenant: number): Tenant {
  const mailbox = `it-lifecycle@${stackName(tenant)}.com`;
  return {
    tenantId: guid(tenant, 0),
    cloud: 'global',
    audit: { clientId: guid(tenant, 1) },
    apply: { clientId: guid(tenant, 2) },
    notifications: { sender: mailbox, replyTo: mailbox },
    timeZone: 'UTC',
    currency: 'USD',
  };
}

function commit(day: string, files: readonly Text[]): string {
  const at = `${Date.parse(day) / 1000} +0000`;
  const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const changes = files.map(({ path, text }) => `M 100644 inline ${path}\n${data(text)}`);
  return `commit refs/heads/main\ncommitter Riley <riley@contoso.com> ${at}\n${data('Merge')}${changes.join('')}\n`;
}

function stackName(tenant: number): string {
  return `tenant-${String(tenant).padStart(4, '0')}`;
}

function guid(a: number, b: number): string {
  const hex = (value: number, length: number) => value.toString(16).padStart(length, '0');
  return `${hex(a + 1, 8)}-0000-4000-8000-${hex(b + 1, 12)}`;
}
