// What depends on the licences that go with one merge, summed up. Pure.
import { computeEffectiveDesired } from '../files/stage.ts';
import type { AccountFile } from '../schemas/account.ts';
import { isClockStarting, type OneDriveOutcome } from './one-drive-outcome.ts';

/** An account of the wave that loses a licence, or keeps one for its OneDrive. */
export interface WaveAccount {
  file: AccountFile;
  outcome: OneDriveOutcome | null;
  losesLicense: boolean;
  /** A licence goes that a phone number may depend on. */
  losesPhone: boolean;
}

export interface FileTotals {
  accounts: number;
  gigabytes: number;
  /** Accounts whose size is unknown. */
  unknown: number;
}

export interface WaveSum {
  /** OneDrives whose last licence goes. */
  leaving: FileTotals;
  /** OneDrives whose licence stays until somebody releases the files. */
  heldBack: FileTotals;
  /** Mailboxes that stay without a licence, because they are shared. */
  sharedMailboxes: number;
  phones: number;
}

export function sumWave(accounts: readonly WaveAccount[]): WaveSum {
  const losing = accounts.filter(({ losesLicense }) => losesLicense);
  return {
    leaving: sumFiles(losing.filter(({ outcome }) => isClockStarting(outcome))),
    heldBack: sumFiles(accounts.filter(({ outcome }) => outcome === 'held-back')),
    sharedMailboxes: losing.filter(({ file }) => computeEffectiveDesired(file).mailbox === 'shared').length,
    phones: losing.filter(({ losesPhone }) => losesPhone).length,
  };
}

/** In hundredths, so that the sum has no more digits than its parts. */
function sumFiles(accounts: readonly WaveAccount[]): FileTotals {
  const sizes = accounts.map(({ file }) => file.oneDrive?.gigabytes ?? null);
  const hundredths = sizes.reduce<number>((sum, size) => sum + Math.round((size ?? 0) * 100), 0);
  return {
    accounts: accounts.length,
    gigabytes: hundredths / 100,
    unknown: sizes.filter((size) => size === null).length,
  };
}
