// All that the report for a works council tells of numbers: ranges, and no count. Pure.
import { addDays, type Day } from '../../../policy/evidence.ts';
import { activeCodes, doubtCodes, type ReasonCode } from '../../../policy/judge/judgement.ts';
import type { Stage } from '../../../policy/schemas/account.ts';
import type { AuditView } from '../../audit-view.ts';
import type { Trend } from '../../history/trend.ts';
import { sumMoney } from '../../summary/totals.ts';
import { countPlaces, type Place } from './count-places.ts';
import { type CountRange, isHidden, mayBreakDown, toRange } from './disclosure.ts';

/** By code; null: it is not broken down, because the parts would tell of each other. */
type ReasonRanges = Partial<Record<ReasonCode, CountRange>> | null;

export interface ToldCounts {
  places: Record<Place, CountRange>;
  /** Accounts of which a licence stays for a reason. */
  heldBack: CountRange;
  whyActive: ReasonRanges;
  whyNotJudged: ReasonRanges;
  /** What else was seen of inactive accounts. */
  ofInactive: ReasonRanges;
  /** The accounts in each stage on main, on the first day of each month. */
  months: readonly { day: Day; byStage: Record<Stage, CountRange> }[];
}

/** Whoever has none of these was silent for longer than the policy allows, so the rest is not counted. */
const inactiveCodes = ['never-active', 'signs-of-spray', 'sign-in-not-known'] as const satisfies readonly ReasonCode[];

const shownMonths = 12;

/** The counts themselves, which nobody is told. */
interface Counts {
  places: Record<Place, number>;
  heldBack: number;
  reasons: Record<ReasonCode, number>;
}

export function tellCounts(audit: AuditView): ToldCounts {
  const { reasons } = audit.counts;
  const counts = { places: countPlaces(audit), heldBack: sumMoney(audit).heldBack.accounts, reasons };
  return { ...tellRanges(counts), months: tellMonths(audit) };
}

export function tellRanges({ places, heldBack, reasons }: Counts): Omit<ToldCounts, 'months'> {
  const entries = Object.entries(places).map(([place, count]) => [place, toRange(count)] as const);
  // fromEntries forgets the key's type; every place is there.
  const told = Object.fromEntries(entries) as Record<Place, CountRange>;
  const rangeOf = (codes: readonly ReasonCode[]) =>
    Object.fromEntries(codes.map((code) => [code, toRange(reasons[code])]));
  return {
    places: told,
    heldBack: toRange(heldBack),
    whyActive: breakDown(told.active, rangeOf(activeCodes)),
    whyNotJudged: breakDown(told['not-judged'], rangeOf(doubtCodes)),
    ofInactive: rangeOf(inactiveCodes),
  };
}

function breakDown(whole: CountRange, parts: Record<string, CountRange>): ReasonRanges {
  return !isHidden(whole) && mayBreakDown(whole, Object.values(parts)) ? parts : null;
}

/** Months, not audits or merges: a day that is listed only because something changed on it would tell that. */
function tellMonths({ past, auditedOn }: AuditView): ToldCounts['months'] {
  const [first] = past.days;
  return listMonths(auditedOn)
    .filter((day) => first !== undefined && day >= first.day)
    .map((day) => ({ day, byStage: tellStages(past, day) }));
}

/** The first days of the months until this day, the earliest first. */
function listMonths(until: Day): Day[] {
  const months: Day[] = [];
  let day = `${until.slice(0, 7)}-01`;
  while (months.length < shownMonths) {
    months.unshift(day);
    day = `${addDays(day, -1).slice(0, 7)}-01`;
  }
  return months;
}

function tellStages({ days }: Trend, on: Day): Record<Stage, CountRange> {
  const {
    notify = 0,
    review = 0,
    disable = 0,
    delicense = 0,
    keep = 0,
    restore = 0,
  } = days.findLast(({ day }) => day <= on)?.byStage ?? {};
  return {
    notify: toRange(notify),
    review: toRange(review),
    disable: toRange(disable),
    delicense: toRange(delicense),
    keep: toRange(keep),
    restore: toRange(restore),
  };
}
