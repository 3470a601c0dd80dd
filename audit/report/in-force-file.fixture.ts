// For tests and pictures: account files on main, what the tenant shows of them, and their history.

import type { Evidence, RunFacts } from '../../policy/evidence.ts';
import { chooseAccountPath, serialiseAccountFile } from '../../policy/files/account-file.ts';
import { computeEffectiveDesired, isTakingStage } from '../../policy/files/stage.ts';
import { judge, type StackRules } from '../../policy/judge/judge.ts';
import { buildMovedFile, buildNewAccountFile } from '../../policy/plan/build-account-file.ts';
import type { InForceFile } from '../../policy/plan/input.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import type { Person } from './person.fixture.ts';

/** The file as it reached main: first judged while the account still worked, then moved to its stage. */
export function inForceFile({ evidence, inForce }: Person, rules: StackRules, run: RunFacts): InForceFile {
  const { stage, since, isReleased } = inForce ?? {
    stage: 'notify',
    since: run.auditedOn,
    isReleased: false,
  };
  const then = { ...run, auditedOn: since, reportRefreshDate: since };
  const atFirst: Evidence = isTakingStage(stage)
    ? { ...evidence, accountEnabled: true, mailbox: { ...evidence.mailbox, recipientType: 'user' } }
    : evidence;
  const judged = judge(atFirst, rules, then);
  const entered = buildNewAccountFile(judged, rules, then);
  const audit = { judged, rules, run: then };
  const step = { to: stage, because: 'said so' };
  const moved = stage === 'notify' ? entered : buildMovedFile(entered, step, audit);
  const file: AccountFile = isReleased ? { ...moved, desired: { ...moved.desired, oneDrive: 'release' } } : moved;
  const path = chooseAccountPath(rules.stack, evidence, () => false);
  return { path, text: serialiseAccountFile(file), file, since };
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
  const changes = latestFirst.map(({ path, since }) => ({ path, day: since, before: null, after: path }));
  return { changes, texts: new Map(inForce.map(({ path, text }) => [path, text])) };
}
