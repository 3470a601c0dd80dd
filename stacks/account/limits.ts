// The last check of the limits, over everything that one apply would take: above any of them nothing is taken. Pure.
import { DormantError } from '../../policy/errors.ts';
import { type CappedChange, isCapped } from '../../policy/files/removals.ts';
import { toAccountCount } from '../../policy/guard/tenant-share.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import type { AccountChange } from './account-change.ts';

export type LimitedChange = CappedChange & Pick<AccountChange, 'account'>;

/**
 * Throws `over-limit` with every limit that is passed. `enabledMembers`: what `limits.shareOfTenant` is a share of.
 */
export function requireWithinLimits(
  changes: readonly LimitedChange[],
  { limits }: Policy,
  enabledMembers: number,
): void {
  const taking = changes.filter(isCapped);
  const exceeded = [
    ...describeOverLimit({
      limit: 'changesPerApply',
      scope: 'this apply',
      found: taking.length,
      allowed: limits.changesPerApply,
    }),
    ...describeDepartmentsOver(taking, limits.changesPerDepartment),
    ...describeOverLimit({
      limit: 'shareOfTenant',
      scope: `${limits.shareOfTenant * 100}% of ${enabledMembers} enabled members`,
      found: taking.length,
      allowed: toAccountCount(limits.shareOfTenant, enabledMembers),
    }),
  ];
  if (exceeded.length === 0) return;
  throw new DormantError('over-limit', `Nothing is taken: ${exceeded.join('; ')}.`, {
    where: 'limits in policy/policy.yaml',
    remedy:
      'Merge fewer at a time: set what is too much back to its former stage. Or raise the limit, with its reason beside it, in a pull request of its own.',
  });
}

function describeDepartmentsOver(taking: readonly LimitedChange[], allowed: number): string[] {
  const groups = Map.groupBy(taking, ({ account }) => account.department ?? 'no department');
  return [...groups].flatMap(([department, group]) =>
    describeOverLimit({
      limit: 'changesPerDepartment',
      scope: department,
      found: group.length,
      allowed,
    }),
  );
}

interface LimitUse {
  limit: keyof Policy['limits'];
  /** What the limit is for, in words. */
  scope: string;
  found: number;
  allowed: number;
}

function describeOverLimit({ limit, scope, found, allowed }: LimitUse): string[] {
  if (found <= allowed) return [];
  return [`${found} accounts would be disabled or delicensed, allowed are ${allowed} (limits.${limit}, ${scope})`];
}
