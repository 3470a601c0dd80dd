// Since when each account file is in its stage, for the dates in notices: read from main's history, as the audit does. Closed
// dates and pauses that have passed do not count, so that the stage begins as many days later.
import { readStackOnMain } from '../../audit/history/tracked-files.ts';
import { countCountedDays } from '../../policy/calendar/day-span.ts';
import { DormantError } from '../../policy/errors.ts';
import { addDays, type Day } from '../../policy/evidence.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { isNoticeStage } from '../../stacks/notice/manager-notice.ts';

/** By path. Empty if no notice is due (git is not called) or the history cannot be read: the apply goes on. */
export async function readStageDays(
  repository: string,
  { stack, accounts }: StackFiles,
  today: Day,
): Promise<ReadonlyMap<string, Day>> {
  if (!accounts.some(({ value }) => isNoticeStage(value.stage))) return new Map();
  try {
    const { inForce, lineRules } = await readStackOnMain(repository, 'HEAD', { stack, today });
    const uncounted = lineRules.findUncounted(Number.POSITIVE_INFINITY);
    return new Map(
      inForce.map(({ path, since }) => [path, addDays(today, -countCountedDays(since, today, uncounted))]),
    );
  } catch (error) {
    if (error instanceof DormantError) return new Map();
    throw error;
  }
}
