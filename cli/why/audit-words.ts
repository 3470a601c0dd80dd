// What the last audit says of one person, in words.
import type { ListedPerson } from '../../audit/report/people-list.ts';
import type { Day } from '../../policy/evidence.ts';
import type { Move } from '../../policy/plan/move.ts';
import { describeEvidence, formatDates } from '../../policy/words/describe-account.ts';
import {
  actionWords,
  formatDay,
  limitWords,
  reasonWords,
  riskWords,
  stageWords,
  verdictWords,
} from '../../policy/words/labels.ts';
import type { AuditedPlace, AuditedStanding } from './audited-standing.ts';
import type { AuditWords } from './standing.ts';

interface SeenPerson {
  auditedOn: Day;
  /** The person's line of people.jsonl; undefined: the audit did not see them. */
  person: Pick<ListedPerson, 'verdict' | 'reasons' | 'risks' | 'action'> | undefined;
}

/** `seen` null: there is no people.jsonl, and audit.json alone says something. null: it does not, either. */
export function buildAuditWords(seen: SeenPerson | null, standing: AuditedStanding | null): AuditWords | null {
  const listed = standing?.listed ?? null;
  const auditedOn = seen?.auditedOn ?? standing?.auditedOn;
  const person = seen === null ? listed?.judgement : seen.person;
  if (auditedOn === undefined || (seen === null && person === undefined)) return null;
  if (person === undefined)
    return { auditedOn, verdict: null, action: null, says: ['it did not see this account in the tenant'] };
  const { verdict, reasons, risks, action } = person;
  const because =
    listed === null ? reasons.map((code) => reasonWords[code]).join('; ') : describeEvidence(listed, auditedOn);
  const { name, because: rule } = actionWords[action];
  return {
    ...{ auditedOn, verdict, action },
    says: [
      `${verdictWords[verdict]}, ${because}`,
      ...risks.map((risk) => `protected as ${riskWords[risk.code]}: ${risk.because}`),
      ...(action === 'none' ? [] : [`to do by the rules: ${name} (${rule})`]),
      ...(standing?.place ? [describePlace(standing.place, auditedOn)] : []),
      ...(verdict === 'active' && !standing?.place ? ['nothing is planned'] : []),
    ],
  };
}

export function describePlace(place: AuditedPlace, today: Day): string {
  switch (place.kind) {
    case 'moves': {
      const { from, to, because } = place.entry;
      return `its pull request ${describeProposed(from, to)}: ${formatDates(because, today)}`;
    }
    case 'stays': {
      const { stage, movesOn, because } = place.entry;
      const until = movesOn === null ? '' : ` until ${formatDay(movesOn, today)}`;
      return `it stays in ${stageWords[stage].name}${until}: ${formatDates(because, today)}`;
    }
    case 'waits':
      return `it waits for a later audit: ${limitWords[place.entry.limit]} are reached`;
    case 'set-back':
      return `it was taken out of ${stageWords[place.entry.from].name} on main on ${formatDay(place.entry.on, today)}, and is not proposed again before ${formatDay(place.entry.until, today)}`;
    case 'declined':
      return 'its pull request was closed without a merge, so that it is not proposed again for a while';
  }
}

function describeProposed(from: Move['from'], to: Move['to']): string {
  if (to === null) return 'takes the file out';
  if (to === 'archive') return 'moves the file to the archive';
  const { name } = stageWords[to];
  if (from === to) return `renews it in ${name}`;
  return from === null ? `takes it into ${name}` : `moves it on to ${name}`;
}
