// For tests: the embedded tenant with the people a test needs, their files' changes, and the apply's real connection.
import type { EmulatorOptions, PersonInput } from '@dormant-m365/emulator';
import { type AppRole, IDENTITY_ROLES, SKUS } from '@dormant-m365/emulator/tenant';
import { onTestFinished } from 'vitest';
import type { ConnectOptions } from '../../graph/connect.ts';
import { anEmulator, type EmulatedTenant, fastRetryPolicy } from '../../graph/emulator.fixture.ts';
import { anAccountFile } from '../../policy/account-file.fixture.ts';
import { addDays } from '../../policy/evidence.ts';
import type { GuardContext } from '../../policy/guard/guard.ts';
import { aPolicy } from '../../policy/policy.fixture.ts';
import type { AccountFile, DesiredState, RestoreState, Stage } from '../../policy/schemas/account.ts';
import type { AccountChange } from '../account/account-change.ts';
import { applyAccount } from '../account/apply-account.ts';
import { type ApplyContext, type ApplyOptions, createApplyContext } from '../account/apply-context.ts';
import type { ApplyOutcome } from './outcome.ts';

/** The day of audit and apply: the emulator's first. */
export const today = '2026-12-07';

export interface TenantToApplyTo extends EmulatedTenant {
  context(options?: ContextChange): ApplyContext;
  /** The person's reviewed change; `from` and `to` default to what the person had at the start, `wroteAt` to the last run's. */
  change(who: string, to?: Partial<DesiredState>, more?: Partial<AccountChange>): AccountChange;
  apply(change: AccountChange, options?: ContextChange): Promise<ApplyOutcome>;
  /** Writes to the tenant, as `PATCH /users/{kind}`, `POST /users/{kind}/assignLicense`, `Set-Mailbox {kind} Shared`. */
  writes(): string[];
}

export interface ContextChange extends ApplyOptions, Pick<ConnectOptions, 'log' | 'signal'> {
  guard?: Partial<GuardContext>;
  /** For several accounts of one run; the rest is then ignored. */
  shared?: ApplyContext;
}

/** Ana Reyes, 143 days silent, with SPE_E3, in a tenant of 30; `people` come beside her, or replace her by their kind. */
export async function aTenantToApplyTo(
  people: readonly PersonInput[] = [],
  options: Omit<EmulatorOptions, 'people'> = {},
): Promise<TenantToApplyTo> {
  const others = Array.from({ length: 29 }, (_, at) => ({ kind: `other${at}`, displayName: `Other ${at}` }));
  const usual = people.some(({ kind }) => kind === 'ana') ? [] : [ana];
  const tenant = await anEmulator({ users: 0, ...options, people: [...usual, ...people, ...others] });
  const { emulator } = tenant;
  const wrote = new Map<string, { wroteAt: string; tenantTime: number }>();
  // The tenant's clock may have been moved since; the apply's runs by itself.
  const findWroteAt = (id: string) => {
    const last = wrote.get(id);
    if (last === undefined) return null;
    const movedBy = Date.now() - emulator.tenant.clock.now() - (Date.parse(last.wroteAt) - last.tenantTime);
    return new Date(Date.parse(last.wroteAt) + movedBy).toISOString();
  };
  const before = new Map(people.concat(usual).map(({ kind = '' }) => [kind, stateOf(tenant, kind)]));
  const context = (more: ContextChange = {}) => contextOf(tenant, more);
  return {
    ...tenant,
    context,
    change(who, to = {}, more = {}) {
      const { account, restore, from } = before.get(who) ?? stateOf(tenant, who);
      return {
        account,
        restore,
        from,
        to: { ...from, ...to },
        attempted: null,
        oneDrive: null,
        isNew: false,
        wroteAt: findWroteAt(account.id),
        evidence: { auditedOn: today, lastActivity: { signIn: addDays(today, -143) } },
        ...more,
      };
    },
    async apply(change, more) {
      const outcome = await applyAccount(change, more?.shared ?? context(more));
      const { wroteAt } = outcome;
      if (wroteAt !== null) wrote.set(change.account.id, { wroteAt, tenantTime: emulator.tenant.clock.now() });
      return outcome;
    },
    writes: () =>
      emulator.log
        .listEntries({ identity: 'apply' })
        .filter(({ method, path, status }) => isWrite(method, path) && status < 400)
        .flatMap(({ method, path, body }) => written(tenant, method, path, body)),
  };
}

/** A person's file in a stage. */
export function aFile(
  tenant: Pick<TenantToApplyTo, 'change'>,
  kind: string,
  stage: Stage,
  change: Partial<AccountFile> = {},
): AccountFile {
  const { account, restore } = tenant.change(kind);
  const savings = { monthly: 36, currency: 'USD', heldBack: [] };
  return { ...anAccountFile(stage, { account, restore, savings }), ...change };
}

