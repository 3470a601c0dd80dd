// What a story remembers of itself, so that its rules can tell what the pipeline did from what everybody else did.
import type { Company } from '../../cli/story/company.ts';
import { notPeople } from '../../emulator/tenant/kinds/not-people.ts';
import { organisation } from '../../emulator/tenant/kinds/organisation.ts';
import type { Chance } from './random-choice.ts';
import { sparedKind } from './spared-people.ts';

export interface Story {
  company: Company;
  chance: Chance;
  /** Object ids of those whom no machine may take anything from. */
  protectedIds: Set<string>;
  /** Object ids of those of whom no file may ever be: protected or in doubt from the first day to the last. */
  sparedIds: ReadonlySet<string>;
  /** Object ids of those whose sign-in, mailbox or licences somebody else has changed, too. */
  meddledIds: Set<string>;
  /** By object id, what the latest apply said about what it has not done. */
  unsettled: Map<string, string>;
  /** How often a mail's request was struck or its sender killed, and nobody could know. */
  lostMails: number;
  counts: Record<'audits' | 'applies' | 'kills' | 'faults' | 'writes' | 'mails' | 'events', number>;
  tell(what: string): void;
}

export function aStory(company: Company, chance: Chance, tell: (what: string) => void): Story {
  const sparedIds = listSparedIds(company);
  return {
    company,
    chance,
    protectedIds: new Set(sparedIds),
    sparedIds,
    meddledIds: new Set(),
    unsettled: new Map(),
    lostMails: 0,
    counts: { audits: 0, applies: 0, kills: 0, faults: 0, writes: 0, mails: 0, events: 0 },
    tell: (what) => tell(`${company.today()}: ${what}`),
  };
}

/** By the names that they have in the catalogue and in the story, and so by nothing that policy's own rules could agree with. */
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
