// The three lists of an audit: inactive accounts, those of them that need a person, and guests.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findActivity } from '../../policy/evidence.ts';
import { describeEvidence } from '../../policy/words/describe-account.ts';
import { actionWords, mailboxWords, reasonWords, riskWords, verdictWords } from '../../policy/words/labels.ts';
import type { AccountView, AuditView } from '../audit-view.ts';
import { describePlace, findStageAfterMerge } from '../summary/account-place.ts';
import { type CsvColumn, writeCsv } from './csv-file.ts';
import { buildOneDriveColumns, licenseColumns, licenseNames } from './csv-licenses.ts';

/** Writes `inactive-users.csv`, `high-risk.csv` and `guests.csv` into `folder` and returns their paths. */
export async function writeCsvs(result: AuditView, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const toPath = (name: string) => join(folder, name);
  const { inactive, guests } = result;
  await writeCsv(toPath('inactive-users.csv'), buildInactiveColumns(result), inactive);
  await writeCsv(toPath('high-risk.csv'), buildHighRiskColumns(result), inactive.filter(needsPerson));
  await writeCsv(toPath('guests.csv'), guestColumns, guests);
  return ['inactive-users.csv', 'high-risk.csv', 'guests.csv'].map(toPath);
}

/** Accounts with a risk: executives, service accounts, shared mailboxes, privileged accounts. */
function needsPerson({ judgement }: AccountView): boolean {
  return judgement.risks.length > 0;
}

type Cells = readonly CsvColumn<AccountView>[];

const personColumns: Cells = [
  { title: 'Object id', getCell: ({ evidence }) => evidence.id },
  { title: 'User principal name', getCell: ({ evidence }) => evidence.userPrincipalName },
  { title: 'Display name', getCell: ({ evidence }) => evidence.displayName },
  { title: 'Mail', getCell: ({ evidence }) => evidence.mail },
  { title: 'Department', getCell: ({ evidence }) => evidence.department },
  { title: 'Job title', getCell: ({ evidence }) => evidence.jobTitle },
  { title: 'Manager', getCell: ({ evidence }) => evidence.manager?.displayName ?? null },
  { title: 'Manager mail', getCell: ({ evidence }) => evidence.manager?.mail ?? null },
];

const accountColumns: Cells = [
  { title: 'Account', getCell: ({ evidence }) => (evidence.accountEnabled ? 'enabled' : 'disabled') },
  { title: 'Synced from AD', getCell: ({ evidence }) => (evidence.onPremisesSyncEnabled ? 'yes' : 'no') },
  { title: 'Created', getCell: ({ evidence }) => evidence.createdOn },
  { title: 'Mailbox', getCell: ({ evidence }) => mailboxWords[evidence.mailbox.recipientType] },
];

const services = [
  ['Exchange', 'exchange'],
  ['SharePoint', 'sharePoint'],
  ['OneDrive', 'oneDrive'],
  ['Teams', 'teams'],
  ['Skype for Business', 'skypeForBusiness'],
  ['Yammer', 'yammer'],
] as const;

/** A blank cell would mean "none known", which is neither of the two. */
const noSignIns = { missing: 'no data came', unavailable: 'not readable' } as const;

const activityColumns: Cells = [
  ...services.map(
    ([name, service]): CsvColumn<AccountView> => ({
      title: `${name} last activity`,
      getCell: ({ evidence: { usage } }) => findActivity(usage)?.[service] ?? null,
    }),
  ),
  {
    title: 'Last successful sign-in',
    getCell: ({ evidence: { signIns } }) =>
      signIns.kind === 'read' ? signIns.lastSuccessful : noSignIns[signIns.kind],
  },
  {
    title: 'Last sign-in attempt',
    getCell: ({ evidence: { signIns } }) => (signIns.kind === 'read' ? signIns.lastAttempt : noSignIns[signIns.kind]),
  },
  { title: 'Last activity', getCell: ({ judgement }) => judgement.lastActivityOn },
  { title: 'Inactive days', getCell: ({ judgement }) => judgement.inactiveDays },
  { title: 'Population', getCell: ({ judgement }) => judgement.population },
];

function buildInactiveColumns(result: AuditView): Cells {
  const { auditedOn } = result;
  return [
    ...personColumns,
    ...accountColumns,
    ...activityColumns,
    ...licenseColumns,
    ...buildOneDriveColumns(result),
    { title: 'Risk', getCell: describeRisks },
    { title: 'Recommended action', getCell: ({ judgement }) => actionWords[judgement.action].name },
    { title: 'Reason', getCell: (judged) => describeVerdictReason(judged) },
    { title: 'Evidence', getCell: (judged) => describeEvidence(judged, auditedOn) },
    { title: 'Planned stage', getCell: ({ place }) => findStageAfterMerge(place) },
    { title: 'Plan', getCell: ({ place }) => describePlace(place, auditedOn) },
    { title: 'Planned on', getCell: ({ place }) => findPlannedDay(place, auditedOn) },
  ];
}

/** A move happens with the merge, at the earliest today; an account that stays moves on at the end of its stage. */
function findPlannedDay(place: AccountView['place'], auditedOn: string): string | null {
  if (place.kind === 'moves') return auditedOn;
  return place.kind === 'stays' ? place.unmoved.movesOn : null;
}

const costColumns: Cells = [
  { title: 'Monthly cost', getCell: ({ outlook }) => outlook.cost },
  { title: 'Currency', getCell: ({ outlook }) => outlook.currency },
];

function buildHighRiskColumns(result: AuditView): Cells {
  return [
    ...personColumns,
    ...accountColumns,
    { title: 'Risk', getCell: describeRisks },
    {
      title: 'Recognised by',
      getCell: ({ judgement }) => judgement.risks.map(({ because }) => because).join('; '),
    },
    { title: 'Who decides', getCell: describeDecider },
    ...activityColumns,
    ...costColumns,
    ...buildOneDriveColumns(result),
    { title: 'Recommended action', getCell: ({ judgement }) => actionWords[judgement.action].name },
    { title: 'Reason', getCell: (judged) => describeVerdictReason(judged) },
  ];
}

function describeDecider({ judgement }: AccountView): string {
  if (judgement.exemption !== null) return `exempt until ${judgement.exemption.until}`;
  return judgement.action === 'escalate-to-hr' ? 'HR' : 'manual review';
}

const guestColumns: Cells = [
  ...personColumns,
  {
    title: 'Listed as',
    getCell: ({ evidence }) => (evidence.userType === 'guest' ? 'guest' : 'member of another company'),
  },
  ...accountColumns,
  ...activityColumns,
  { title: 'Verdict', getCell: ({ judgement }) => verdictWords[judgement.verdict] },
  {
    title: 'Why',
    getCell: ({ judgement }) => judgement.reasons.map((code) => reasonWords[code]).join('; '),
  },
  licenseNames,
  ...costColumns,
  { title: 'Risk', getCell: describeRisks },
];

function describeRisks({ judgement }: AccountView): string {
  return [...new Set(judgement.risks.map(({ code }) => riskWords[code]))].join('; ');
}

/** Why the verdict, and why the action that follows from it. */
function describeVerdictReason({ judgement }: AccountView): string {
  const verdict = judgement.reasons.map((code) => reasonWords[code]).join('; ');
  const exemption = judgement.exemption === null ? [] : [`exempt: ${judgement.exemption.reason}`];
  return [verdict, actionWords[judgement.action].because, ...exemption].filter(Boolean).join(' – ');
}
