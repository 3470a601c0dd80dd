// For tests of licences by groups: a company whose people have theirs from groups, audited, merged and applied week by week.
import type { EmulatorOptions } from '@dormant-m365/emulator';
import { execa } from 'execa';
import { expect } from 'vitest';
import { listGrantedRights } from '../bootstrap/granted.ts';
import { addDays, type Day } from '../policy/evidence.ts';
import { applyStack, type StackOutcome } from '../stacks/run-stack.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { aMergedRepository, generousLimits, type MergedRepository } from './merged-repository.fixture.ts';

const groups = [
  { displayName: 'Licences: Office', licenses: ['SPE_E3', 'VISIOCLIENT'] },
  { displayName: 'Licences: Tools', licenses: ['POWER_BI_PRO'] },
  { displayName: 'Licences: nobody named it', licenses: ['PROJECTPROFESSIONAL'] },
] as const;

/** All from one group; from two, and one directly; one product both ways; and one from a group that is never left. */
const people = [
  { kind: 'ana', groups: ['Licences: Office'], licenses: [] },
  { kind: 'bo', groups: ['Licences: Office', 'Licences: Tools'], licenses: ['FLOW_FREE' as const] },
  { kind: 'cy', groups: ['Licences: Office', 'Licences: Tools'], licenses: ['POWER_BI_PRO' as const] },
  { kind: 'dee', groups: ['Licences: Office', 'Licences: nobody named it'], licenses: [] },
];
export const kinds = people.map(({ kind }) => kind);

const options = ['premium', 'groupEligibility', 'groupRules', 'groupUses'] as const;
const apply = listGrantedRights('apply', ...options, 'groupMembers', 'exchange', 'mail');

/** The apply may delete users, too: what it must not do it does not do by chance. */
const identities = {
  audit: listGrantedRights('audit', ...options, 'holds'),
  apply: { ...apply, appRoles: [...apply.appRoles, 'User.ReadWrite.All' as const] },
};

export interface GroupCompany extends MergedRepository {
  /** Of the last audit. */
  getDay(): Day;
  /** Applies main on that day. */
  applyNow(): Promise<StackOutcome>;
  /** A week later: the audit, and its whole proposal merged; returns the merge. */
  mergeNextWeek(): Promise<string>;
  /** The groups, licences, mailbox and sign-in of everybody, by the tenant's own state. */
  readAccounts(): Record<string, unknown>;
}

export async function aGroupCompany(switches: EmulatorOptions['switches'] = {}): Promise<GroupCompany> {
  const repository = await aMergedRepository([], people, { groups: [...groups], identities, switches });
  const { emulator, folder } = repository;
  await repository.setPolicy({
    ...generousLimits,
    licenses: { groups: [{ name: 'Licences: Office' }, { name: 'Licences: Tools' }], groupRights: 'tenant' },
  });
  let day: Day = addDays(today, -7);
  return {
    ...repository,
    getDay: () => day,
    applyNow: async () => applyStack({ ...(await repository.buildOptions()), today: day }),
    async mergeNextWeek() {
      day = addDays(day, 7);
      emulator.tenant.clock.set(`${day}T12:00:00Z`);
      expect(await repository.mergePlan(await repository.audit(day))).toEqual([]);
      return (await execa('git', ['-C', folder, 'rev-parse', 'HEAD'])).stdout;
    },
    readAccounts: () => Object.fromEntries(kinds.map((kind) => [kind, readAccount(repository, kind)])),
  };
}

/** In the third week everybody is blocked, and in the fourth out of the groups; returns both merges. */
export async function delicenseEverybody(company: GroupCompany): Promise<{ disable: string; delicense: string }> {
  const merges = await mergeDelicensing(company);
  expect(await company.applyNow()).toMatchObject({ refusedFiles: [] });
  return merges;
}

/** The same, with the last merge not applied yet. */
export async function mergeDelicensing(company: GroupCompany): Promise<{ disable: string; delicense: string }> {
  await company.mergeNextWeek();
  await company.mergeNextWeek();
  const disable = await company.mergeNextWeek();
  await company.applyNow();
  return { disable, delicense: await company.mergeNextWeek() };
}

function readAccount({ emulator }: MergedRepository, kind: string) {
  const { accountEnabled, mailbox, licenses, groups: memberships, deletedDateTime } = emulator.getState(kind);
  return {
    accountEnabled,
    mailbox: mailbox?.type,
    losses: mailbox?.losses,
    licenses: licenses
      .map(({ skuPartNumber, assignedByGroup, disabledPlans, error }) =>
        [skuPartNumber, assignedByGroup ?? 'direct', error, ...disabledPlans].join(' '),
      )
      .sort(),
    groups: memberships.toSorted(),
    deletedDateTime,
  };
}

/** What of the memberships a DELETE was sent for; nothing else may be deleted. */
export function listDeletions({ emulator }: Pick<MergedRepository, 'emulator'>): string[] {
  return emulator.log.listEntries({ method: 'DELETE' }).map(({ path }) => path);
}
