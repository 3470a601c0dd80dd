// The memory of a story, so that its invariants can distinguish changes by the pipeline from those by others.

import type { AccountState } from '@dormant-m365/emulator';
import { notPeople, organisation } from '@dormant-m365/emulator/tenant';
import type { Company } from '../../demo/company.ts';
import { takeSnapshot } from '../../demo/proof.ts';
import type { Stage } from '../../policy/schemas/account.ts';
import type { Chance } from './random-choice.ts';
import type { RandomGroup } from './random-groups.ts';
import { sparedKind } from './spared-people.ts';
import { noRules, type TeamRules } from './team-rules.ts';

/** A file on main that no audit wrote. */
export interface Forgery {
  path: string;
  text: string;
  /** Object id of whom it is about. */
  id: string;
  /** The stage that main had of the account before; null: none. */
  standing: Stage | null;
  /** The skuId of a licence that this pipeline never took, although the file says so. */
  neverTaken?: string;
  /** The id of a group that the account was never in, although the file says so. */
  neverIn?: string;
}

export interface Story {
  company: Company;
  chance: Chance;
  /** Everybody as they were at the start, by object id. */
  before: ReadonlyMap<string, AccountState>;
  /** Groups that give licences, with what stands against leaving them at the moment. */
  groups: readonly RandomGroup[];
  /** Object ids of people whom somebody has deleted. */
  deletedIds: Set<string>;
  /** Object ids of people from whom nothing may be taken automatically. */
  protectedIds: Set<string>;
  /** Object ids of people who may never have a file: protected or doubtful from the first day to the last. */
  sparedIds: ReadonlySet<string>;
  /** Object ids of people whose sign-in, mailbox or licences somebody else has changed, too. */
  meddledIds: Set<string>;
  /** By object id, why the latest apply has left something undone. */
  unsettled: Map<string, string>;
  /** How often a mail's request failed or its sender was killed, so that it is unknown whether it was sent. */
  lostMails: number;
  /** By path, until main has another text. */
  forgeries: Map<string, Forgery>;
  /** Object ids of people about whom main ever had a forged file. */
  forgedIds: Set<string>;
  /** What the team has on main. */
  rules: TeamRules;
  /** Object ids of people from whom an apply has taken something, by the tenant's log. */
  takenIds: Set<string>;
  /** Object ids of people about whom main ever had a file. */
  everFiledIds: Set<string>;
  /** Object ids of people who are contractors in Entra. */
  contractorIds: ReadonlySet<string>;
  /** Object ids of people who wait for a stop, by the latest apply. */
  stoppedIds: Set<string>;
  /** Files of give-back/ that wait for another day, by the latest apply. */
  waitingPaths: Set<string>;
  /** The latest apply has passed a limit. */
  isLimited: boolean;
  /** The day of each give-back that was merged. */
  givenOn: string[];
  hasRevokedKey: boolean;
  counts: Record<
    | 'audits'
    | 'applies'
    | 'kills'
    | 'faults'
    | 'writes'
    | 'mails'
    | 'events'
    | 'forgeries'
    | 'keys'
    | 'left'
    | 'joined'
    | 'pauses'
    | 'freezes'
    | 'ramps'
    | 'scopes'
    | 'populations'
    | 'give-backs'
    | 'give-back limits'
    | 'give-backs refused'
    | 'stopped applies',
    number
  >;
  tell(what: string): void;
}

export function aStory(
  { company, groups, contractorIds }: Pick<Story, 'company' | 'groups' | 'contractorIds'>,
  chance: Chance,
  tell: (what: string) => void,
): Story {
  const sparedIds = listSparedIds(company);
  return {
    company,
    chance,
    before: takeSnapshot(company),
    groups,
    deletedIds: new Set(),
    protectedIds: new Set(sparedIds),
    sparedIds,
    meddledIds: new Set(),
    unsettled: new Map(),
    forgeries: new Map(),
    forgedIds: new Set(),
    lostMails: 0,
    ...{ rules: noRules(), contractorIds, takenIds: new Set(), everFiledIds: new Set(), stoppedIds: new Set() },
    ...{ waitingPaths: new Set(), isLimited: false, givenOn: [], hasRevokedKey: false },
    counts: {
      audits: 0,
      applies: 0,
      kills: 0,
      faults: 0,
      writes: 0,
      mails: 0,
      events: 0,
      forgeries: 0,
      keys: 0,
      left: 0,
      joined: 0,
      ...{ pauses: 0, freezes: 0, ramps: 0, scopes: 0, populations: 0 },
      ...{ 'give-backs': 0, 'give-back limits': 0, 'give-backs refused': 0, 'stopped applies': 0 },
    },
    tell: (what) => tell(`${company.today()}: ${what}`),
  };
}

/** By their kind in the catalogue and the story, independent of policy's own rules. */
function listSparedIds({ tenant }: Company): Set<string> {
  const { people } = tenant.tenant;
  return new Set([...people.kinds.keys()].filter(isSparedKind).map((kind) => people.requireKind(kind).id));
}

function isSparedKind(kind: string): boolean {
  if (kind.startsWith(sparedKind)) return true;
  return (kind in organisation || kind in notPeople || doubtfulKinds.has(kind)) && !ordinaryKinds.has(kind);
}

const ordinaryKinds = new Set(['lineManager', 'managerDisabled', 'managerInactive']);
const doubtfulKinds = new Set(['reportMissing', 'reportUnknown']);
