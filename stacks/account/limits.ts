// The last check of the limits, over everything that one apply would take: above any of them nothing is taken. Pure.
import { DormantError } from '../../policy/errors.ts';
import { addDays, type Day } from '../../policy/evidence.ts';
import { type CappedChange, isCapped } from '../../policy/files/removals.ts';
import { toAccountCount } from '../../policy/guard/tenant-share.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import type { AccountChange } from './account-change.ts';

export type LimitedChange = CappedChange & Pick<AccountChange, 'account'>;

/** What the changes are counted against. */
export interface LimitBase {
  /** What `limits.shareOfTenant` is a share of. */
  enabledMembers: number;
  today: Day;
  /** The day on which something was last taken from each account. */
  takenOn: ReadonlyMap<IdKey, Day>;
}

/** Why nothing may be taken, with every limit that is passed; null: the limits allow all of it. */
export function findOverLimit(
  changes: readonly LimitedChange[],
  { limits }: Policy,
  base: LimitBase,
): DormantError | null {
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
      scope: `${limits.shareOfTenant * 100}% of ${base.enabledMembers} enabled members`,
      found: taking.length,
      allowed: toAccountCount(limits.shareOfTenant, base.enabledMembers),
    }),
    ...describeWeekOver(taking, limits, base),
  ];
  if (exceeded.length === 0) return null;
  return new DormantError('over-limit', `Nothing is taken: ${exceeded.join('; ')}.`, {
    where: 'limits in policy/policy.yaml',
    remedy:
      'Merge fewer at a time: set what is too much back to its former stage. Or raise the limit, with its reason beside it, in a pull request of its own.',
  });
}

/** However many merges and applies there are: an account counts once, from whichever day something was last taken. */
function describeWeekOver(
  taking: readonly LimitedChange[],
  { changesPerApply, changesPerWeek = 2 * changesPerApply }: Policy['limits'],
  { today, takenOn }: LimitBase,
): string[] {
  const ids = new Set(taking.map(({ account }) => foldId(account.id)));
  const others = [...takenOn].filter(([id, day]) => !ids.has(id) && day > addDays(today, -daysOfWeek));
  const found = others.length + taking.length;
  if (taking.length === 0 || found <= changesPerWeek) return [];
  const days = others.map(([, day]) => day).sort();
  const last = days[found - changesPerWeek - 1];
  const room = last === undefined ? 'that is more than a week allows' : `there is room on ${addDays(last, daysOfWeek)}`;
  const scope = `${others.length} in the last ${daysOfWeek} days, ${taking.length} now: ${room}`;
  return describeOverLimit({ limit: 'changesPerWeek', scope, found, allowed: changesPerWeek });
}

const daysOfWeek = 7;

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
