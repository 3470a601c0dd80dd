// The caps: how many accounts one proposal may add, disable or delicense. The others wait and are counted. Pure.
import { toAccountCount } from '../guard/tenant-share.ts';
import type { Policy } from '../schemas/policy.ts';
import { type DraftMove, isEnteringMove, isTakingMove } from './draft-move.ts';
import type { OverLimitAccount } from './move.ts';

interface LimitedDrafts {
  within: DraftMove[];
  waiting: OverLimitAccount[];
}

/** `enabledMembers`: what `shareOfTenant` is a share of. */
interface TenantLimits {
  policy: Policy;
  enabledMembers: number;
}

type Limit = OverLimitAccount['limit'];

/**
 * Lets drafts through in order until a cap is reached. `standing`: people's decisions, counted first. Moves that give back
 * are bound only by the size of the pull request.
 */
export function applyLimits(
  standing: readonly DraftMove[],
  drafts: readonly DraftMove[],
  tenant: TenantLimits,
): LimitedDrafts {
  const counters = new Map<string, number>();
  const count = (key: string) => counters.get(key) ?? 0;
  const countCaps = (caps: readonly Cap[]) => {
    for (const { key } of caps) counters.set(key, count(key) + 1);
  };
  for (const draft of standing) countCaps(listCaps(draft, tenant));

  const limited: LimitedDrafts = { within: [], waiting: [] };
  for (const draft of drafts) {
    const caps = listCaps(draft, tenant);
    const fullCap = caps.find(({ key, most }) => count(key) >= most);
    if (fullCap === undefined) {
      countCaps(caps);
      limited.within.push(draft);
    } else if (draft.judged) {
      limited.waiting.push({ judged: draft.judged, limit: fullCap.limit });
    }
  }
  return limited;
}

interface Cap {
  limit: Limit;
  key: string;
  most: number;
}

function listCaps(draft: DraftMove, { policy, enabledMembers }: TenantLimits): Cap[] {
  const { limits, proposal } = policy;
  const department = draft.file.account.department ?? '';
  const page = proposal.groupBy === 'department' ? `files of ${department}` : 'files';
  const buildCap = (limit: Limit, key: string, most: number): Cap => ({ limit, key, most });
  return [
    buildCap('maxFiles', page, proposal.maxFiles),
    ...(isEnteringMove(draft)
      ? [
          buildCap('newAccountsPerAudit', 'new', limits.newAccountsPerAudit),
          buildCap('newAccountsPerDepartment', `new of ${department}`, limits.newAccountsPerDepartment),
        ]
      : []),
    ...(isTakingMove(draft)
      ? [
          buildCap('changesPerApply', 'changes', limits.changesPerApply),
          buildCap('changesPerDepartment', `changes of ${department}`, limits.changesPerDepartment),
          buildCap('shareOfTenant', 'share', toAccountCount(limits.shareOfTenant, enabledMembers)),
        ]
      : []),
  ];
}
