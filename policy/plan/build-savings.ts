// The `savings` of an account file: what its merges save, and what has to stay. Pure.
import type { AssignedLicense, Evidence } from '../evidence.ts';
import { toOriginalState } from '../files/removals.ts';
import { isReleased } from '../files/stage.ts';
import type { StackRules } from '../judge/judge.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import { applyRelease, listHeldBack, selectGoneWithBlock, sumMonthly } from '../judge/savings.ts';
import type { AccountFile, HeldBackReason, RestoreState, Savings, Stage } from '../schemas/account.ts';

/**
 * A licence assigned after the file was written goes with no merge, and saves nothing. What groups take back with the block is in
 * the sum; on the move to Delicense if it has gone by then. Otherwise sign-in was left allowed, or is again, and it stays.
 */
export function buildSavings(
  { judged: { evidence, judgement }, rules }: { judged: JudgedAccount; rules: StackRules },
  restore: RestoreState,
  moved?: { file: AccountFile; to: Stage },
): Savings {
  const outlook = applyRelease(judgement.savings, moved !== undefined && isReleased(moved.file));
  const namedSkus = new Set(toOriginalState(restore).licenses);
  const listedSkus = new Set(restore.licenses.map(({ skuPartNumber }) => skuPartNumber));
  const byGroup = selectGoneWithBlock(outlook);
  const byMerge = outlook.reclaimable.filter((entry) => !byGroup.includes(entry));
  const isDelicensing = moved?.to === 'delicense';
  return {
    monthly: sumMonthly([
      ...byMerge.filter(({ license }) => namedSkus.has(license.skuPartNumber)),
      ...(isDelicensing
        ? listTakenBack(moved.file, evidence).map((sku) => ({ monthly: rules.prices.monthly[sku] ?? null }))
        : byGroup.filter(({ license }) => listedSkus.has(license.skuPartNumber))),
    ]),
    currency: outlook.currency,
    heldBack: [
      ...listHeldBack(outlook),
      ...(isDelicensing ? outlook.withBlock.map((license) => ({ license, reason: findGroupsReason(license) })) : []),
    ].map(({ license: { skuPartNumber, error }, reason }) => ({
      skuPartNumber,
      reason,
      ...(error === undefined ? {} : { error }),
    })),
  };
}

/** What dynamic groups gave when sign-in was still allowed, and is gone. */
function listTakenBack({ dynamicGroups = [], restore }: AccountFile, { licenses }: Evidence): string[] {
  const given = new Set(dynamicGroups.flatMap(({ skuPartNumbers }) => skuPartNumbers));
  const isGone = (sku: string) => given.has(sku) && !licenses.some(({ skuPartNumber }) => skuPartNumber === sku);
  return [...new Set(restore.licenses.map(({ skuPartNumber }) => skuPartNumber))].filter(isGone);
}

function findGroupsReason({ groupObstacles }: AssignedLicense): HeldBackReason {
  return groupObstacles?.[0]?.reason ?? 'inherited-from-group';
}
