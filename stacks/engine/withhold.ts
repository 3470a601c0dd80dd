// The limits over everything that one apply would take, and what goes on above them.
import type { DormantError } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import { hasRemovals, isCapped } from '../../policy/files/removals.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { findRampPosition, type RampPosition } from '../../policy/guard/ramp.ts';
import { listWaves } from '../../policy/guard/waves.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';
import { allowsMails, type TakingStop } from '../../policy/pause/taking-stop.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import { buildLineRules } from '../../policy/signing/line-rules.ts';
import { type AccountChange, isChange } from '../account/account-change.ts';
import { applyAccount } from '../account/apply-account.ts';
import type { ApplyContext } from '../account/apply-context.ts';
import { createDryRunContext } from '../account/dry-run.ts';
import { findOverLimit, type LimitBase } from '../account/limits.ts';
import type { MainBase } from '../main-base.ts';
import type { Restraint } from '../restraint.ts';
import { listTakingSteps } from '../tenant/outcome.ts';
import type { TrustedStack } from '../trusted-files.ts';
import type { EnginePlan } from './engine-plan.ts';
import type { PlannedChange, PlannedNotice } from './plan-changes.ts';

interface LimitQuery {
  /** With the limits as they are now: see `findStackRamp`. */
  policy: Policy;
  context: ApplyContext;
  today: Day;
  takenOn: LimitBase['takenOn'];
  /** Who joins the quarantine, which blocks whom Active Directory has not disabled yet. */
  holds: readonly IdKey[];
}

/** null: the limits allow everything. Only what passes one is counted account by account, by what would be written. */
export async function findLimitRefusal(
  changes: readonly PlannedChange[],
  { policy, context, today, takenOn, holds }: LimitQuery,
): Promise<DormantError | null> {
  if (!changes.some(({ change }) => isChange(change))) return null;
  const base = { enabledMembers: await context.reader.countEnabledMembers(), today, takenOn };
  const planned = changes.map(({ change }) => change).filter(isCapped);
  if (findOverLimit(planned, policy, base) === null) return null;
  return findOverLimit(await selectTaking(planned, new Set(holds), context), policy, base);
}

/** Where main's waves have brought the stack on its ramp; null: the policy has none. */
export function findStackRamp(
  { policy }: Pick<StackFiles, 'policy'>,
  main: MainBase,
  { today, landed }: { today: Day; landed: TrustedStack['landed'] },
): RampPosition | null {
  if (policy.value.ramp === undefined) return null;
  const rules = buildLineRules(main, today, landed);
  const { versions, giveBacks } = main;
  const waves = listWaves({ versions, giveBacks, days: rules.days, start: rules.findRampStart() });
  return findRampPosition(policy.value, { waves, today, uncounted: rules.findUncounted(Number.POSITIVE_INFINITY) });
}

/** Who is refused, waits, or has nothing left to lose takes nobody else's place. What cannot be told counts. */
async function selectTaking(
  changes: readonly AccountChange[],
  holds: ReadonlySet<IdKey>,
  context: ApplyContext,
): Promise<AccountChange[]> {
  const dryRun = createDryRunContext(context);
  const asked = await Promise.all(
    changes.map(async (change) => {
      const outcome = await applyAccount(change, dryRun);
      const isTaking = outcome.failure !== null || listTakingSteps(outcome).length > 0;
      return isTaking || holds.has(foldId(change.account.id)) ? change : [];
    }),
  );
  return asked.flat();
}

type Withheld = Pick<
  EnginePlan,
  'changes' | 'notices' | 'hrNotice' | 'quarantine' | 'quarantineUrns' | 'isQuarantineDue' | 'isNothing' | 'released'
>;

/** Above the limits giving back, adopting and leaving the quarantine go on; nobody joins it, and no mail is sent but of who is given back. */
export function withholdTaking<T extends Withheld>(plan: T, restraint: Restraint): T {
  return withhold(plan, restraint, { notices: plan.notices.filter(isOfGiveBack), hrNotice: null });
}

/** The same while taking is stopped; only a mail that announces nothing that is stopped may go out. */
export function withholdWhileStopped<T extends Withheld & Pick<EnginePlan, 'held' | 'isHeldBack'>>(
  plan: T,
  restraint: Restraint,
  stop: TakingStop,
): T {
  const { hrNotice } = plan;
  const notices = allowsMails(stop) ? plan.notices : plan.notices.filter(isOfGiveBack);
  const left = withhold(plan, restraint, { notices, hrNotice });
  const stays = new Set(left.changes);
  const held = plan.changes.filter((each) => !stays.has(each));
  const isQuarantineHeld = (plan.quarantine?.holds.length ?? 0) > 0;
  const isHeldBack = held.length > 0 || notices.length < plan.notices.length || isQuarantineHeld;
  return { ...left, held: [...plan.held, ...held], isHeldBack: plan.isHeldBack || isHeldBack };
}

/** Whether anything of it is taken, or announces that. */
export function isTakingPlan({ changes, notices, quarantine }: Withheld): boolean {
  const isTaking = changes.some(({ change }) => isCapped(change));
  return isTaking || !notices.every(isOfGiveBack) || (quarantine?.holds.length ?? 0) > 0;
}

function isOfGiveBack({ notice }: PlannedNotice): boolean {
  return notice.stage === 'give-back';
}

function withhold<T extends Withheld>(
  plan: T,
  restraint: Restraint,
  { notices, hrNotice }: Pick<EnginePlan, 'notices' | 'hrNotice'>,
): T {
  const changes = plan.changes.filter(({ change }) => !hasRemovals(change.from, change.to));
  const { quarantine, quarantineUrns, released } = plan;
  const isReleasing = quarantine !== null && quarantine.releases.length > 0 && !quarantine.isNewMode;
  restraint.notHeld = new Set([...restraint.notHeld, ...(isReleasing ? quarantine.holds : [])]);
  return {
    ...plan,
    changes,
    notices,
    hrNotice,
    quarantine: isReleasing ? { ...quarantine, holds: [] } : null,
    quarantineUrns: isReleasing ? quarantineUrns : [],
    isQuarantineDue: isReleasing,
    isNothing: changes.length + released.length + notices.length === 0 && hrNotice === null && !isReleasing,
  };
}
