// One merge never changes more accounts than the policy's limits. The apply checks the share of the tenant. Pure.
import type { Problem } from '../errors.ts';
import { isCapped, toCappedChange } from '../files/removals.ts';
import { getStageOrder, isTakingStage } from '../files/stage.ts';
import { applyRamp, findRampPosition, type RampPosition } from '../guard/ramp.ts';
import { listWaves } from '../guard/waves.ts';
import { foldId } from '../identifiers.ts';
import type { Policy } from '../schemas/policy.ts';
import { describeRamp } from '../words/describe-ramp.ts';
import { buildProblem, type JudgedInput } from './input.ts';

type Parsed = JudgedInput['head'][number];

export function checkCaps(input: JudgedInput): Problem[] {
  const ramp = findRamp(input);
  const { limits } = applyRamp(input.policy, ramp);
  const why = ramp === null || ramp.isAtTop ? '' : ` (ramp: ${describeRamp(ramp, input.policy)})`;
  const entering = input.head.filter(({ path, value }) => !input.base.has(path) && getStageOrder(value.stage) >= 0);
  const taking = input.head.filter(({ path, value }) =>
    isCapped(toCappedChange(input.base.get(path)?.file ?? null, value)),
  );
  const buildCap = (limit: Cap['limit'], verb: string): Cap => ({ limit, most: limits[limit], verb, why });
  return [
    ...checkCap(entering, buildCap('newAccountsPerAudit', 'enter the plan')),
    ...checkCap(taking, buildCap('changesPerApply', 'are disabled or delicensed')),
    ...checkCapOfEachDepartment(entering, buildCap('newAccountsPerDepartment', 'enter the plan')),
    ...checkCapOfEachDepartment(taking, buildCap('changesPerDepartment', 'are disabled or delicensed')),
  ];
}

/** By the base branch's waves, and by whom this change gives something back. */
function findRamp({ policy, today, main, base, head }: JudgedInput): RampPosition | null {
  const { lineRules } = main;
  if (policy.ramp === undefined || lineRules === null)
    return findRampPosition(policy, { waves: [], today, uncounted: [] });
  const isGiven = ({ path, value }: Parsed) => {
    const before = base.get(path)?.file.stage;
    return before !== undefined && isTakingStage(before) && !isTakingStage(value.stage);
  };
  const givenBackNow = new Set(head.filter(isGiven).map(({ value }) => foldId(value.account.id)));
  const waves = listWaves({
    ...{ versions: main.versions, giveBacks: main.giveBackVersions },
    ...{ days: lineRules.days, start: lineRules.findRampStart() },
  });
  const uncounted = lineRules.findUncounted(Number.POSITIVE_INFINITY);
  return findRampPosition(policy, { waves, today, uncounted, givenBackNow });
}

interface Cap {
  limit: Exclude<keyof Policy['limits'], 'changesPerWeek'>;
  most: number;
  /** What the accounts do that it counts, for the message. */
  verb: string;
  /** Why it is less than the policy’s own, if it is. */
  why: string;
}

function checkCapOfEachDepartment(files: readonly Parsed[], cap: Cap): Problem[] {
  const groups = Map.groupBy(files, ({ value }) => value.account.department ?? 'no department');
  return [...groups].flatMap(([department, group]) =>
    checkCap(group, { ...cap, verb: `of ${department} ${cap.verb}` }),
  );
}

/** One problem, at the first file over the limit. */
function checkCap(files: readonly Parsed[], { limit, most, verb, why }: Cap): Problem[] {
  const first = files[most];
  if (first === undefined) return [];
  const message = `${files.length} accounts ${verb} with this change, allowed are ${most} (limits.${limit})${why}; leave the others for the next one`;
  return [buildProblem(first, ['stage'], 'over-limit', message)];
}
