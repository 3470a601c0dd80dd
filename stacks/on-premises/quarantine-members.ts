// Who is in quarantine: the synced accounts whose merged files block sign-in, as long as the guard allows it, and members
// who cannot be read.

import type { ErrorCode } from '../../policy/error-codes.ts';
import { DormantError } from '../../policy/errors.ts';
import { isAskedToShare, isOwnConversion, isTakingStage } from '../../policy/files/stage.ts';
import {
  type GuardContext,
  guard,
  type Refusal,
  type RefusalCode,
  type ReviewedAccount,
} from '../../policy/guard/guard.ts';
import { findSilentSince } from '../../policy/guard/silent-since.ts';
import { foldId, type IdKey, type UserPrincipalName } from '../../policy/identifiers.ts';
import { findFormerBelonging } from '../../policy/populations/former-belonging.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { formatCount } from '../../policy/words/labels.ts';
import type { ApplyContext } from '../account/apply-context.ts';
import type { FoundAccount } from '../tenant/live-account.ts';

/**
 * The files that ask for it: Active Directory owns the account, its stage takes sign-in, and no reviewer has changed that
 * in `desired`. Pure.
 */
export function shouldQuarantine({ account, stage, desired }: AccountFile): boolean {
  return account.onPremisesSyncEnabled && isTakingStage(stage) && !desired.accountEnabled;
}

/** Who is held, and who could not be judged. */
export interface QuarantineMembers {
  /** Object ids, sorted. */
  members: IdKey[];
  doubtful: Doubt[];
}

interface Doubt {
  userPrincipalName: UserPrincipalName;
  code: ErrorCode;
  because: string;
}

/**
 * Which of these files' accounts are held now. Each is read anew, as before any write: a refused one is not held, and its
 * own account's outcome reports it if it is still enabled. One that cannot be read stays as in `before`, the members by the
 * state: it neither joins nor leaves.
 */
export async function readQuarantineMembers(
  files: readonly AccountFile[],
  before: ReadonlySet<IdKey>,
  context: Pick<ApplyContext, 'find' | 'guard' | 'signal'>,
): Promise<QuarantineMembers> {
  const decisions = await Promise.all(
    files.filter(shouldQuarantine).map(async (file) => {
      const decision = await decideMembership(file, context);
      return { id: foldId(file.account.id), decision };
    }),
  );
  const isMember = ({ id, decision }: (typeof decisions)[number]) =>
    typeof decision === 'boolean' ? decision : before.has(id);
  return {
    members: decisions
      .filter(isMember)
      .map(({ id }) => id)
      .sort(),
    doubtful: decisions.flatMap(({ decision }) => (typeof decision === 'boolean' ? [] : decision)),
  };
}

/** Whether it is to be held, or why that is unknown. */
async function decideMembership(
  file: AccountFile,
  { find, guard: context, signal }: Pick<ApplyContext, 'find' | 'guard' | 'signal'>,
): Promise<boolean | Doubt> {
  const { id, userPrincipalName } = file.account;
  try {
    const fresh = await find(id);
    const refusals = listQuarantineRefusals(file, fresh, context);
    if (!refusals.every(isUnreadable)) return false;
    const unknown = [...refusals, ...listProductDoubts(fresh)];
    const code = unknown.at(-1)?.code;
    if (code === undefined) return true;
    return { userPrincipalName, code, because: unknown.map(({ because }) => because).join('; ') };
  } catch (error) {
    if (!(error instanceof DormantError) || signal?.aborted) throw error;
    return { userPrincipalName, code: error.code, because: error.message };
  }
}

/** An unreadable product may protect its holder. */
function listProductDoubts(fresh: FoundAccount | null): Omit<Doubt, 'userPrincipalName'>[] {
  const unnamed = fresh?.unnamed ?? null;
  return unnamed === null ? [] : [{ code: unnamed.code, because: unnamed.message }];
}

/**
 * The guard, as before a block. If Active Directory has disabled the account meanwhile, nothing is taken from it: then the
 * age of its evidence and its sign-ins do not matter, or everybody would leave the quarantine 30 days after the last
 * review.
 */
function listQuarantineRefusals(
  file: AccountFile,
  fresh: Awaited<ReturnType<ApplyContext['find']>>,
  context: GuardContext,
): Refusal[] {
  const refusals = guard(toReviewedFile(file), fresh, context);
  const isBlocked = fresh?.accountEnabled === false;
  return isBlocked ? refusals.filter(({ code }) => !activityCodes.has(code)) : refusals;
}

/** What cannot be read says nothing of the account. Plain `pulumi` ends with it, so these are codes of errors, too. */
type UnreadableCode = 'mailbox-unknown' | 'sign-ins-unavailable' | 'privilege-unknown' | 'out-of-scope';

const unreadableCodes: ReadonlySet<RefusalCode> = new Set<UnreadableCode>([
  'mailbox-unknown',
  'sign-ins-unavailable',
  'privilege-unknown',
  // Nothing more is taken from who is outside, and nothing is given back for that.
  'out-of-scope',
]);

function isUnreadable(refusal: Refusal): refusal is Refusal & { code: UnreadableCode } {
  return unreadableCodes.has(refusal.code);
}

const activityCodes: ReadonlySet<RefusalCode> = new Set([
  'active-again',
  'sign-in-attempts-only',
  'sign-ins-unavailable',
  'evidence-too-old',
]);

/** As one sentence for preview, record and comment; empty: everybody could be judged. */
export function describeDoubtfulMembers(doubtful: QuarantineMembers['doubtful']): string[] {
  if (doubtful.length === 0) return [];
  const shown = doubtful.slice(0, 3).map(({ userPrincipalName, because }) => `${userPrincipalName}: ${because}`);
  const rest = doubtful.length - shown.length;
  const list = rest > 0 ? [...shown, `${formatCount(rest, 'other')}`] : shown;
  const whom = formatCount(doubtful.length, 'synced account');
  return [
    `It is unknown whether ${whom} may be held in quarantine: who is held stays held, and no other joins. ${list.join('; ')}.`,
  ];
}

function toReviewedFile(file: AccountFile): ReviewedAccount {
  const isAsked = isAskedToShare(file);
  const losesWithBlock = (file.dynamicGroups ?? []).length > 0;
  const former = findFormerBelonging({ ...file, losesWithBlock }, [file.desired]);
  return {
    ...file,
    evidence: { ...file.evidence, ...findSilentSince(file.evidence) },
    isOwnMailbox: isOwnConversion(file.restore, { isAsked, isBegun: isAsked }),
    ...(former === null ? {} : { former }),
  };
}
