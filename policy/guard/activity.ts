// What the apply's last look says of activity, by the days of the population that the account belongs to now. Pure.
import { countDaysBetween } from '../evidence.ts';
import type { Policy } from '../schemas/policy.ts';
import type { GuardContext, LiveAccount, Refusal, ReviewedAccount } from './guard.ts';

/** `policy`: with the population's days. */
interface ResolvedContext extends Pick<GuardContext, 'policy' | 'today'> {
  /** null: the policy's own days hold. */
  population: string | null;
}

/** Only what was just read counts, not the file; a day in the future counts, too. */
export function refuseActiveAgain(
  { evidence }: ReviewedAccount,
  { signIns }: LiveAccount,
  { policy, population, today }: ResolvedContext,
): Refusal[] {
  if (signIns.kind !== 'read' || signIns.lastSuccessful === null) return [];
  if (countDaysBetween(signIns.lastSuccessful, today) >= policy.inactiveAfterDays) return [];
  const seen = evidence.lastActivity.signIn ?? 'no sign-in';
  const because = `signed in on ${signIns.lastSuccessful}; the review saw ${seen}${describePopulation(population, policy)}`;
  return [{ code: 'active-again', because }];
}

/** Who belongs to others than at the review has to be silent for as long as they. */
export function refuseShortSilence(
  { evidence }: ReviewedAccount,
  { policy, population, today }: ResolvedContext,
): Refusal[] {
  const { silentSince, population: before } = evidence;
  const isOfAny = policy.populations !== undefined || before !== undefined;
  if (!isOfAny || silentSince === undefined) return [];
  const { inactiveAfterDays } = policy;
  if (countDaysBetween(silentSince, today) >= inactiveAfterDays) return [];
  const now = population === null ? 'no population' : `the population ${population}`;
  const reviewed = before === undefined ? 'in no population' : `as ${before}`;
  const because = `is of ${now} now, and there ${inactiveAfterDays} days of silence are asked for; it was reviewed ${reviewed}, silent since ${silentSince}`;
  return [{ code: 'active-again', because }];
}

/** One of them may have succeeded: Entra has not kept successes for as long as attempts. */
export function refuseAttemptsOnly(
  { signIns }: LiveAccount,
  { policy, today, population }: ResolvedContext,
): Refusal[] {
  if (signIns.kind !== 'read' || signIns.lastSuccessful !== null || signIns.lastAttempt === null) return [];
  if (countDaysBetween(signIns.lastAttempt, today) >= policy.inactiveAfterDays) return [];
  const because = `tried to sign in on ${signIns.lastAttempt}, and whether that succeeded is not known${describePopulation(population, policy)}`;
  return [{ code: 'sign-in-attempts-only', because }];
}

/** As `; contractors: 30 days`. */
function describePopulation(population: string | null, { inactiveAfterDays }: Policy): string {
  return population === null ? '' : `; ${population}: ${inactiveAfterDays} days`;
}
