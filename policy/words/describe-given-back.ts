// What can be given back to one person, and until when, as main last took it from them. Pure.
import type { Day } from '../evidence.ts';
import { computeRemovals, toOriginalState } from '../files/removals.ts';
import { computeEffectiveDesired } from '../files/stage.ts';
import { computeOneDriveClock } from '../licenses/microsoft-clocks.ts';
import { findOneDriveOutcome, isClockStarting } from '../licenses/one-drive-outcome.ts';
import type { AccountFile } from '../schemas/account.ts';
import { describeOneDriveClock } from './describe-clocks.ts';
import { formatDay, formatList } from './labels.ts';

export interface GivenBack {
  /** Such as `sign-in`. */
  what: string;
  /** Until when, as the end of a sentence. */
  until: string;
}

/**
 * `file`: the last version that took something. `since`: the day on which main got its stage, so the earliest on which a licence
 * can have gone. Empty: it takes nothing.
 */
export function listGivenBack(file: AccountFile, since: Day, today: Day): GivenBack[] {
  const { signIn, mailbox, licenses } = computeRemovals(toOriginalState(file.restore), computeEffectiveDesired(file));
  const [isUnlicensed, isSynced] = [licenses.length > 0, file.account.onPremisesSyncEnabled];
  const clock = computeOneDriveClock(since);
  const losesOneDrive = file.stage === 'delicense' && isClockStarting(findOneDriveOutcome(file));
  return [
    ...(signIn
      ? [{ what: 'sign-in', until: isSynced ? 'at any time, by Active Directory’s admins' : 'at any time' }]
      : []),
    ...(mailbox ? [{ what: 'their own mailbox', until: `at any time${isUnlicensed ? ', with a licence' : ''}` }] : []),
    ...(isUnlicensed ? [{ what: formatList(licenses), until: 'as long as one is free' }] : []),
    ...(losesOneDrive ? [{ what: 'files in OneDrive', until: describeOneDriveClock(clock, today) }] : []),
    ...listMailLosses(file, today),
  ];
}

function listMailLosses({ mailbox }: AccountFile, today: Day): GivenBack[] {
  if (mailbox === undefined) return [];
  return [{ what: 'mail', until: `lost by ${formatDay(mailbox.lostBy, today)}, unless a licence is back before` }];
}