/** For code that reads the environment by itself; restored once the test is over. */
export function useEnvironment(environment: NodeJS.ProcessEnv): void {
  const before = Object.keys(environment).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, environment);
  onTestFinished(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
}

/** Silent for 143 days, licensed with SPE_E3, of Sales. */
export function anInactive(change: PersonInput & { kind: string }): PersonInput {
  return { inactiveDays: 143, department: 'Sales', licenses: ['SPE_E3'], ...change };
}

const ana = anInactive({
  kind: 'ana',
  displayName: 'Ana Reyes',
  userPrincipalName: 'ana.reyes@contoso.com',
});

/** The apply's identity without some of its app roles; it has only the Exchange roles that go with the rest. */
export function applyWithout(...missing: readonly AppRole[]) {
  return { appRoles: IDENTITY_ROLES.apply.filter((role) => !missing.includes(role)) };
}

/** What each stage asks for, on top of what the account had. */
export const disabled: Partial<DesiredState> = { accountEnabled: false, mailbox: 'shared' };
export const delicensed: Partial<DesiredState> = { ...disabled, licenses: [] };

/** Milliseconds between looks instead of seconds. */
export const shortWaits = {
  mailbox: { everyMs: 20, atMostMs: 120_000 },
  licenses: { everyMs: 20, atMostMs: 120_000 },
  directory: { everyMs: 20, atMostMs: 120_000 },
};

/** Long enough for the accounts of one test. */
const shortGathering = { quietMs: 5, atMostMs: 20 };

function contextOf(tenant: EmulatedTenant, { guard, log, signal, shared: _, ...options }: ContextChange): ApplyContext {
  const connection = tenant.connect('apply', { ...(log ? { log } : {}), ...(signal ? { signal } : {}) });
  const usual: GuardContext = {
    stack: 'contoso',
    policy: aPolicy(),
    exemptions: [],
    today,
    pipelineAccounts: ['it-lifecycle@contoso.com'],
  };
  return createApplyContext(
    connection,
    { ...usual, ...guard },
    { waits: shortWaits, retryPolicy: fastRetryPolicy, gathering: shortGathering, ...options },
  );
}

function stateOf({ emulator }: EmulatedTenant, who: string) {
  const state = emulator.getState(who);
  const restore: RestoreState = {
    accountEnabled: state.accountEnabled,
    mailbox: state.mailbox === null ? 'none' : (kinds[state.mailbox.type] ?? 'unknown'),
    licenses: state.licenses.map(({ skuPartNumber, assignedByGroup, disabledPlans }) => ({
      skuPartNumber,
      skuId: Object.values(SKUS).find((sku) => sku.skuPartNumber === skuPartNumber)?.skuId ?? '',
      assignedByGroup,
      disabledPlans: [...disabledPlans],
    })),
  };
  const { id, userPrincipalName, displayName, department, jobTitle } = state;
  return {
    account: {
      id,
      userPrincipalName,
      displayName,
      department,
      jobTitle,
      manager: null,
      onPremisesSyncEnabled: state.onPremisesSyncEnabled === true,
    },
    restore,
    from: {
      accountEnabled: state.accountEnabled,
      mailbox: 'unchanged' as const,
      licenses: [...new Set(restore.licenses.map(({ skuPartNumber }) => skuPartNumber))],
    },
  };
}

const kinds: Readonly<Record<string, RestoreState['mailbox']>> = {
  UserMailbox: 'user',
  SharedMailbox: 'shared',
  RoomMailbox: 'room',
  EquipmentMailbox: 'equipment',
};

function isWrite(method: string, path: string): boolean {
  return method !== 'GET' && !/\/(\$batch|token|checkMemberGroups)$/.test(path);
}

function written({ emulator }: EmulatedTenant, method: string, path: string, body: string | null): string[] {
  if (path.endsWith('/InvokeCommand')) {
    const { CmdletName, Parameters } = JSON.parse(body ?? '{}').CmdletInput;
    if (CmdletName.startsWith('Get-')) return [];
    return [`${CmdletName} ${kindOf(emulator, Parameters.Identity)} ${Parameters.Type}`];
  }
  const [, id = '', action] = /^\/v1\.0\/users\/([^/]+)(\/.*)?$/.exec(path) ?? [];
  return [`${method} /users/${kindOf(emulator, id)}${action ?? ''}`];
}

function kindOf({ tenant }: EmulatedTenant['emulator'], id: string): string {
  return tenant.people.find(id)?.kind ?? id;
}
