// The three lists of an audit: who is inactive, who of them needs a person, and the guests for their own audit.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findActivity } from '../../policy/evidence.ts';
import type { JudgedAccount } from '../../policy/judgement.ts';
import { computeMonthlyCost } from '../../policy/savings.ts';
import { describeEvidence } from '../../policy/sentence.ts';
import { actionWords, mailboxWords, reasonWords, riskWords, verdictWords } from '../../policy/words.ts';
import type { AuditResult } from '../audit-result.ts';
import { type PlaceOf, placeInWords, placesIn, stageAfterMerge } from '../summary/place.ts';
import { type Column, writeCsv } from './csv-file.ts';
import { licenceColumns, licenceNames, oneDriveColumns } from './csv-licences.ts';

/** Writes `inactive-users.csv`, `high-risk.csv` and `guests.csv` into `folder` and returns their paths. */
export async function writeCsvs(result: AuditResult, folder: string): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const placeOf = placesIn(result);
  const path = (name: string) => join(folder, name);
  const { inactive, guests } = result;
  await writeCsv(path('inactive-users.csv'), inactiveColumns(result, placeOf), inactive);
  await writeCsv(path('high-risk.csv'), highRiskColumns(result, placeOf), inactive.filter(needsPerson));
  await writeCsv(path('guests.csv'), guestColumns(result), guests);
  return ['inactive-users.csv', 'high-risk.csv', 'guests.csv'].map(path);
}

/** Executives, service accounts, shared mailboxes, privileged accounts: whoever carries a risk is not left to a machine. */
function needsPerson({ judgement }: JudgedAccount): boolean {
  return judgement.risks.length > 0;
}

type Cells = readonly Column<JudgedAccount>[];

const person: Cells = [
  { title: 'Object id', cell: ({ evidence }) => evidence.id },
  { title: 'User principal name', cell: ({ evidence }) => evidence.userPrincipalName },
  { title: 'Display name', cell: ({ evidence }) => evidence.displayName },
  { title: 'Mail', cell: ({ evidence }) => evidence.mail },
  { title: 'Department', cell: ({ evidence }) => evidence.department },
  { title: 'Job title', cell: ({ evidence }) => evidence.jobTitle },
  { title: 'Manager', cell: ({ evidence }) => evidence.manager?.displayName ?? null },
  { title: 'Manager mail', cell: ({ evidence }) => evidence.manager?.mail ?? null },
];

const account: Cells = [
  { title: 'Account', cell: ({ evidence }) => (evidence.accountEnabled ? 'enabled' : 'disabled') },
  { title: 'Synced from AD', cell: ({ evidence }) => (evidence.onPremisesSyncEnabled ? 'yes' : 'no') },
  { title: 'Created', cell: ({ evidence }) => evidence.createdOn },
  { title: 'Mailbox', cell: ({ evidence }) => mailboxWords[evidence.mailbox.recipientType] },
];

const services = [
  ['Exchange', 'exchange'],
  ['SharePoint', 'sharePoint'],
  ['OneDrive', 'oneDrive'],
  ['Teams', 'teams'],
  ['Skype for Business', 'skypeForBusiness'],
  ['Yammer', 'yammer'],
] as const;

/** A blank cell is "none known", which neither of the two is. */
const noSignIns = { missing: 'no data came', unavailable: 'not readable' } as const;

const activity: Cells = [
  ...services.map(
    ([name, service]): Column<JudgedAccount> => ({
      title: `${name} last activity`,
      cell: ({ evidence: { usage } }) => findActivity(usage)?.[service] ?? null,
    }),
  ),
  {
    title: 'Last successful sign-in',
    cell: ({ evidence: { signIns } }) =>
      signIns.kind === 'read' ? signIns.lastSuccessful : noSignIns[signIns.kind],
  },
  {
    title: 'Last sign-in attempt',
    cell: ({ evidence: { signIns } }) =>
      signIns.kind === 'read' ? signIns.lastAttempt : noSignIns[signIns.kind],
  },
  { title: 'Last activity', cell: ({ judgement }) => judgement.lastActivityOn },
  { title: 'Inactive days', cell: ({ judgement }) => judgement.inactiveDays },
];

