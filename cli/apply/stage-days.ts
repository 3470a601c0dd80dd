// Since when each account file is in its stage, for the dates in notices: main's history says it, as it does to the audit.
import { readStackOnMain } from '../../audit/git/tracked-files.ts';
import { DormantError } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import type { StackFiles } from '../../policy/stack-files.ts';
import { isNoticeStage } from '../../stacks/notice/manager-notice.ts';

/** By path. Empty without a request to git where nobody is told of, and where no history can be read: an apply does not wait for it. */
export async function readStageDays(
  repository: string,
  { stack, accounts }: StackFiles,
): Promise<ReadonlyMap<string, Day>> {
  if (!accounts.some(({ value }) => isNoticeStage(value.stage))) return new Map();
  try {
    const { inForce } = await readStackOnMain(repository, 'HEAD', stack);
    return new Map(inForce.map(({ path, since }) => [path, since]));
  } catch (error) {
    if (error instanceof DormantError) return new Map();
    throw error;
  }
}
