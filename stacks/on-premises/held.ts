// Who is in quarantine: the synced accounts whose merged files block sign-in, as long as the guard still allows it.
import { DormantError } from '../../policy/errors.ts';
import {
  type GuardContext,
  guard,
  type Refusal,
  type RefusalCode,
  type Reviewed,
} from '../../policy/guard.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { asksToShare, isOwnConversion, takesAway } from '../../policy/stage.ts';
import type { ApplyContext } from '../tenant/apply-context.ts';
import type { FoundAccount } from '../tenant/fresh.ts';

/**
 * The files that ask for it: Active Directory owns the account, its stage takes sign-in away, and nobody has edited that out of
 * `desired`. Pure.
 */
export function asksToHold({ account, stage, desired }: AccountFile): boolean {
  return account.onPremisesSyncEnabled && takesAway(stage) && !desired.accountEnabled;
}

/**
 * Object ids of these files' accounts that may be held now, sorted. Each is read afresh, like before any other write: whoever is
 * refused is not held, and if still enabled is named by its own account's outcome. Throws when one cannot be read, because
 * leaving it out would let it go.
 */
export async function heldAccounts(
  files: readonly AccountFile[],
  { find, guard: context }: Pick<ApplyContext, 'find' | 'guard'>,
): Promise<string[]> {
  const asked = files.filter(asksToHold);
  const found = await Promise.all(asked.map(({ account }) => find(account.id)));
  return asked
    .filter((file, at) => refusalsToHold(file, found[at] ?? null, context).length === 0)
    .map(({ account }) => account.id)
    .sort();
}

/**
 * The guard, as before a block. From an account that Active Directory has disabled meanwhile nothing is taken: the age of its
 * evidence does not matter then, nor sign-ins from before or that cannot be read, or everybody would leave the quarantine 30
 * days after the last review.
 */
function refusalsToHold(file: AccountFile, fresh: FoundAccount | null, context: GuardContext): Refusal[] {
  const refusals = guard(reviewedIn(file), fresh, context);
  const unknown = refusals.find(({ code }) => code === 'privilege-unknown');
  // What nobody may read says nothing of this account: to let it go for that would give sign-in back.
  if (unknown !== undefined)
    throw new DormantError(unknown.code, `The quarantine stays as it is: ${unknown.because}.`, {
      remedy:
        'Grant the permission (`dormant doctor` says which), or make it optional in policy/policy.yaml.',
    });
  const isBlocked = fresh?.accountEnabled === false;
  return isBlocked ? refusals.filter(({ code }) => !aboutActivity.has(code)) : refusals;
}

const aboutActivity: ReadonlySet<RefusalCode> = new Set([
  'active-again',
  'sign-in-attempts-only',
  'sign-ins-unavailable',
  'evidence-too-old',
]);

function reviewedIn(file: AccountFile): Reviewed {
  const isAsked = asksToShare(file);
  return { ...file, isOwnMailbox: isOwnConversion(file.restore, { isAsked, isBegun: isAsked }) };
}
