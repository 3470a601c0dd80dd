// What a run had done when it ended early, from the lines of its log: the engine's events may be lost with it.
import { noRequest } from '../../graph/request-ids.ts';
import { listSkusGivenBy } from '../../policy/files/memberships.ts';
import { foldId } from '../../policy/identifiers.ts';
import { stepWords } from '../../policy/words/apply-words.ts';
import type { PlannedChange, PlannedNotice } from '../engine/plan-changes.ts';
import { buildNoticeName } from '../notice/manager-notice.ts';
import type { NoticeReport } from '../provider/provider-messages.ts';
import { type ApplyOutcome, createOutcome } from '../tenant/outcome.ts';
import type { LogLine, StepEntry } from './apply-log.ts';

type Step = Extract<LogLine, StepEntry>;

/** The lines of the last run of this name. */
export function selectRun(lines: readonly LogLine[], run: string): Step[] {
  const own = lines.filter((line) => line.run === run);
  return own.slice(own.findLastIndex(({ what }) => what === 'begun') + 1).flatMap((line) => (isStep(line) ? line : []));
}

function isStep(line: LogLine): line is Step {
  return 'step' in line;
}

/** null: nothing was asked of the tenant for this account. */
export function buildBrokenReport({ change }: PlannedChange, steps: readonly Step[]): ApplyOutcome | null {
  const id = foldId(change.account.id);
  const own = steps.filter(({ account }) => account !== null && foldId(account.id) === id);
  const last = own.at(-1);
  if (last === undefined) return null;
  const done = own.flatMap(({ what, step, group, receipt = { ...noRequest, at: '' }, removed = [], given = [] }) => {
    if (what !== 'done' || step === 'mail-sent') return [];
    if (group === undefined) return { step, ...receipt, removed, given };
    const gave = step === 'group-left' ? listSkusGivenBy(change.restore, group) : [];
    return { step, ...receipt, group, removed: gave, given };
  });
  return { ...createOutcome(change), done, failure: findLastFault(last) };
}

/** An account is changed step by step, so only its last request can be without an answer. */
function findLastFault({ what, step, because = '' }: Step): ApplyOutcome['failure'] {
  if (what === 'done') return null;
  const name = step === 'mail-sent' ? step : stepWords[step].done;
  const message = what === 'failed' ? because : `“${name}” was asked of Microsoft, and the answer never came.`;
  return { code: 'engine', message, remedy: again };
}

const again = 'Run the apply again: it looks what has happened, and does the rest.';

export function buildBrokenMails(
  notices: readonly Pick<PlannedNotice, 'notice' | 'unsure'>[],
  steps: readonly Step[],
): NoticeReport[] {
  const byName = new Map(notices.map((planned) => [buildNoticeName(planned.notice), planned]));
  return steps.flatMap(({ what, step, notice: name = '', to = '', subject = '', receipt = noRequest }) => {
    if (what !== 'done' || step !== 'mail-sent') return [];
    const { notice, unsure = [] } = byName.get(name) ?? {};
    const people = notice?.people.map(({ id }) => id) ?? [];
    const mayBeSecond = people.some((id) => unsure.includes(id));
    return { ...receipt, to, subject, people, because: null, mayBeSecond, stage: notice?.stage ?? 'escalation' };
  });
}
