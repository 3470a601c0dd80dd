// A small company of a seed: the organisation's kinds, a share of the others in the catalogue, some people whom no plan may
// name, and a few ordinary ones.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PersonInput } from '@dormant-m365/emulator';
import { DYNAMIC_LICENSE_GROUPS, getKindInput, kinds, organisation } from '@dormant-m365/emulator/tenant';
import { parseDocument } from 'yaml';
import { listGrantedRights } from '../../bootstrap/granted.ts';
import { type Company, createCompany } from '../../demo/company.ts';
import type { Chance } from './random-choice.ts';
import { listNamedGroups, pickGroups, pickSources, type RandomGroup, toGroupInput } from './random-groups.ts';
import { pickSparedPeople } from './spared-people.ts';

/** `size`: how many of the kinds take part, from 0 to 1. */
export async function aRandomCompany(
  folder: string,
  chance: Chance,
  { seed, size }: { seed: number; size: number },
): Promise<{ company: Company; groups: RandomGroup[]; contractorIds: Set<string> }> {
  const groups = chance.maybe(0.8) ? pickGroups(chance) : [];
  const others = kinds.filter((kind) => !(kind in organisation));
  const atTheTop = kinds.filter((kind) => kind in organisation);
  const named = [...atTheTop, ...chance.pickSome(others, size)].map(getKindInput);
  const company = await createCompany(folder, {
    users: 0,
    seed,
    groups: groups.map(toGroupInput),
    identities: buildIdentities(chance),
    people: [
      ...named,
      ...pickSparedPeople(chance),
      ...Array.from({ length: chance.between(6, 16) }, (_, at) => buildPerson(at, chance, groups)),
    ],
    switches: {
      // Delays and quotas pass so fast that the weather costs seconds of a story, and reads are late all the same.
      quotaSpeed: 300,
      weather: chance.maybe(0.8) ? seed : null,
      roleDelaySeconds: chance.pick([0, 0.1, 0.5]),
      holdDelaySeconds: chance.pick([0, 0.1, 0.5]),
      syncedAccounts: chance.pick(['undo', 'refuse']),
      hybridMailboxesFlipBack: chance.maybe(0.5),
      crowdedSignInPage: chance.pick([null, null, 5, 20]),
      largestSignInPage: chance.pick([null, null, 20, 120]),
      recipientTypes: chance.pick(['User', 'UserMailbox', 'missing']),
      spareSeats: chance.pick([0, 2, null]),
      // Within an apply's patience, and now and then beyond it.
      groupLicenseSeconds: chance.maybe(0.06) ? 3_600 : chance.pick([0, 0, 0.2, 1, 3]),
      disconnectedMailboxRows: chance.pick(['deleted', 'gone']),
      exchangeRedirect: chance.pick([null, null, 307]),
      membershipRules: chance.pick(['shown', 'null', 'absent']),
      // With a hold on everybody some would lose what their licence never covered.
      organizationHolds: chance.pick([
        [],
        ['mbx7cfb30345d454ac0a989ab3041051209:1'],
        ['grp696959a47ee4bf9a2b0c4f6e4b1d5a11:3'],
      ]),
      oneDriveClock: chance.pick(['on', 'on', 'off']),
    },
  });
  await adoptPolicy(company, chance, groups);
  const { people } = company.tenant.tenant;
  const all = Array.from({ length: people.size }, (_, at) => people.get(at));
  const contractors = all.filter(({ employeeType }) => employeeType === 'Contractor');
  return { company, groups, contractorIds: new Set(contractors.map(({ id }) => id)) };
}

/** As bootstrap grants it, now and then without the right to change members; the apply may also delete users. */
function buildIdentities(chance: Chance) {
  const options = ['premium', 'groupEligibility', 'groupRules', 'groupUses'] as const;
  const members = chance.maybe(0.9) ? (['groupMembers'] as const) : [];
  const apply = listGrantedRights('apply', ...options, ...members, 'exchange', 'mail');
  return {
    audit: listGrantedRights('audit', ...options, 'holds'),
    apply: { ...apply, appRoles: [...apply.appRoles, 'User.ReadWrite.All' as const] },
  };
}

const enabledGroup = DYNAMIC_LICENSE_GROUPS[0]?.displayName ?? '';

function buildPerson(at: number, chance: Chance, groups: readonly RandomGroup[]): PersonInput {
  const isByGroups = groups.length > 0 && chance.maybe(0.7);
  const isQuiet = chance.maybe(0.7);
  return {
    kind: `anybody${at}`,
    displayName: `Any Body ${at}`,
    userPrincipalName: `any.body${at}@contoso.com`,
    department: chance.pick(['Sales', 'Design', 'IT', 'Finance']),
    manager: chance.pick(['lineManager', 'managerInactive', 'managerDisabled', 'managerExternal', null]),
    synced: chance.pick([null, null, null, false, true]),
    employeeType: chance.pick(['Employee', 'Employee', 'Contractor', null]),
    ...chance.pick([{}, { oneDrive: { sizeGb: 4 } }, { oneDrive: { sizeMb: 30 } }, { oneDrive: null }]),
    licenses: chance.pick([
      ['SPE_E3'],
      ['SPE_E5'],
      ['SPE_E3', 'VISIOCLIENT'],
      [],
      ['EXCHANGESTANDARD'],
      ['SPE_E3', 'CPC_E_2C_8GB_128GB'],
      ['EXCHANGESTANDARD', 'EXCHANGEARCHIVE_ADDON'],
      [{ sku: 'SPE_E3', group: enabledGroup }],
      ['SPE_E3', { sku: 'PROJECTPROFESSIONAL', withoutState: true }],
    ] as const),
    ...(isByGroups ? pickSources(chance, groups) : {}),
    ...(isQuiet ? { inactiveDays: chance.maybe(0.2) ? chance.between(35, 92) : chance.between(93, 300) } : {}),
  };
}

/** Caps high enough for a company of thirty; the rest of policy.yaml as it is. */
async function adoptPolicy(
  { repository, git }: Company,
  chance: Chance,
  groups: readonly RandomGroup[],
): Promise<void> {
  const path = join(repository, 'policy', 'policy.yaml');
  const policy = parseDocument(await readFile(path, 'utf8'));
  policy.setIn(['limits', 'shareOfTenant'], 1);
  policy.setIn(['limits', 'newAccountsPerAudit'], chance.pick([8, 50]));
  policy.setIn(['onPremises', 'plan'], chance.pick(['report', 'include']));
  policy.setIn(['signIns'], chance.pick(['required', 'optional']));
  if (groups.length > 0) policy.setIn(['licenses'], { groups: listNamedGroups(groups), groupRights: 'tenant' });
  await writeFile(path, String(policy));
  await git('commit', '--quiet', '--all', '--message=Policy of a small company');
  await git('push', '--quiet', 'origin', 'main');
}
