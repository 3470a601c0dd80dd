// One merge never changes more accounts than the policy's limits. The share of the tenant is the apply's to check. Pure.
import type { Problem } from '../errors.ts';
import { isSubjectToCaps } from '../removals.ts';
import { getStageOrder } from '../stage.ts';
import { buildProblem, type CheckInput } from './input.ts';

type Parsed = CheckInput['head'][number];

export function checkCaps(input: CheckInput): Problem[] {
  const { limits } = input.policy;
  const entering = input.head.filter(
    ({ path, value }) => !input.base.has(path) && getStageOrder(value.stage) >= 0,
  );
  const taking = input.head.filter(({ path, value }) =>
    isSubjectToCaps(input.base.get(path)?.file ?? null, value),
  );
  return [
    ...checkCap(entering, limits.newAccountsPerAudit, 'newAccountsPerAudit', 'enter the plan'),
    ...checkCap(taking, limits.changesPerApply, 'changesPerApply', 'are disabled or delicensed'),
    ...checkCapOfEachDepartment(
      entering,
      limits.newAccountsPerDepartment,
      'newAccountsPerDepartment',
      'enter the plan',
    ),
    ...checkCapOfEachDepartment(
      taking,
      limits.changesPerDepartment,
      'changesPerDepartment',
      'are disabled or delicensed',
    ),
  ];
}

function checkCapOfEachDepartment(
  files: readonly Parsed[],
  most: number,
  limit: string,
  verb: string,
): Problem[] {
  const groups = Map.groupBy(files, ({ value }) => value.account.department ?? 'no department');
  return [...groups].flatMap(([department, group]) =>
    checkCap(group, most, limit, `of ${department} ${verb}`),
  );
}

/** Told once, at the first file that is over the limit. */
function checkCap(files: readonly Parsed[], most: number, limit: string, verb: string): Problem[] {
  const first = files[most];
  if (first === undefined) return [];
  const message = `${files.length} accounts ${verb} with this change, allowed are ${most} (limits.${limit}); leave the others for the next one`;
  return [buildProblem(first, ['stage'], 'over-limit', message)];
}
