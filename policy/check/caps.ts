// One merge never changes more accounts than the policy's limits. The share of the tenant is the apply's to check. Pure.
import type { Problem } from '../errors.ts';
import { stageOrder } from '../stage.ts';
import { isCapped } from '../taken.ts';
import { type CheckInput, problemAt } from './input.ts';

type Parsed = CheckInput['head'][number];

export function tooManyChanges(input: CheckInput): Problem[] {
  const { limits } = input.policy;
  const entering = input.head.filter(
    ({ path, value }) => !input.base.has(path) && stageOrder(value.stage) >= 0,
  );
  const taking = input.head.filter(({ path, value }) => isCapped(input.base.get(path)?.file ?? null, value));
  return [
    ...over(entering, limits.newAccountsPerAudit, 'newAccountsPerAudit', 'enter the plan'),
    ...over(taking, limits.changesPerApply, 'changesPerApply', 'are disabled or delicensed'),
    ...byDepartment(entering, limits.newAccountsPerDepartment, 'newAccountsPerDepartment', 'enter the plan'),
    ...byDepartment(
      taking,
      limits.changesPerDepartment,
      'changesPerDepartment',
      'are disabled or delicensed',
    ),
  ];
}

function byDepartment(files: readonly Parsed[], most: number, limit: string, verb: string): Problem[] {
  const groups = Map.groupBy(files, ({ value }) => value.account.department ?? 'no department');
  return [...groups].flatMap(([department, group]) => over(group, most, limit, `of ${department} ${verb}`));
}

/** Told once, at the first file that is over the limit. */
function over(files: readonly Parsed[], most: number, limit: string, verb: string): Problem[] {
  const first = files[most];
  if (first === undefined) return [];
  const message = `${files.length} accounts ${verb} with this change, allowed are ${most} (limits.${limit}); leave the others for the next one`;
  return [problemAt(first, ['stage'], 'over-limit', message)];
}
