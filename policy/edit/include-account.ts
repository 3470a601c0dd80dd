// Takes an account into the plan by hand that no audit plans by itself; whatever protects it still does. Pure.
import { DormantError } from '../errors.ts';
import { countDaysBetween, type Day } from '../evidence.ts';
import { chooseAccountPath, editAccountFile, parseAccountFile, serialiseAccountFile } from '../files/account-file.ts';
import { listPipelineAccounts, type StackFiles } from '../files/stack-files.ts';
import { buildDesiredState } from '../files/stage.ts';
import { foldId, type IdKey, isSameId } from '../identifiers.ts';
import { findExemption } from '../judge/exemption.ts';
import { isOutsider } from '../judge/guests.ts';
import type { JudgedAccount, Judgement } from '../judge/judgement.ts';
import { listRisks } from '../judge/risk.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import { type Facts, parseSignedLine } from '../signing/signed-line.ts';

export interface AuditedAccount {
  auditedOn: Day;
  reportRefreshDate: Day;
  /** null: the audit does not list the account. It lists inactive accounts, and guests not known to be active. */
  judged: ListedAccount | null;
}

/** As audit.json has it. */
export interface ListedAccount extends Pick<JudgedAccount, 'evidence'> {
  judgement: Omit<Judgement, 'savings'>;
  facts: Facts;
  /** The audit's line over the facts; absent: it had no key. */
  signed?: string;
  /** Its file was set back on main; the line takes it on from here. */
  goesOnFrom?: Pick<AccountFile, 'stage' | 'desired'>;
}

interface IncludedFile {
  path: string;
  stage: Stage;
  text: string;
}

/**
 * The new file at stage notify, with the facts as the audit signed them; or the file that was set back on main, at the stage
 * that it has, with facts on which the next audit takes it on. Throws `not-included` with every reason against it.
 */
export function buildIncludedFile(
  name: string,
  { judged, auditedOn }: AuditedAccount,
  files: StackFiles,
  today: Day,
): IncludedFile {
  if (judged === null) {
    throw createRefusalError(name, [
      `the audit of ${auditedOn} does not list it as inactive: it is active, too little is known of it, or there is none`,
    ]);
  }
  const against = refusals.flatMap((rule) => rule({ judged, files, today, auditedOn }));
  if (against.length > 0) throw createRefusalError(name, against);
  const known = findFile(judged, files);
  const paths = new Set(files.accounts.map(({ path }) => path));
  const { privacy } = files.policy.value;
  const path = known?.path ?? chooseAccountPath(files.stack, judged.evidence, (one) => paths.has(one), privacy?.names);
  const { facts, signed } = judged;
  const { stage, desired } = judged.goesOnFrom ?? {
    stage: 'notify',
    desired: buildDesiredState('notify', facts.restore, facts.savings),
  };
  const file = { ...facts, stage, desired, ...(signed === undefined ? {} : { signed }) };
  const text = known === undefined ? serialiseAccountFile(file) : editAccountFile(known, file);
  parseAccountFile(path, text);
  return { path, stage, text };
}

function findFile({ evidence }: ListedAccount, { accounts }: StackFiles): StackFiles['accounts'][number] | undefined {
  return accounts.find(({ value }) => isSameId(value.account.id, evidence.id));
}

interface Subject {
  judged: ListedAccount;
  files: StackFiles;
  today: Day;
  auditedOn: Day;
}

/** The files may have changed since the audit, so protection and exemptions are checked against the present ones. */
const refusals: readonly ((subject: Subject) => string[])[] = [
  ({ judged, files }) => {
    const file = findFile(judged, files);
    return file && judged.goesOnFrom?.stage !== file.value.stage
      ? [`it is in the plan already, at stage ${file.value.stage} (${file.path})`]
      : [];
  },
  ({ judged }) =>
    isOutsider(judged.evidence)
      ? ['it is a guest or a member of another company, and those are audited by their own list']
      : [],
  ({ judged }) => (judged.judgement.verdict === 'inactive' ? [] : [`its verdict is ${judged.judgement.verdict}`]),
  ({ judged, files }) => {
    const now = {
      pipelineAccounts: listPipelineAccounts(files.tenant.value, files.policy.value),
      convertedMailboxes: findConvertedMailboxes(judged),
    };
    const risks = [...judged.judgement.risks, ...listRisks(judged.evidence, files.policy.value, now)];
    return [...new Set(risks.map(({ code, because }) => `it is protected as ${code}: ${because}`))];
  },
  ({ judged, files, today }) => {
    const exemptions = files.exemptions?.value.exemptions ?? [];
    const exemption = findExemption(judged.evidence, { stack: files.stack, exemptions }, today);
    return exemption ? [`it is exempt until ${exemption.until} (${exemption.owner}: ${exemption.reason})`] : [];
  },
  ({ judged }) => (judged.judgement.action === 'none' ? ['it is disabled and holds nothing to take back'] : []),
  ({ files, today, auditedOn }) => {
    const age = countDaysBetween(auditedOn, today);
    const most = files.policy.value.evidenceMaxAgeDays;
    return age > most ? [`the audit is ${age} days old, allowed are ${most}; run a new one`] : [];
  },
  ({ judged: { signed }, auditedOn }) => {
    const line = parseSignedLine(signed);
    if (line === null) return [`the audit of ${auditedOn} had no key to sign its facts with; run one that has`];
    return line.furthest === 'keep' ? [`the audit of ${auditedOn} signed its facts for no stage; run a new one`] : [];
  },
];

/** The audit knows main's history: a shared mailbox that it did not protect was converted by this pipeline. */
function findConvertedMailboxes({ evidence, judgement }: ListedAccount): Set<IdKey> {
  const isProtected = judgement.risks.some(({ code }) => code === 'shared-mailbox');
  return new Set(isProtected ? [] : [foldId(evidence.id)]);
}

function createRefusalError(name: string, reasons: readonly string[]): DormantError {
  return new DormantError('not-included', `${name} is not taken into the plan: ${reasons.join('; ')}.`);
}
