// For tests: one person's account among groups of their own, with the state that the provider keeps of it between two runs.
import { changeGroup, createSeededRandom, type GroupInput, IDENTITY_ROLES } from '@dormant-m365/emulator/tenant';
import { listGrantedRights } from '../../bootstrap/granted.ts';
import { anAccountFile } from '../../policy/account-file.fixture.ts';
import { addDays, type Day } from '../../policy/evidence.ts';
import { settleMemberships } from '../../policy/files/memberships.ts';
import { aPolicy } from '../../policy/policy.fixture.ts';
import type { AccountFile, RestorableGroup } from '../../policy/schemas/account.ts';
import { accountResource } from '../provider/account-resource.ts';
import type { Session } from '../provider/session.ts';
import type { ApplyOutcome } from '../tenant/outcome.ts';
import { aTenantToApplyTo, type TenantToApplyTo } from '../tenant/tenant-to-apply-to.fixture.ts';
import { packInputs, toAccountInputs } from './account-state.ts';
import { countWrites } from './count-writes.fixture.ts';

const { exchangeCmdlets } = listGrantedRights('apply', 'exchange');
const apply = {
  appRoles: [...IDENTITY_ROLES.apply, 'GroupMember.ReadWrite.All', 'Directory.Read.All', 'User.ReadWrite.All'] as const,
  exchangeCmdlets,
};

const products: readonly NonNullable<GroupInput['licenses']>[] = [
  ['SPE_E3'],
  ['SPE_E3', 'VISIOCLIENT'],
  ['POWER_BI_PRO'],
  ['POWER_BI_PRO', 'PROJECTPROFESSIONAL'],
  ['MCOEV'],
];
const directs = [[], [], ['SPE_E3'], ['POWER_BI_PRO'], ['VISIOCLIENT', 'PROJECTPROFESSIONAL']] as const;

export interface Chance {
  maybe(share: number): boolean;
  pick<T>(list: readonly T[]): T;
}

export function createChance(seed: number): Chance {
  const random = createSeededRandom(`stories ${seed}`);
  let count = 0;
  return {
    maybe: (share) => random.getUnit(count++, 1) < share,
    pick(list) {
      const [chosen] = list.slice(random.getBetween(count++, 1, 0, list.length - 1));
      if (chosen === undefined) throw new Error('The list to pick from is empty.');
      return chosen;
    },
  };
}

/** A tenant with so many people, each in up to three groups that nobody else is in. */
export async function aTenantOfStories(count: number, chance: Chance) {
  const givers = Array.from({ length: count }, (_, at) => {
    const chosen = products.filter((licenses) => chance.maybe(licenses.includes('MCOEV') ? 0.2 : 0.5)).slice(0, 3);
    const [first = 'SPE_E3'] = chosen[0] ?? [];
    // A phone system needs Teams.
    const all = chosen.length === 0 || first === 'MCOEV' ? [['SPE_E3'] as const, ...chosen] : chosen;
    return all.map((licenses, place): GroupInput => ({ displayName: `Group ${at} ${place}`, licenses: [...licenses] }));
  });
  const people = givers.map((groups, at) => {
    const hasPhone = groups.some(({ licenses = [] }) => licenses.includes('MCOEV'));
    const hasOffice = groups.some(({ licenses = [] }) => licenses.includes('SPE_E3'));
    return {
      kind: `person${at}`,
      inactiveDays: 143,
      department: 'Sales',
      licenses: hasPhone && !hasOffice ? (['SPE_E3'] as const) : chance.pick(directs),
      groups: groups.map(({ displayName }) => displayName),
    };
  });
  // Notes in the state are dated by this machine's clock.
  const clock = new Date().toISOString();
  return aTenantToApplyTo(people, { groups: givers.flat(), identities: { apply }, clock });
}

