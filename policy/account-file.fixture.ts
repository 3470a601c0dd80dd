// Account files for tests: by what each says, or as the audit's own code writes it from one stage to the next.
import { aRun, daysAgo, idOf, reportDay, today } from './account.fixture.ts';
import { addDays, type Day, type Evidence } from './evidence.ts';
import { chooseAccountPath, serialiseAccountFile } from './files/account-file.ts';
import { buildDesiredState, getStageOrder } from './files/stage.ts';
import { judge, type StackRules } from './judge/judge.ts';
import { buildMovedFile, buildNewAccountFile } from './plan/build-account-file.ts';
import type { InForceFile } from './plan/input.ts';
import { theRules } from './policy.fixture.ts';
import type { AccountFile, Stage } from './schemas/account.ts';

type FileChange = Partial<Omit<AccountFile, 'account'>> & { account?: Partial<AccountFile['account']> };

/** Somebody of Sales who was silent for 143 days at the audit of today, and held nothing; `desired` is the stage's own. */
export function anAccountFile(stage: Stage, { account = {}, ...change }: FileChange = {}): AccountFile {
  const { userPrincipalName = 'ana.reyes@contoso.com' } = account;
  const { restore = noBelongings, savings = { monthly: 0, currency: 'USD', heldBack: [] } } = change;
  const day = daysAgo(143);
  return {
    account: {
      id: idOf(userPrincipalName),
      displayName: 'Ana Reyes',
      department: 'Sales',
      jobTitle: null,
      manager: null,
      onPremisesSyncEnabled: false,
      ...account,
      userPrincipalName,
    },
    stage,
    ...(stage === 'keep' || stage === 'restore' ? { reason: 'Asked for by their manager.' } : {}),
    desired: buildDesiredState(stage, restore, savings),
    evidence: {
      auditedOn: today,
      reportRefreshDate: reportDay,
      inactiveDays: 143,
      lastActivity: { exchange: day, oneDrive: day, sharePoint: day, teams: day, yammer: null, signIn: day },
    },
    restore,
    savings,
    ...change,
  };
}

/** What main had of the account before it came to its stage one step after the other, a week apart; the oldest first. */
export function listFormerFiles({ reason: _, ...file }: AccountFile): AccountFile[] {
  const order = getStageOrder(file.stage);
  return stages.slice(0, Math.max(order, 0)).map((stage, index) => ({
    ...file,
    stage,
    desired: buildDesiredState(stage, file.restore, file.savings),
    evidence: { ...file.evidence, auditedOn: addDays(file.evidence.auditedOn, -7 * (order - index)) },
  }));
}

const stages: readonly Stage[] = ['notify', 'review', 'disable'];

const noBelongings: AccountFile['restore'] = { accountEnabled: true, mailbox: 'user', licenses: [] };

interface FileInForce {
  /** As it was when it entered the plan: not yet disabled. */
  account: Evidence;
  stage: Stage;
  /** The day the stage reached main, and of the audit that proposed it. */
  since: Day;
  rules?: StackRules;
  /** What a person changed in it since. */
  edit?: (file: AccountFile) => AccountFile;
}

/** A file on main, written by the same code that the audit writes it with, one stage after the other. */
export function anInForceFile({ account, stage, since, rules = theRules(), edit }: FileInForce): InForceFile {
  if (since > today) throw new Error(`${stage} cannot have reached main on ${since}, after today, ${today}`);
  const then = aRun({ auditedOn: since, reportRefreshDate: addDays(since, -2) });
  const judged = judge(account, rules, then);
  const { lastActivityOn } = judged.judgement;
  if (lastActivityOn !== null && lastActivityOn > since)
    throw new Error(`an audit of ${since} cannot have seen the activity of ${lastActivityOn}`);
  const entered = buildNewAccountFile(judged, rules, then);
  const moved = (file: AccountFile, to: Stage) =>
    buildMovedFile(file, { to, because: 'last activity' }, { judged, rules, run: then });
  const walked = listStagesBefore(stage).reduce(moved, entered);
  const reached: AccountFile = stage === 'keep' ? { ...walked, stage, reason: 'on leave until March' } : walked;
  const file = edit ? edit(reached) : reached;
  const path = chooseAccountPath(rules.stack, account, () => false);
  return { path, text: serialiseAccountFile(file), file, since };
}

function listStagesBefore(stage: Stage): Stage[] {
  const walk: Stage[] = ['review', 'disable', 'delicense'];
  if (stage === 'restore') return [...walk.slice(0, 2), 'restore'];
  return walk.slice(0, walk.indexOf(stage) + 1);
}
