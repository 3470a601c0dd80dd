// Why the data of an account may not be erased yet: nobody is erased who is still blocked by this pipeline, or could be given
// something back. Doubt keeps. Pure.
import { addDays, type Day, type Evidence } from '../evidence.ts';
import { listNotYetRestored } from '../files/not-yet-restored.ts';
import { isTakingStage } from '../files/stage.ts';
import type { AccountFile } from '../schemas/account.ts';
import { formatList } from '../words/labels.ts';

/** What the tenant shows of the account. */
export type TenantSight =
  | { kind: 'listed'; evidence: Pick<Evidence, 'accountEnabled' | 'licenses' | 'mailbox'> }
  /** Entra keeps it for 30 days, under the same id. */
  | { kind: 'deleted'; on: Day }
  /** It is neither among the users nor among the deleted ones. */
  | { kind: 'gone' }
  /** It is there, and nothing more is known. */
  | { kind: 'not-listed' }
  | { kind: 'unknown' };

export interface ErasureQuestion {
  /** The file in accounts/, as main has it; null: none. */
  inAccounts: AccountFile | null;
  /** The files in archive/, as they count. `isUnsigned`: no audit has signed it, nor anything before it. */
  inArchive: readonly { file: AccountFile; isUnsigned?: boolean }[];
  /** By main's history this pipeline took something from the account, ever. */
  wasTaken: boolean;
  /** Main lost the file from accounts/ at a stage that takes, as no audit does; null: that never happened. */
  takenOut: AccountFile | null;
  /** Path of a file of accounts/ or archive/ that names the account and cannot be read; null: there is none. */
  unreadable: string | null;
  /** Path of a file of give-back/ about the account; null: there is none. */
  giveBack: string | null;
  /** Whether the apply's state knows the account as one from whom something is taken; null: nobody knows. */
  isInState: boolean | null;
  /** null: nobody has looked. Then only what main says counts. */
  tenant: TenantSight | null;
  today: Day;
}

const obstacleCodes = [
  'unreadable',
  'give-back-pending',
  'taken',
  'not-given-back',
  'in-archive',
  'taken-out',
  'still-blocked',
  'restorable',
  'not-seen',
  'not-signed',
  'in-state',
] as const;

export interface ErasureObstacle {
  code: (typeof obstacleCodes)[number];
  /** As a clause, such as `its account is deleted and can be restored until 2027-01-03`. */
  because: string;
  /** What ends it, as a sentence. */
  remedy: string;
}

/**
 * null: nothing stands against it. With `tenant` it is the audit's question about a file of archive/. Without it, as for
 * records, it is whether main has nothing left by which the account could be given something back.
 */
export function findErasureObstacle(question: ErasureQuestion): ErasureObstacle | null {
  const { unreadable, giveBack } = question;
  if (unreadable !== null) return build('unreadable', `${unreadable} names it and cannot be read`);
  if (giveBack !== null) return build('give-back-pending', `${giveBack} gives it back`);
  return findInAccounts(question) ?? findInState(question) ?? findOwed(question);
}

/** A file in accounts/ is erased only where nothing was ever taken by it. */
function findInAccounts({ inAccounts, wasTaken }: ErasureQuestion): ErasureObstacle | null {
  if (inAccounts === null) return null;
  const { stage } = inAccounts;
  if (isTakingStage(stage)) return build('taken', `main has it at ${stage}`);
  const mayBeOpen = stage === 'restore' || wasTaken;
  return mayBeOpen ? build('not-given-back', `main has it at ${stage}, and what was taken may not be back yet`) : null;
}

/** Of an account that is gone nothing can be given back, whatever the state would say. */
function findInState({ isInState, tenant }: ErasureQuestion): ErasureObstacle | null {
  if (isInState === true) return build('in-state', 'the state of the apply still has it');
  const isThere = tenant?.kind === 'listed';
  return isInState === null && isThere ? build('in-state', 'the state of the apply could not be read') : null;
}

/** What main keeps of it because something was taken. */
function findOwed({ inArchive, takenOut, tenant, today }: ErasureQuestion): ErasureObstacle | null {
  const owed = [...inArchive, ...(takenOut === null ? [] : [{ file: takenOut }])];
  if (owed.length === 0) return null;
  if (tenant === null)
    return inArchive.length > 0
      ? build('in-archive', 'main has its file in archive/')
      : build('taken-out', `main lost its file at ${takenOut?.stage}`);
  switch (tenant.kind) {
    case 'gone':
      return null;
    case 'deleted': {
      const until = addDays(tenant.on, binDays);
      const because = `its account was deleted on ${tenant.on} and can be restored until ${until}`;
      return today > until ? null : build('restorable', because);
    }
    case 'not-listed':
      return build('not-seen', 'its account is there, and the listing left it out');
    case 'unknown':
      return build('not-seen', 'whether the tenant still has its account could not be read');
    case 'listed':
      return findMissing(owed, tenant.evidence);
  }
}

/** Entra keeps a deleted user for up to 30 days (https://learn.microsoft.com/graph/api/resources/directory). */
const binDays = 30;

/** Of somebody who is there, only signed facts say what they had. */
function findMissing(
  owed: ErasureQuestion['inArchive'],
  evidence: Pick<Evidence, 'accountEnabled' | 'licenses' | 'mailbox'>,
): ErasureObstacle | null {
  if (owed.some(({ isUnsigned = false }) => isUnsigned))
    return build('not-signed', 'its account is there, and no audit has signed what the file says that it had');
  const missing = new Set(owed.flatMap(({ file }) => listMissing(file, evidence)));
  if (missing.size === 0) return null;
  return build('still-blocked', `its account is there without what was taken: ${formatList([...missing])}`);
}

/** More than `restore` waits for: a mailbox that is not seen may be on its way back. */
function listMissing(file: AccountFile, evidence: Pick<Evidence, 'accountEnabled' | 'licenses' | 'mailbox'>): string[] {
  const missing = listNotYetRestored(file, evidence);
  const isWithout = file.restore.mailbox === 'user' && evidence.mailbox.recipientType !== 'user';
  const mailbox = 'the mailbox as a user mailbox';
  return isWithout && !missing.includes(mailbox) ? [...missing, mailbox] : missing;
}

function build(code: ErasureObstacle['code'], because: string): ErasureObstacle {
  return { code, because, remedy: remedies[code] };
}

const restoreFirst = 'Restore first (`dormant restore`), merge it, and wait for the audit that takes the file out.';
const nextAudit = 'Audits look again each week.';

const remedies: Record<ErasureObstacle['code'], string> = {
  unreadable: 'Put the file back as an earlier commit has it.',
  'give-back-pending':
    'Merge the next proposal first, which takes that file away once the account has back what was taken.',
  taken: restoreFirst,
  'not-given-back': 'Wait for the audit that takes the file out once the tenant shows that it is given back.',
  'in-archive':
    'Erase the file first: with `privacy.eraseAfterDays` the audit proposes it once the account is gone or has back what was taken. Or restore first (`dormant restore`).',
  'taken-out': restoreFirst,
  'still-blocked': `Delete the account in the tenant, or restore it first (\`dormant restore\`). ${nextAudit}`,
  restorable: `Nothing has to be done: ${nextAudit.toLowerCase()}`,
  'not-seen': nextAudit,
  'not-signed':
    'Restore it by hand, or delete the account in the tenant. Whoever was not vouched for is not given back from here.',
  'in-state':
    'Run the apply once more: it lets go of whom main has no file of. The audit has to be able to read the state.',
};