function inactiveColumns(result: AuditResult, placeOf: PlaceOf): Cells {
  const { auditedOn } = result;
  return [
    ...person,
    ...account,
    ...activity,
    ...licenceColumns(result, placeOf),
    ...oneDriveColumns(result, placeOf),
    { title: 'Risk', cell: risksOf },
    { title: 'Recommended action', cell: ({ judgement }) => actionWords[judgement.action].name },
    { title: 'Reason', cell: (judged) => reasonOf(judged) },
    { title: 'Evidence', cell: (judged) => describeEvidence(judged, auditedOn) },
    { title: 'Planned stage', cell: (judged) => stageAfterMerge(placeOf(judged)) },
    { title: 'Plan', cell: (judged) => placeInWords(placeOf(judged), auditedOn) },
    { title: 'Planned on', cell: (judged) => plannedOn(judged, placeOf, auditedOn) },
  ];
}

/** A move happens with the merge, at the earliest today; an account that stays moves on at the end of its stage. */
function plannedOn(judged: JudgedAccount, placeOf: PlaceOf, auditedOn: string): string | null {
  const place = placeOf(judged);
  if (place.kind === 'moves') return auditedOn;
  return place.kind === 'stays' ? place.held.movesOn : null;
}

function highRiskColumns(result: AuditResult, placeOf: PlaceOf): Cells {
  return [
    ...person,
    ...account,
    { title: 'Risk', cell: risksOf },
    {
      title: 'Recognised by',
      cell: ({ judgement }) => judgement.risks.map(({ because }) => because).join('; '),
    },
    { title: 'Who decides', cell: whoDecides },
    ...activity,
    { title: 'Monthly cost', cell: ({ evidence }) => computeMonthlyCost(evidence.licenses, result.prices) },
    { title: 'Currency', cell: () => result.prices.currency },
    ...oneDriveColumns(result, placeOf),
    { title: 'Recommended action', cell: ({ judgement }) => actionWords[judgement.action].name },
    { title: 'Reason', cell: (judged) => reasonOf(judged) },
  ];
}

function whoDecides({ judgement }: JudgedAccount): string {
  if (judgement.exemption !== null) return `exempt until ${judgement.exemption.until}`;
  return judgement.action === 'escalate-to-hr' ? 'HR' : 'manual review';
}

function guestColumns(result: AuditResult): Cells {
  return [
    ...person,
    {
      title: 'Listed as',
      cell: ({ evidence }) => (evidence.userType === 'guest' ? 'guest' : 'member of another company'),
    },
    ...account,
    ...activity,
    { title: 'Verdict', cell: ({ judgement }) => verdictWords[judgement.verdict] },
    { title: 'Why', cell: ({ judgement }) => judgement.reasons.map((code) => reasonWords[code]).join('; ') },
    licenceNames,
    { title: 'Monthly cost', cell: ({ evidence }) => computeMonthlyCost(evidence.licenses, result.prices) },
    { title: 'Currency', cell: () => result.prices.currency },
    { title: 'Risk', cell: risksOf },
  ];
}

function risksOf({ judgement }: JudgedAccount): string {
  return [...new Set(judgement.risks.map(({ code }) => riskWords[code]))].join('; ');
}

/** Why the verdict, and why the action that follows from it. */
function reasonOf({ judgement }: JudgedAccount): string {
  const verdict = judgement.reasons.map((code) => reasonWords[code]).join('; ');
  const exemption = judgement.exemption === null ? [] : [`exempt: ${judgement.exemption.reason}`];
  return [verdict, actionWords[judgement.action].because, ...exemption].filter(Boolean).join(' – ');
}
