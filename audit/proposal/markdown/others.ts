// What the merge does not touch, but a reviewer should know: who needs a person, what has run out, what may be deleted by hand, how good the data is.
import { describeOneDrive } from '../../../policy/belongings-words.ts';
import type { JudgedAccount, RecommendedAction } from '../../../policy/judgement.ts';
import type { DeletableAccount } from '../../../policy/plan/move.ts';
import { computeMonthlyCost } from '../../../policy/savings.ts';
import type { AccountFile } from '../../../policy/schemas/account.ts';
import { describeEvidence } from '../../../policy/sentence.ts';
import { isReleased, selectStillHeldBack } from '../../../policy/stage.ts';
import {
  actionWords,
  describeHeldBackReason,
  formatCount,
  formatDay,
  riskWords,
} from '../../../policy/words.ts';
import type { AuditResult } from '../../audit-result.ts';
import { countDaysLeft } from '../../summary/one-drive.ts';
import { describeQuality } from '../../summary/quality.ts';
import { cell, code, tableHead, tableRow } from './escape.ts';
import type { Section } from './fit.ts';
import { moneyCell, person, silentFor } from './moves.ts';

/** High-risk accounts first; then what a machine must not guess. */
export function needsAPerson(result: AuditResult): Section[] {
  return [
    ofActions(
      result,
      ['escalate-to-hr', 'manual-review'],
      'High risk: never changed by a machine',
      highRiskRow,
    ),
    ofActions(result, ['investigate'], 'Licensed and never active: investigate', unknownRow),
    ofActions(result, ['on-premises'], 'Owned by Active Directory: disable them there', unknownRow),
  ];
}

export function expiredExemptions({ plan, auditedOn }: AuditResult): Section {
  const { expiredExemptions: expired } = plan;
  return {
    heading: expired.length > 0 ? '### Exemptions that have run out' : '',
    lead:
      expired.length > 0
        ? 'Merging this takes them out of `exemptions.yaml`; they have no effect any more.'
        : '',
    head: tableHead([
      ['Account', 'left'],
      ['Reason', 'left'],
      ['Owner', 'left'],
      ['Until', 'left'],
    ]),
    rows: expired.map(({ account, reason, owner, until }) =>
      tableRow([code(account), cell(reason), cell(owner), formatDay(until, auditedOn)]),
    ),
    fold: expired.length > 10 ? formatCount(expired.length, 'exemption') : null,
  };
}

export function deletable(result: AuditResult): Section {
  const { deletable: accounts } = result.plan;
  return {
    heading: accounts.length > 0 ? '### Deletable by hand' : '',
    lead:
      accounts.length > 0
        ? `Delicensed for ${result.policy.stages.deleteEligibleAfterDays} days or longer. Dormant never deletes; deleting one loses what is named with it, for good after 30 more days.`
        : '',
    head: tableHead([
      ['Person', 'left'],
      ['Delicensed since', 'left'],
      ['Deleting it loses', 'left'],
    ]),
    rows: accounts.map((entry) => deletableRow(entry, result)),
    fold: formatCount(accounts.length, 'account'),
  };
}

export function dataQuality(result: AuditResult): Section {
  const { inputs, requests, auditedOn } = result;
  const sentences = describeQuality(result);
  const again = requests.retries > 0 ? ` (${requests.retries} of them again)` : '';
  const read = `Read on ${formatDay(auditedOn, '')} with ${formatCount(requests.total, 'request')}${again}`;
  const checked = `${formatCount(Object.keys(inputs).length, 'input')}, whose checksums are in \`audit.json\`.`;
  return {
    heading: '### How far to trust this',
    lead: `${read} and ${checked}${sentences.length === 0 ? ' All sources were complete.' : ''}`,
    head: '',
    rows: sentences.map((sentence) => `- ${cell(sentence, 600)}`),
    fold: null,
  };
}

type Row = (judged: JudgedAccount, result: AuditResult) => string;

function ofActions(
  result: AuditResult,
  actions: readonly RecommendedAction[],
  title: string,
  row: Row,
): Section {
  const accounts = result.inactive.filter(({ judgement }) => actions.includes(judgement.action));
  const reasons = actions.map((action) => `${actionWords[action].name}: ${actionWords[action].because}`);
  const isHighRisk = row === highRiskRow;
  return {
    heading: accounts.length > 0 ? `### ${title}` : '',
    lead:
      accounts.length > 0
        ? `${formatCount(accounts.length, 'account')}. ${sentence(reasons.join('; '))}`
        : '',
    head: isHighRisk
      ? tableHead([
          ['Person', 'left'],
          ['What to do', 'left'],
          ['Why it is protected', 'left'],
          ['Inactive', 'right'],
          ['A month', 'right'],
        ])
      : tableHead([
          ['Person', 'left'],
          ['Evidence', 'left'],
          ['A month', 'right'],
        ]),
    rows: accounts.map((judged) => row(judged, result)),
    fold: 'Who',
  };
}

function highRiskRow(judged: JudgedAccount, { prices }: AuditResult): string {
  const { evidence, judgement } = judged;
  const risks = judgement.risks.map(({ code: risk, because }) => `${riskWords[risk]}: ${because}`);
  return tableRow([
    person(evidence),
    actionWords[judgement.action].name,
    cell(risks.join('; '), 300),
    silentFor(judged),
    moneyCell(computeMonthlyCost(evidence.licenses, prices), prices.currency),
  ]);
}

function unknownRow(judged: JudgedAccount, { prices, auditedOn }: AuditResult): string {
  const cost = moneyCell(computeMonthlyCost(judged.evidence.licenses, prices), prices.currency);
  return tableRow([person(judged.evidence), cell(describeEvidence(judged, auditedOn), 300), cost]);
}

function deletableRow({ file, delicensedOn }: DeletableAccount, result: AuditResult): string {
  const { auditedOn } = result;
  const held = selectStillHeldBack(file.savings, isReleased(file)).map(
    ({ skuPartNumber, reason, error }) =>
      `${skuPartNumber}, still assigned: ${describeHeldBackReason(reason, error)}`,
  );
  const loses = [
    ...(file.restore.mailbox === 'none' ? [] : ['the mailbox with its mail, calendar and delegates']),
    oneDriveLoss(file, result),
    'group memberships and owned sites',
    ...held,
  ];
  return tableRow([person(file.account), formatDay(delicensedOn, auditedOn), cell(loses.join('; '), 500)]);
}

/** Deleting the account ends by hand what Microsoft's clock ends by itself. */
function oneDriveLoss(
  { account, oneDrive }: AccountFile,
  { unlicensedOneDrives, auditedOn }: AuditResult,
): string {
  const files =
    oneDrive === undefined ? 'OneDrive files, if there are any' : describeOneDrive(oneDrive, auditedOn);
  const since = unlicensedOneDrives.get(account.id.toLowerCase());
  if (since === undefined || since === null) return files;
  const left = formatCount(countDaysLeft(since, auditedOn), 'day');
  return `${files} (${left} left on Microsoft’s clock, by default)`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
