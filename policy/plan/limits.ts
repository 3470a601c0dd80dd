// The caps: how many accounts one proposal may add, disable or delicense. What is over waits and is counted. Pure.
import type { Policy } from '../schemas/policy.ts';
import { shareAsCount } from '../share.ts';
import { type Draft, enters, takes } from './draft.ts';
import type { Waiting } from './move.ts';

export interface Limited {
  within: Draft[];
  waiting: Waiting[];
}

type Limit = Waiting['limit'];

/**
 * Lets drafts through in their given order until a cap is reached. What people have decided stands first and takes up its room.
 * Moves that give back are bound by GitHub's page only. `enabledMembers`: the tenant's size that `shareOfTenant` is a share of.
 */
export function applyLimits(
  standing: readonly Draft[],
  drafts: readonly Draft[],
  policy: Policy,
  enabledMembers: number,
): Limited {
  const counters = new Map<string, number>();
  const count = (key: string) => counters.get(key) ?? 0;
  const charge = (caps: readonly Cap[]) => {
    for (const { key } of caps) counters.set(key, count(key) + 1);
  };
  for (const draft of standing) charge(capsFor(draft, policy, enabledMembers));

  const limited: Limited = { within: [], waiting: [] };
  for (const draft of drafts) {
    const caps = capsFor(draft, policy, enabledMembers);
    const full = caps.find(({ key, most }) => count(key) >= most);
    if (full === undefined) {
      charge(caps);
      limited.within.push(draft);
    } else if (draft.judged) {
      limited.waiting.push({ judged: draft.judged, limit: full.limit });
    }
  }
  return limited;
}

interface Cap {
  limit: Limit;
  key: string;
  most: number;
}

function capsFor(draft: Draft, { limits, proposal }: Policy, enabledMembers: number): Cap[] {
  const department = draft.file.account.department ?? '';
  const page = proposal.groupBy === 'department' ? `files of ${department}` : 'files';
  const cap = (limit: Limit, key: string, most: number): Cap => ({ limit, key, most });
  return [
    cap('maxFiles', page, proposal.maxFiles),
    ...(enters(draft)
      ? [
          cap('newAccountsPerAudit', 'new', limits.newAccountsPerAudit),
          cap('newAccountsPerDepartment', `new of ${department}`, limits.newAccountsPerDepartment),
        ]
      : []),
    ...(takes(draft)
      ? [
          cap('changesPerApply', 'changes', limits.changesPerApply),
          cap('changesPerDepartment', `changes of ${department}`, limits.changesPerDepartment),
          cap('shareOfTenant', 'share', shareAsCount(limits.shareOfTenant, enabledMembers)),
        ]
      : []),
  ];
}
