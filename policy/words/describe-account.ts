// One person in words: why they count as inactive, and what happens to them next. Pure.
import {
  type Day,
  type DaySpan,
  type Evidence,
  findActivity,
  type JudgedService,
  judgedServices,
  type SignIns,
} from '../evidence.ts';
import { addStageDays, type BegunStage } from '../files/stage-steps.ts';
import type { JudgedAccount, Judgement, ReasonCode } from '../judge/judgement.ts';
import type { Stage } from '../schemas/account.ts';
import type { Policy } from '../schemas/policy.ts';
import { formatCount, formatDay, formatList, reasonWords, serviceWords } from './labels.ts';

/** A day on which something may happen at the earliest: the next audit proposes it, and only a merge does it. */
export interface UpcomingStep {
  stage: Stage | 'deletable';
  on: Day;
}

/** audit.json leaves the savings out, which follow from prices and policy. */
type DescribedAccount = Pick<JudgedAccount, 'evidence'> & { judgement: Omit<Judgement, 'savings'> };

/**
 * Why the account is judged as it is, such as `no Exchange, OneDrive, SharePoint or Teams activity since 15 July
 * (Exchange); last successful sign-in 15 July`. Without a full stop and without names, so that it fits a cell.
 */
export function describeEvidence({ evidence, judgement }: DescribedAccount, today: Day): string {
  const doubts = judgement.verdict === 'insufficient-evidence' ? describeReasons({ evidence, judgement }) : [];
  return [
    ...doubts,
    ...(judgement.verdict === 'active' ? describeLastActivity(evidence, today) : describeServices(evidence, today)),
    describeSignIns(evidence.signIns, today),
    ...describeAttempts(evidence.signIns, judgement.reasons, today),
  ].join('; ');
}

/** Each reason of the verdict; where something could not be read, with what it was. */
export function describeReasons({ evidence, judgement }: DescribedAccount): string[] {
  const { incomplete, usage } = evidence;
  const unread: Partial<Record<ReasonCode, readonly string[]>> = {
    'account-incomplete': [...new Set(incomplete)],
    'report-row-unreadable': usage.kind === 'unreadable' ? usage.columns : [],
  };
  return judgement.reasons.map((code) => {
    const names = unread[code] ?? [];
    return names.length === 0 ? reasonWords[code] : `${reasonWords[code]} (${formatList(names)})`;
  });
}

/** By whose days it is judged, as `contractors: 30 days`; nothing where those are the policy's own. */
export function describePopulation({ judgement }: Pick<JudgedAccount, 'judgement'>, policy: Policy): string[] {
  const { population } = judgement;
  const found = policy.populations?.find(({ name }) => name === population);
  return found === undefined ? [] : [`${found.name}: ${formatCount(found.inactiveAfterDays, 'day')}`];
}

/** Turns the ISO dates of a reason, such as `no activity since 2026-07-15`, into the words the rest of the text uses. */
export function formatDates(text: string, today: Day): string {
  return text.replace(/\b\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b/g, (day) => formatDay(day, today));
}

/**
 * The steps that follow, each on its earliest day; empty for keep and restore. `uncounted`: closed dates and pauses.
 */
export function listUpcomingSteps(
  { stage, since }: BegunStage,
  stages: Policy['stages'],
  uncounted: readonly DaySpan[],
): UpcomingStep[] {
  const walk: readonly (readonly [Stage, UpcomingStep['stage'], number])[] = [
    ['notify', 'review', stages.notifyDays],
    ['review', 'disable', stages.reviewDays],
    ['disable', 'delicense', stages.disableDays],
    ['delicense', 'deletable', stages.deleteEligibleAfterDays],
  ];
  const start = walk.findIndex(([from]) => from === stage);
  let on = since;
  return (start < 0 ? [] : walk.slice(start)).map(([from, next, days]) => {
    on = addStageDays({ stage: from, since: on }, days, uncounted);
    return { stage: next, on };
  });
}

function describeLastActivity({ usage }: Evidence, today: Day): string[] {
  const seen = findActivity(usage);
  const last = seen && findLatestService(seen);
  return last === null ? [] : [`last activity ${formatDay(last.day, today)} (${formatList(last.services)})`];
}

function describeServices({ usage }: Evidence, today: Day): string[] {
  if (usage.kind !== 'row') return [];
  const last = findLatestService(usage.lastActivity);
  const seen = wellKnownServices
    .filter((service) => !usage.unseen?.includes(service))
    .map((service) => serviceWords[service]);
  if (last === null) return [`no ${formatList(seen, 'or')} activity on record`];
  const onlyElsewhere = last.services.every((name) => !seen.includes(name));
  const names = onlyElsewhere ? [...seen, ...last.services] : seen;
  // No need to say which where all of them end on one day.
  const where = last.services.length < names.length ? ` (${formatList(last.services)})` : '';
  return [`no ${formatList(names, 'or')} activity since ${formatDay(last.day, today)}${where}`];
}

/** The four that people know. Yammer counts, too, but is named only where it was used last. */
const wellKnownServices = ['exchange', 'oneDrive', 'sharePoint', 'teams'] as const;

/** The latest day of activity and every service that was used on it. */
function findLatestService(seen: Record<JudgedService, Day | null>): { day: Day; services: string[] } | null {
  const day = judgedServices.reduce<Day | null>((best, service) => selectLater(best, seen[service]), null);
  if (day === null) return null;
  const used = judgedServices.filter((service) => seen[service] === day);
  return { day, services: used.map((service) => serviceWords[service]) };
}

function describeSignIns(signIns: SignIns, today: Day): string {
  if (signIns.kind === 'unavailable') return 'sign-ins could not be read';
  if (signIns.kind === 'missing') return 'no sign-in data';
  if (signIns.lastSuccessful === null) return 'no successful sign-in on record';
  return `last successful sign-in ${formatDay(signIns.lastSuccessful, today)}`;
}

function describeAttempts(signIns: SignIns, reasons: readonly ReasonCode[], today: Day): string[] {
  if (signIns.kind !== 'read' || signIns.lastAttempt === null) return [];
  const until = formatDay(signIns.lastAttempt, today);
  if (reasons.includes('sign-in-attempts-only')) return [`sign-in attempts until ${until}`];
  if (!reasons.includes('signs-of-spray')) return [];
  return [`sign-in attempts without a success until ${until}: looks like a password spray`];
}

function selectLater(a: Day | null, b: Day | null): Day | null {
  if (a === null) return b;
  return b !== null && b > a ? b : a;
}
