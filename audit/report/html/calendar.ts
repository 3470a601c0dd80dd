// The next four weeks: how many accounts may move on each day, if every proposal is merged on its own day.
import { html, type Markup } from '../../../forge/markup.ts';
import { isClosedDay } from '../../../policy/calendar/closed-dates.ts';
import { addDays, countDaysBetween, type Day } from '../../../policy/evidence.ts';
import type { Stage } from '../../../policy/schemas/account.ts';
import type { UpcomingStep } from '../../../policy/words/describe-account.ts';
import { formatDay, stageWords } from '../../../policy/words/labels.ts';
import type { AuditView } from '../../audit-view.ts';
import { listStepsAhead } from '../../summary/next-steps.ts';
import { isEntered } from '../../summary/totals.ts';
import { type ClockStep, describeClockStep, listClockSteps } from './clocks.ts';

const shownDays = 28;
const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Accounts that may enter each stage, and OneDrives that reach each of Microsoft's days; only days with entries. */
type Schedule = ReadonlyMap<Day, ReadonlyMap<Entry, number>>;

type Entry = UpcomingStep['stage'] | ClockStep;

export function renderCalendar(result: AuditView): Markup {
  const { auditedOn } = result;
  const schedule = buildSchedule(result);
  const start = findMonday(auditedOn);
  const weeks = Math.ceil(countDaysBetween(start, addDays(auditedOn, shownDays)) / 7);
  const isClosed = (day: Day) => isClosedDay(day, result.policy.calendar, result.uncounted);
  const rows = Array.from({ length: weeks }, (_, week) => {
    const days = Array.from({ length: 7 }, (_, weekday) => addDays(start, week * 7 + weekday));
    return html`<tr>${days.map((day) => renderDayCell(day, auditedOn, { schedule, isClosed: isClosed(day) }))}</tr>`;
  });
  return html`<figure class="card"><h3>The four weeks ahead</h3>
<figcaption>${closedWords(result)}Accounts that enter a stage, on the earliest day it is possible: each step is its own pull request, and accounts that are active again by then leave. Accounts that wait behind the limits are not in it yet. The days of OneDrives are Microsoft’s, by default.</figcaption>
<div class="scroll" tabindex="0" role="region" aria-label="The four weeks ahead"><table class="calendar"><thead><tr>${weekdays.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div></figure>`;
}

export function buildSchedule(result: AuditView): Schedule {
  const { plan, auditedOn } = result;
  const schedule = new Map<Day, Map<Entry, number>>();
  const count = ({ stage, on }: { stage: Entry; on: Day }) => {
    const day = on < auditedOn ? auditedOn : on;
    if (countDaysBetween(auditedOn, day) >= shownDays) return;
    const stages = schedule.get(day) ?? new Map<Entry, number>();
    stages.set(stage, (stages.get(stage) ?? 0) + 1);
    schedule.set(day, stages);
  };
  for (const move of plan.moves.filter(isEntered)) {
    if (move.to === null || move.to === 'archive') continue;
    count({ stage: move.to, on: auditedOn });
    for (const step of listStepsAhead({ file: move.file, stage: move.to, since: auditedOn }, result)) count(step);
  }
  for (const unmoved of plan.held) {
    if (unmoved.movesOn === null) continue;
    for (const step of listStepsAhead(unmoved, result)) if (step.on >= auditedOn) count(step);
  }
  for (const step of listClockSteps(result, shownDays)) count(step);
  return schedule;
}

function closedWords({ policy, uncounted }: AuditView): string {
  return policy.calendar === undefined && uncounted.length === 0
    ? ''
    : 'On a closed day nothing is taken, whatever is merged; it is done on the next open one. ';
}

function renderDayCell(
  day: Day,
  today: Day,
  { schedule, isClosed }: { schedule: Schedule; isClosed: boolean },
): Markup {
  if (day < today || countDaysBetween(today, day) >= shownDays)
    return html`<td class="outside"><time datetime="${day}">${renderDate(day, today)}</time></td>`;
  const entries = schedule.get(day);
  const chips = order.flatMap((entry) => {
    const count = entries?.get(entry) ?? 0;
    return count === 0
      ? []
      : [
          html`<span class="chip stage-${entry}"><b>${count.toLocaleString('en-US')}</b> <span>${describeEntry(entry)}</span></span>`,
        ];
  });
  const isToday = day === today;
  const cell = html`<time datetime="${day}">${renderDate(day, today)}${isToday ? ' · this proposal' : ''}${isClosed ? html` · <span class="closed">closed</span>` : ''}</time>${chips}`;
  return isToday ? html`<td class="today" aria-current="date">${cell}</td>` : html`<td>${cell}</td>`;
}

const order: readonly Entry[] = [
  'notify',
  'review',
  'disable',
  'delicense',
  'restore',
  'keep',
  'deletable',
  'readOnlyFrom',
  'archivedFrom',
  'deletedFrom',
  'deletedAtTheLatest',
];

function describeEntry(entry: Entry): string {
  if (entry === 'deletable') return entry;
  return isStage(entry) ? stageWords[entry].name : describeClockStep(entry);
}

function isStage(entry: Exclude<Entry, 'deletable'>): entry is Stage {
  return entry in stageWords;
}

/** The day of the month, with the month's name where needed; the list on small screens shows the full date. */
function renderDate(day: Day, today: Day): Markup {
  const [number = '', month = ''] = formatDay(day, day).split(' ');
  const isNamed = day === today || number === '1';
  const monthName = isNamed ? html` ${month}` : html`<span class="in-list"> ${month}</span>`;
  return html`<span class="in-list">${weekdays[toWeekday(day)] ?? ''} </span>${number}${monthName}`;
}

function findMonday(day: Day): Day {
  return addDays(day, -toWeekday(day));
}

/** 0 is Monday. */
function toWeekday(day: Day): number {
  return (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
}
