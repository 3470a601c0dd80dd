// For tests: an embedded tenant in a scratch repository, audited by the real audit under the repository's own policy.
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmulatorOptions } from '@dormant-m365/emulator';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import { openAuditedTenant } from '../cli/audit/open-tenant.ts';
import { type AtEnd, anEmulator, type EmulatedTenant, fastRetryPolicy } from '../graph/emulator.fixture.ts';
import type { StackRules } from '../policy/judge/judge.ts';
import type { JudgedAccount } from '../policy/judge/judgement.ts';
import { Policy } from '../policy/schemas/policy.ts';
import { Prices } from '../policy/schemas/prices.ts';
import { parseYaml } from '../policy/yaml/parse-yaml.ts';
import { locateJournal } from './collect/concealment-journal.ts';
import { type AuditOptions, auditTenant, type JudgedTenant } from './judge-tenant.ts';

/** The audit's app roles but for Directory.Read.All, Exchange and PIM for Groups, which a test grants or leaves out. */
export const auditAppRoles = [
  'AuditLog.Read.All',
  'GroupMember.Read.All',
  'LicenseAssignment.Read.All',
  'MailboxSettings.Read',
  'Reports.Read.All',
  'ReportSettings.ReadWrite.All',
  'RoleManagement.Read.Directory',
  'User.Read.All',
] as const;

export interface AuditedTenant extends EmulatedTenant {
  repository: string;
  rules: StackRules;
  audit(change?: Partial<AuditOptions>): Promise<JudgedTenant>;
  /** The account of the emulator's catalogue, or of `people`, wherever the audit put it. */
  find(audited: JudgedTenant, kind: string): JudgedAccount | undefined;
}

/** One tenant for all tests of a file that only look at it. */
export function sharedTenant(options: EmulatorOptions = {}): () => AuditedTenant {
  const ends: (() => Promise<void>)[] = [];
  let shared: AuditedTenant | undefined;
  beforeAll(async () => {
    shared = await anAuditedTenant(options, (end) => ends.push(end));
  }, 60_000);
  afterAll(async () => {
    for (const end of ends) await end();
  });
  return () => {
    if (shared === undefined) throw new Error('The tenant starts before the first test.');
    return shared;
  };
}

export interface AuditedTenantOptions extends EmulatorOptions {
  /** Only `people` exist. Without it a working colleague is added, so that it is known whether sign-ins can be read. */
  isDeserted?: boolean;
}

/** Ends with the test, or when `atEnd` says so. */
export async function anAuditedTenant(
  { isDeserted = false, ...options }: AuditedTenantOptions = {},
  atEnd: AtEnd = onTestFinished,
): Promise<AuditedTenant> {
  const switches = { concealmentDelaySeconds: 0, ...options.switches };
  const colleague = isDeserted || options.users !== 0 ? [] : [{ displayName: 'Cole Egg' }];
  const people = [...(options.people ?? []), ...colleague];
  const emulated = await anEmulator({ ...options, people, switches }, atEnd);
  const { emulator, tenant, envOf } = emulated;
  const repository = await mkdtemp(join(tmpdir(), 'dormant-audit-'));
  atEnd(() => rm(repository, { recursive: true, force: true }));
  const rules: StackRules = {
    stack: 'contoso',
    policy: parseYaml(Policy, 'policy.yaml', defaults('policy.yaml')).value,
    prices: parseYaml(Prices, 'prices.yaml', defaults('prices.yaml')).value,
    exemptions: [],
  };
  return {
    ...emulated,
    repository,
    rules,
    audit: (change = {}) =>
      auditTenant({
        openTenant: openAuditedTenant,
        place: locateJournal(repository, rules.stack, tenant.tenantId),
        tenant,
        rules,
        today: new Date(emulator.tenant.clock.now()).toISOString().slice(0, 10),
        inForce: [],
        proposed: [],
        env: envOf('audit'),
        retryPolicy: { ...fastRetryPolicy, attempts: 4 },
        wait: { everyMs: 1_000, atMostMs: 120_000 },
        ...change,
      }),
    find({ inactive, guests, judged }, kind) {
      const { id } = emulator.tenant.people.requireKind(kind);
      return [...inactive, ...guests, ...judged].find(({ evidence }) => evidence.id === id);
    },
  };
}

function defaults(name: string): string {
  return readFileSync(new URL(`../policy/defaults/${name}`, import.meta.url), 'utf8');
}
