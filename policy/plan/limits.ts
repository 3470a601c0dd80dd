// The caps: how many accounts one proposal may add, disable or delicense. What is over waits and is counted. Pure.
import type { Policy } from '../schemas/policy.ts';
import { type Draft, gives, takes } from './draft.ts';
import type { Waiting } from './move.ts';

export interface Limited {
  within: Draft[];
  waiting: Waiting[];
}

type Limit = Waiting['limit'];

/**
 * Lets drafts through in their given order until a cap is reached. Moves that give back are bound by GitHub's page only.
 * `enabledMembers`: the tenant's size that `shareOfTenant` is a share of.
 */
export function applyLimits(drafts: readonly Draft[], policy: Policy, enabledMembers: number): Limited {
  const counters = new Map<string, number>();
  const limited: Limited = { within: [], waiting: [] };
  for (const draft of drafts) {
    const caps = capsFor(draft, policy, enabledMembers);
    const full = caps.find(({ key, most }) => (counters.get(key) ?? 0) >= most);
    if (full !== undefined) {
      if (draft.judged) limited.waiting.push({ judged: draft.judged, limit: full.limit });
      continue;
    }
    for (const { key } of caps) counters.set(key, (counters.get(key) ?? 0) + 1);
    limited.within.push(draft);
  }
  return limited;
}

/** How many accounts a share of the tenant is: never rounded below one, so that a small tenant can move at all. */
export function shareAsCount(share: number, enabledMembers: number): number {
  return share === 0 ? 0 : Math.max(1, Math.floor(share * enabledMembers));
}

interface Cap {
  limit: Limit;
  key: string;
  most: number;
}

function capsFor(draft: Draft, { limits, proposal }: Policy, enabledMembers: number): Cap[] {
  const department = draft.file.account.department ?? '';
  const group = proposal.groupBy === 'department' ? department : '';
  const caps: Cap[] = [{ limit: 'maxFiles', key: `files ${group}`, most: proposal.maxFiles }];
  if (gives(draft)) return caps;
  if (draft.inForce === null) {
    caps.push({ limit: 'newAccountsPerAudit', key: 'new', most: limits.newAccountsPerAudit });
    caps.push({
      limit: 'newAccountsPerDepartment',
      key: `new ${department}`,
      most: limits.newAccountsPerDepartment,
    });
  }
  if (takes(draft)) {
    caps.push({ limit: 'changesPerApply', key: 'changes', most: limits.changesPerApply });
    caps.push({
      limit: 'changesPerDepartment',
      key: `changes ${department}`,
      most: limits.changesPerDepartment,
    });
    caps.push({
      limit: 'shareOfTenant',
      key: 'share',
      most: shareAsCount(limits.shareOfTenant, enabledMembers),
    });
  }
  return caps;
}
