// For tests and pictures: account files on main, what the tenant shows of them, and their history.
import { lastSeen, signedIn } from '../../policy/account.fixture.ts';
import { anInForceFile } from '../../policy/account-file.fixture.ts';
import type { Day, Evidence, RunFacts } from '../../policy/evidence.ts';
import { computeEffectiveDesired, isTakingStage } from '../../policy/files/stage.ts';
import type { StackRules } from '../../policy/judge/judge.ts';
import type { InForceFile } from '../../policy/plan/input.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { createBlobReader } from '../history/read-blob.ts';
import type { Person } from './person.fixture.ts';

/** The file as it reached main: first judged while the account still worked, then moved to its stage. */
export function inForceFile({ evidence, inForce }: Person, rules: StackRules, run: RunFacts): InForceFile {
  const { stage = 'notify', since = run.auditedOn, isReleased = false } = inForce ?? {};
  const then = forgetActivitySince(since, evidence);
  const account: Evidence = isTakingStage(stage)
    ? { ...then, accountEnabled: true, mailbox: { ...then.mailbox, recipientType: 'user' } }
    : then;
  const release = (file: AccountFile): AccountFile => ({ ...file, desired: { ...file.desired, oneDrive: 'release' } });
  return anInForceFile({ account, stage, since, rules, ...(isReleased ? { edit: release } : {}) });
}

/** What the audit of that day saw of somebody who has come back since. */
function forgetActivitySince(day: Day, evidence: Evidence): Evidence {
  const { usage, signIns } = evidence;
  const isBackSince = (last: Day | null) => last !== null && last > day;
  const wasInReport = usage.kind === 'row' && Object.values(usage.lastActivity).some(isBackSince);
  const hasSignedIn = signIns.kind === 'read' && isBackSince(signIns.lastAttempt);
  return {
    ...evidence,
    ...(wasInReport ? { usage: lastSeen() } : {}),
    ...(hasSignedIn ? { signIns: signedIn(null) } : {}),
  };
}

/** As the tenant shows it: without the licences that a merge has taken, its mailbox shared. */
export function asApplied({ evidence, isUnapplied = false }: Person, inForce: readonly InForceFile[]): Evidence {
  const found = inForce.find(({ file }) => file.account.id === evidence.id);
  if (isUnapplied || found?.file.stage !== 'delicense') return evidence;
  const { licenses, mailbox } = computeEffectiveDesired(found.file);
  const isShared = mailbox === 'shared' && evidence.mailbox.recipientType === 'user';
  return {
    ...evidence,
    mailbox: { ...evidence.mailbox, ...(isShared ? { recipientType: 'shared' } : {}) },
    licenses: evidence.licenses.filter(({ skuPartNumber }) => licenses.includes(skuPartNumber)),
  };
}

export function historyOf(inForce: readonly InForceFile[]) {
  const latestFirst = inForce.toSorted((a, b) => (a.since > b.since ? -1 : 1));
  const changes = latestFirst.map(({ path, since }) => ({ path, commit: '', day: since, before: null, after: path }));
  return { changes, read: createBlobReader(new Map(inForce.map(({ path, text }) => [path, text]))) };
}
