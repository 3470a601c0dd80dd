// What a story remembers of itself, so that its rules can tell what the pipeline did from what everybody else did.
import type { Company } from '../../cli/story/company.ts';
import { notPeople } from '../../emulator/tenant/kinds/not-people.ts';
import { organisation } from '../../emulator/tenant/kinds/organisation.ts';
import type { Chance } from './chance.ts';
import { sparedKind } from './spared-people.ts';

export interface Story {
  company: Company;
  chance: Chance;
  /** Object ids of those whom no machine may take anything from. */
  isProtected: Set<string>;
  /** Object ids of those of whom no file may ever be: protected or in doubt from the first day to the last. */
  isSpared: ReadonlySet<string>;
  /** Object ids of those whose sign-in, mailbox or licences somebody else has changed, too. */
  isMeddledWith: Set<string>;
  /** By object id, what the latest apply said about what it has not done. */
  unsettled: Map<string, string>;
  /** How often a mail's request was struck or its sender killed, and nobody could know. */
  lostMails: number;
  counts: Record<'audits' | 'applies' | 'kills' | 'faults' | 'writes' | 'mails' | 'events', number>;
  tell(what: string): void;
}

export function aStory(company: Company, chance: Chance, tell: (what: string) => void): Story {
  const isSpared = sparedIn(company);
  return {
    company,
    chance,
    isProtected: new Set(isSpared),
    isSpared,
    isMeddledWith: new Set(),
    unsettled: new Map(),
    lostMails: 0,
    counts: { audits: 0, applies: 0, kills: 0, faults: 0, writes: 0, mails: 0, events: 0 },
    tell: (what) => tell(`${company.today()}: ${what}`),
  };
}

/** By the names that they have in the catalogue and in the story, and so by nothing that policy's own rules could agree with. */
function sparedIn({ tenant }: Company): Set<string> {
  const { people } = tenant.tenant;
  return new Set([...people.kinds.keys()].filter(isSparedKind).map((kind) => people.ofKind(kind).id));
}

function isSparedKind(kind: string): boolean {
  if (kind.startsWith(sparedKind)) return true;
  return (kind in organisation || kind in notPeople || alwaysInDoubt.has(kind)) && !ordinary.has(kind);
}

const ordinary = new Set(['lineManager', 'managerDisabled', 'managerInactive']);
const alwaysInDoubt = new Set(['reportMissing', 'reportUnknown']);
