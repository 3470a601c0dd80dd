// What the merge does not touch, but a reviewer should know: who needs a person, what has run out, what may be deleted by hand, how good the data is.
import type { JudgedAccount, RecommendedAction } from '../../policy/judgement.ts';
import type { Deletable } from '../../policy/plan/move.ts';
import { monthlyCost } from '../../policy/savings.ts';
import { evidenceInWords } from '../../policy/sentence.ts';
import {
  actionWords,
  countInWords,
  dayInWords,
  heldBackWords,
  moneyInWords,
  riskWords,
} from '../../policy/words.ts';
import type { AuditResult } from '../audit-result.ts';
import type { Section } from './body-fit.ts';
import { person, silentFor } from './body-moves.ts';
import { cell, code, tableHead, tableRow } from './markdown.ts';

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
      tableRow([code(account), cell(reason), cell(owner), dayInWords(until, auditedOn)]),
    ),
    fold: expired.length > 10 ? countInWords(expired.length, 'exemption') : null,
  };
}

export function deletable(result: AuditResult): Section {
  const { deletable: accounts } = result.plan;
  return {
    heading: accounts.length > 0 ? '### Deletable by hand' : '',
    lead:
      accounts.length > 0
        ? `Without licences for ${result.policy.stages.deleteEligibleAfterDays} days or longer. Dormant never deletes; deleting one loses what the last column says, for good after 30 more days.`
        : '',
    head: tableHead([
      ['Person', 'left'],
      ['Without licences since', 'left'],
      ['Deleting it loses', 'left'],
    ]),
    rows: accounts.map((entry) => deletableRow(entry, result)),
    fold: countInWords(accounts.length, 'account'),
  };
}

export function dataQuality(result: AuditResult): Section {
  const { quality, inputs, requests, policy, auditedOn } = result;
  const facts = [
    ...unpriced(result),
    ...quality.notes.map((note) => cell(note, 400)),
    ...(quality.signIns === 'unavailable'
      ? [`Sign-ins could not be read; the policy says they are ${policy.signIns}.`]
      : []),
    ...(quality.roleEligibility === 'unavailable'
      ? ['Eligible roles could not be read: only active ones protect an account.']
      : []),
    ...(quality.missingRows > 0
      ? [
          `${countInWords(quality.missingRows, 'member')} had no row in the usage report and ${quality.missingRows === 1 ? 'was' : 'were'} left alone.`,
        ]
      : []),
    ...(quality.unknownRows > 0
      ? [`${countInWords(quality.unknownRows, 'row')} of the usage report named nobody.`]
      : []),
    ...(quality.deletedRows > 0
      ? [`${countInWords(quality.deletedRows, 'row')} of the usage report belonged to deleted users.`]
      : []),
  ];
  return {
    heading: '### How far to trust this',
    lead: `Read on ${dayInWords(auditedOn, '')} with ${countInWords(requests.total, 'request')}${requests.retries > 0 ? ` (${requests.retries} of them again)` : ''} and ${countInWords(Object.keys(inputs).length, 'input')}, whose checksums are in \`audit.json\`.${facts.length === 0 ? ' All sources were complete.' : ''}`,
    head: '',
    rows: facts.map((fact) => `- ${fact}`),
    fold: null,
  };
}

/** Part numbers that prices.yaml does not know: they are reclaimed like others, but no sum has them. */
function unpriced({ inactive, prices }: AuditResult): string[] {
  const unknown = new Set(
    inactive
      .flatMap(({ evidence }) => evidence.licenses.map(({ skuPartNumber }) => skuPartNumber))
      .filter((sku) => prices.monthly[sku] === undefined),
  );
  const names = [...unknown]
    .sort()
    .slice(0, 20)
    .map((sku) => code(sku, 60));
  return names.length === 0
    ? []
    : [
        `\`prices.yaml\` has no price for ${names.join(', ')}${unknown.size > 20 ? ` and ${unknown.size - 20} more` : ''}; the sums are too low by that.`,
      ];
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
        ? `${countInWords(accounts.length, 'account')}. ${sentence(reasons.join('; '))}`
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
    moneyInWords(monthlyCost(evidence.licenses, prices), prices.currency),
  ]);
}

function unknownRow(judged: JudgedAccount, { prices, auditedOn }: AuditResult): string {
  const cost = moneyInWords(monthlyCost(judged.evidence.licenses, prices), prices.currency);
  return tableRow([person(judged.evidence), cell(evidenceInWords(judged, auditedOn), 300), cost]);
}

function deletableRow({ file, delicensedOn }: Deletable, { auditedOn }: AuditResult): string {
  const held = file.savings.heldBack.map(
    ({ skuPartNumber, reason }) => `${skuPartNumber}, held back: ${heldBackWords[reason]}`,
  );
  const loses = [
    ...(file.restore.mailbox === 'none' ? [] : ['the mailbox with its mail, calendar and delegates']),
    'OneDrive files',
    'group memberships and owned sites',
    ...held,
  ];
  return tableRow([person(file.account), dayInWords(delicensedOn, auditedOn), cell(loses.join('; '), 300)]);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
