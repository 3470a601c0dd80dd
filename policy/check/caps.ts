// One merge never changes more accounts than the policy's limits. The apply checks the share of the tenant. Pure.
import type { Problem } from '../errors.ts';
import { isCapped, toCappedChange } from '../files/removals.ts';
import { getStageOrder } from '../files/stage.ts';
import type { Policy } from '../schemas/policy.ts';
import { buildProblem, type JudgedInput } from './input.ts';

type Parsed = JudgedInput['head'][number];

export function checkCaps(input: JudgedInput): Problem[] {
  const { limits } = input.policy;
  const entering = input.head.filter(({ path, value }) => !input.base.has(path) && getStageOrder(value.stage) >= 0);
  const taking = input.head.filter(({ path, value }) =>
    isCapped(toCappedChange(input.base.get(path)?.file ?? null, value)),
  );
  const buildCap = (limit: Cap['limit'], verb: string): Cap => ({ limit, most: limits[limit], verb });
  return [
    ...checkCap(entering, buildCap('newAccountsPerAudit', 'enter the plan')),
    ...checkCap(taking, buildCap('changesPerApply', 'are disabled or delicensed')),
    ...checkCapOfEachDepartment(entering, buildCap('newAccountsPerDepartment', 'enter the plan')),
    ...checkCapOfEachDepartment(taking, buildCap('changesPerDepartment', 'are disabled or delicensed')),
  ];
}

interface Cap {
  limit: Exclude<keyof Policy['limits'], 'changesPerWeek'>;
  most: number;
  /** What the accounts do that it counts, for the message. */
  verb: string;
}

function checkCapOfEachDepartment(files: readonly Parsed[], cap: Cap): Problem[] {
  const groups = Map.groupBy(files, ({ value }) => value.account.department ?? 'no department');
  return [...groups].flatMap(([department, group]) =>
    checkCap(group, { ...cap, verb: `of ${department} ${cap.verb}` }),
  );
}

/** One problem, at the first file over the limit. */
function checkCap(files: readonly Parsed[], { limit, most, verb }: Cap): Problem[] {
  const first = files[most];
  if (first === undefined) return [];
  const message = `${files.length} accounts ${verb} with this change, allowed are ${most} (limits.${limit}); leave the others for the next one`;
  return [buildProblem(first, ['stage'], 'over-limit', message)];
}