export interface PersonStory {
  readonly groups: readonly RestorableGroup[];
  /** Merges a stage, and applies it; killed after so many writes. null: it was killed, or there was nothing to do. */
  apply(stage: Stage, more?: { keeps?: readonly string[]; dies?: number }): Promise<ApplyOutcome | null>;
  read(): ReturnType<typeof readPerson>;
  /** As one of Active Directory nobody may change its members. */
  setSynced(group: RestorableGroup, isSynced: boolean): void;
  isSynced(group: Pick<RestorableGroup, 'id'>): boolean;
}

type Stage = 'delicense' | 'keep' | 'restore';

export function aPersonStory(tenant: TenantToApplyTo, kind: string, waitsMs: () => number): PersonStory {
  const { emulator } = tenant;
  const { directory, clock } = emulator.tenant;
  const { account, restore: had } = tenant.change(kind);
  const mine = emulator.getState(kind).groups;
  const groups = [...directory.groups.values()]
    .filter(({ properties }) => mine.includes(properties.displayName))
    .map(({ id, properties }): RestorableGroup => ({ id, displayName: properties.displayName }));
  const restore = { ...had, groups };
  const policy = aPolicy({ licenses: { groups: groups.map(({ id }) => ({ id })) } });
  const find = (id: string) => directory.groups.get(id);
  let state: object | null = null;
  return {
    groups,
    async apply(stage, { keeps = [], dies } = {}) {
      const today = new Date(clock.now()).toISOString().slice(0, 10);
      const inputs = packInputs(toAccountInputs(buildFile(stage, { account, restore, keeps, today })));
      if (state !== null && !accountResource.diff(state, inputs)) return null;
      const context = tenant.context({ guard: { policy, today }, waits: buildWaits(waitsMs()) });
      const told: ApplyOutcome[] = [];
      const session: Pick<Session, 'context' | 'part' | 'findNewerMain' | 'applyLog' | 'log'> = {
        ...{ context: countWrites(context, dies).context, part: 'changes', findNewerMain: async () => null },
        applyLog: { append: async () => {} },
        log: async (_, __, message) => void told.push(JSON.parse(message).outcome),
      };
      const begins = { startedAt: new Date().toISOString(), session: async () => session as Session };
      state = (await accountResource.begin?.(state, inputs, begins))?.outs ?? null;
      if (!accountResource.diff(state, inputs)) return null;
      try {
        state = (await accountResource.update('urn', state, inputs, begins.session)).outs;
      } catch (error) {
        const { message, properties } = error as { message: string; properties?: object };
        if (message === 'killed') return null;
        if (properties === undefined) throw error;
        state = properties;
      }
      return told.at(-1) ?? null;
    },
    read: () => readPerson(tenant, kind),
    setSynced({ id }, isSynced) {
      const group = find(id);
      if (group) changeGroup(emulator.tenant, group, { synced: isSynced });
    },
    isSynced: ({ id }) => find(id)?.properties.onPremisesSyncEnabled === true,
  };
}

function buildFile(
  stage: Stage,
  {
    account,
    restore,
    keeps,
    today,
  }: Pick<AccountFile, 'account' | 'restore'> & { keeps: readonly string[]; today: Day },
): AccountFile {
  const file = anAccountFile(stage, { account, restore });
  const isTaking = stage === 'delicense';
  const lastActivity = { ...file.evidence.lastActivity, signIn: addDays(today, -100) };
  return {
    ...file,
    desired: isTaking ? settleMemberships({ ...file.desired, groups: [...keeps] }, restore) : file.desired,
    evidence: { ...file.evidence, auditedOn: today, lastActivity },
  };
}

function buildWaits(atMostMs: number) {
  const usual = { everyMs: 5, atMostMs: 1_000 };
  return { mailbox: usual, directory: usual, licenses: { everyMs: 5, atMostMs } };
}

function readPerson({ emulator }: TenantToApplyTo, kind: string) {
  const { accountEnabled, mailbox, licenses, groups, deletedDateTime } = emulator.getState(kind);
  return {
    ...{ accountEnabled, deletedDateTime, mailbox: mailbox?.type ?? null },
    licenses: licenses.map((each) => `${each.skuPartNumber} ${each.assignedByGroup ?? 'direct'} ${each.error}`).sort(),
    groups: groups.toSorted(),
  };
}
