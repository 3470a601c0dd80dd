// What a story remembers of itself, so that its rules can tell what the pipeline did from what everybody else did.
import type { Company } from '../../cli/story/company.ts';
import { notPeople } from '../../emulator/tenant/kinds/not-people.ts';
import { organisation } from '../../emulator/tenant/kinds/organisation.ts';
import type { Chance } from './chance.ts';

export interface Story {
  company: Company;
  chance: Chance;
  /** Object ids of those whom no machine may take anything from. */
  isProtected: Set<string>;
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
  return {
    company,
    chance,
    isProtected: protectedIn(company),
    isMeddledWith: new Set(),
    unsettled: new Map(),
    lostMails: 0,
    counts: { audits: 0, applies: 0, kills: 0, faults: 0, writes: 0, mails: 0, events: 0 },
    tell: (what) => tell(`${company.today()}: ${what}`),
  };
}

/** By their names in the catalogue of kinds, and so by nothing that policy's own rules could agree with. */
function protectedIn({ tenant }: Company): Set<string> {
  const ordinary = new Set<string>(['lineManager', 'managerDisabled', 'managerInactive']);
  const kinds = [...Object.keys(organisation), ...Object.keys(notPeople)].filter(
    (kind) => !ordinary.has(kind),
  );
  const { people } = tenant.tenant;
  return new Set(kinds.flatMap((kind) => (people.kinds.has(kind) ? [people.ofKind(kind).id] : [])));
}
