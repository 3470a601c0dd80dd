// A repository's whole history as input for git fast-import: each tenant is adopted once, then has one merge a week.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { stringify } from 'yaml';
import { anAccountFile } from '../../policy/account-file.fixture.ts';
import { addDays } from '../../policy/evidence.ts';
import { chooseAccountPath, serialiseAccountFile } from '../../policy/files/account-file.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import type { Tenant } from '../../policy/schemas/tenant.ts';

export interface HistorySize {
  tenants: number;
  accounts: number;
  weeks: number;
}

const start = '2026-01-05';
const movesPerWeek = 10;
const stages: readonly Stage[] = ['notify', 'review', 'disable', 'delicense'];

export function getLastStack({ tenants }: HistorySize): string {
  return formatStackName(tenants - 1);
}

export function* generateHistory(size: HistorySize): Generator<string> {
  yield renderCommit(start, [...readSharedFiles(), ...generateTenants(size)]);
  for (let week = 1; week <= size.weeks; week++)
    for (let tenant = 0; tenant < size.tenants; tenant++)
      yield renderCommit(addDays(start, 7 * week), buildMoves(size, tenant, week));
}

interface TextFile {
  path: string;
  text: string;
}

function readSharedFiles(): TextFile[] {
  return ['policy/policy.yaml', 'policy/prices.yaml', 'exemptions.yaml'].map((path) => ({
    path,
    text: readFileSync(new URL(`../../policy/defaults/${basename(path)}`, import.meta.url), 'utf8'),
  }));
}

function* generateTenants(size: HistorySize): Generator<TextFile> {
  for (let tenant = 0; tenant < size.tenants; tenant++) {
    yield { path: `stacks/${formatStackName(tenant)}/tenant.yaml`, text: stringify(buildTenant(tenant)) };
    for (let at = 0; at < size.accounts; at++) yield renderAccount(tenant, at, 0);
  }
}

function buildMoves({ accounts }: HistorySize, tenant: number, week: number): TextFile[] {
  return Array.from({ length: Math.min(movesPerWeek, accounts) }, (_, move) =>
    renderAccount(tenant, (week * movesPerWeek + move) % accounts, week),
  );
}

function renderAccount(tenant: number, at: number, week: number): TextFile {
  const stack = formatStackName(tenant);
  const file = buildAccountFile(tenant, at, week);
  return { path: chooseAccountPath(stack, file.account, () => false), text: serialiseAccountFile(file) };
}

function buildAccountFile(tenant: number, at: number, week: number): AccountFile {
  const day = addDays(start, 7 * week);
  const silent = addDays(start, -120);
  const stage = stages[week % stages.length] ?? 'notify';
  const restore: AccountFile['restore'] = {
    accountEnabled: true,
    mailbox: 'user',
    licenses: [{ skuPartNumber: 'SPE_E3', skuId: formatGuid(1, 1), assignedByGroup: null, disabledPlans: [] }],
  };
  const userPrincipalName = `silent.${at}@${formatStackName(tenant)}.com`;
  const manager = { displayName: 'Lee Park', mail: `lee.park@${formatStackName(tenant)}.com` };
  return anAccountFile(stage, {
    account: { id: formatGuid(tenant, at), userPrincipalName, displayName: `Silent ${at}`, manager },
    evidence: {
      ...{ auditedOn: day, reportRefreshDate: addDays(day, -2), inactiveDays: 120 + 7 * week },
      lastActivity: {
        ...{ exchange: silent, oneDrive: silent, sharePoint: null, teams: silent, yammer: null },
        signIn: silent,
      },
    },
    restore,
    savings: { monthly: 36, currency: 'USD', heldBack: [] },
  });
}

function buildTenant(tenant: number): Tenant {
  const mailbox = `it-lifecycle@${formatStackName(tenant)}.com`;
  return {
    tenantId: formatGuid(tenant, 0),
    cloud: 'global',
    audit: { clientId: formatGuid(tenant, 1) },
    apply: { clientId: formatGuid(tenant, 2) },
    notifications: { sender: mailbox, replyTo: mailbox },
    timeZone: 'UTC',
    currency: 'USD',
  };
}

function renderCommit(day: string, files: readonly TextFile[]): string {
  const at = `${Date.parse(day) / 1000} +0000`;
  const renderData = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const changes = files.map(({ path, text }) => `M 100644 inline ${path}\n${renderData(text)}`);
  return `commit refs/heads/main\ncommitter Riley <riley@contoso.com> ${at}\n${renderData('Merge')}${changes.join('')}\n`;
}

function formatStackName(tenant: number): string {
  return `tenant-${String(tenant).padStart(4, '0')}`;
}

function formatGuid(a: number, b: number): string {
  const formatHex = (value: number, length: number) => value.toString(16).padStart(length, '0');
  return `${formatHex(a + 1, 8)}-0000-4000-8000-${formatHex(b + 1, 12)}`;
}
