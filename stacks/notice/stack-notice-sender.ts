// The sender of a stack's notices, for the provider that sends and for the preview that only drafts.
import { join } from 'node:path';
import { createRateLimiter } from '../../graph/rate-limit.ts';
import { listUncountedDates } from '../../policy/calendar/uncounted-days.ts';
import { collectIds, type StackFiles } from '../../policy/files/stack-files.ts';
import { isEmulated } from '../../policy/schemas/tenant.ts';
import type { ApplyContext } from '../account/apply-context.ts';
import { createNoticeJournal } from './journal.ts';
import { createNoticeSender, type NoticeSender } from './notice-sender.ts';

/** The embedded tenant has no limit for mails. */
const unlimitedPace = { burst: 1_000, perSecond: 1_000 };

export function createStackNoticeSender(
  { stack, tenant, policy, holidays, accounts }: StackFiles,
  { repository, env }: { repository: string; env: NodeJS.ProcessEnv },
  { reader, writer, signal, guard }: Pick<ApplyContext, 'reader' | 'writer' | 'signal' | 'guard'>,
): NoticeSender {
  const { notifications } = policy.value;
  const isEmbedded = isEmulated(tenant.value.cloud);
  return createNoticeSender({
    reader,
    writer,
    signal,
    journal: createNoticeJournal(join(repository, 'out', stack, 'notices.jsonl')),
    tenant: tenant.value,
    notifications,
    planned: collectIds(accounts.map(({ value }) => value)),
    policy: policy.value,
    uncounted: listUncountedDates(policy.value, holidays),
    repositoryUrl: findRepositoryUrl(env),
    today: guard.today,
    now: isEmbedded ? () => new Date(`${guard.today}T12:00:00Z`) : () => new Date(),
    ...(isEmbedded ? { pace: createRateLimiter(unlimitedPace) } : {}),
  });
}

/** On GitHub Actions; elsewhere a mail links to no file. */
function findRepositoryUrl({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name }: NodeJS.ProcessEnv): string | null {
  return server && name ? `${server}/${name}` : null;
}
