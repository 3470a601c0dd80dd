// The words of one row of the table of people: where it stands, why, what next, what was seen of it.
import { describeOneDriveClock } from '../../../policy/clock-words.ts';
import {
  type AssignedLicense,
  type Day,
  type Evidence,
  findActivity,
  judgedServices,
} from '../../../policy/evidence.ts';
import type { JudgedAccount } from '../../../policy/judgement.ts';
import { describeLicenseGroup } from '../../../policy/licenses/goes-with-block.ts';
import { describePrivilege } from '../../../policy/privileges.ts';
import { computeMonthlyCost, listHeldBack } from '../../../policy/savings.ts';
import { describeEvidence, formatDates } from '../../../policy/sentence.ts';
import {
  actionWords,
  describeHeldBackReason,
  formatCount,
  formatDay,
  mailboxWords,
  serviceWords,
  stageWords,
} from '../../../policy/words.ts';
import type { AuditResult } from '../../audit-result.ts';
import { belongingsInWords } from '../../summary/belongings.ts';
import { heldNext, moveNext } from '../../summary/next.ts';
import { clockOf, daysLeft, fateInWords, type OneDriveFate } from '../../summary/one-drive.ts';
import { outlookAt } from '../../summary/outlook.ts';
import { type Place, stageAfterMerge } from '../../summary/place.ts';
import { toldInWords, whyNow } from '../../summary/why.ts';

export function stageFilter(place: Place): string {
  const stage = stageAfterMerge(place);
  if (stage !== null) return stageWords[stage].name;
  return {
    moves: 'leaves',
    stays: 'leaves',
    waits: 'waits behind a limit',
    declined: 'declined before',
    'needs-a-person': 'needs a person',
    'left-alone': 'left alone',
  }[place.kind];
}

export function whyInWords(account: JudgedAccount, place: Place, result: AuditResult): string {
  const { exemption } = account.judgement;
  const today = result.auditedOn;
  const exempt =
    exemption &&
    `exempt until ${formatDay(exemption.until, today)}: ${exemption.reason} (${exemption.owner})`;
  return [planInWords(account, place, result), ...(exempt === null ? [] : [exempt])].join('; ');
}

function planInWords(account: JudgedAccount, place: Place, result: AuditResult): string {
  if (place.kind === 'moves') return whyNow({ ...place.move, judged: account }, result);
  const evidence = describeEvidence(account, result.auditedOn);
  if (place.kind !== 'stays') return evidence;
  const { held } = place;
  return [formatDates(held.because, result.auditedOn), evidence, ...toldInWords(held, result)].join('; ');
}

export function nextInWords(account: JudgedAccount, place: Place, result: AuditResult): string {
  const { judgement } = account;
  if (place.kind === 'moves') return [moveNext(place.move, result), ...hangingOn(place, result)].join('; ');
  if (place.kind === 'stays') return [heldNext(place.held, result), ...hangingOn(place, result)].join('; ');
  if (place.kind === 'waits') return 'waits for a later audit, in the order of cost';
  if (place.kind === 'declined') return 'not proposed again for a while, because its pull request was closed';
  const { name, because } = actionWords[judgement.action];
  const listed = escalationInWords(account, result);
  return judgement.action === 'none' ? because : `${name}: ${because}${listed}`;
}

/** Whether an executive stands on HR's list, and since when. */
function escalationInWords({ evidence }: JudgedAccount, { plan, auditedOn }: AuditResult): string {
  const isTheirs = ({ id }: { id: string }) => id.toLowerCase() === evidence.id.toLowerCase();
  const { entered, listed } = plan.escalations;
  if (entered.some(isTheirs)) return '; new on HR’s list with this proposal';
  const known = listed.find(isTheirs);
  return known ? `; on HR’s list since ${formatDay(known.since, auditedOn)}` : '';
}

/** Of whoever is in Delicense the licences are gone, and the calendar has the days. */
function hangingOn(place: Place & { kind: 'moves' | 'stays' }, result: AuditResult): string[] {
  if (place.kind === 'stays')
    return place.held.stage === 'delicense' ? [] : belongingsInWords(place.held, place.held.stage, result);
  const { to } = place.move;
  return to === null || to === 'archive' ? [] : belongingsInWords(place.move, to, result);
}

export const sourceNames = [
  ...judgedServices.map((service) => serviceWords[service]),
  'Successful sign-in',
  'Sign-in attempt',
];

export function seenOf({ usage, signIns }: Evidence): string[] {
  const services = judgedServices.map((service) => findActivity(usage)?.[service] ?? '');
  const logins =
    signIns.kind === 'read' ? [signIns.lastSuccessful ?? '', signIns.lastAttempt ?? ''] : ['', ''];
  return [...services, ...logins];
}

export interface LicenceWords {
  /** Product name and part number, parted by a null character. */
  name: string;
  monthly: number;
  /** Why it stays; empty where it is simply reclaimable. */
  note: string;
}

export function licencesOf(account: JudgedAccount, place: Place, result: AuditResult): LicenceWords[] {
  const outlook = outlookAt(account, place, result);
  return [...account.evidence.licenses, ...outlook.inError].map((license) => {
    const held = listHeldBack(outlook).find((entry) => entry.license === license);
    const inherited = held?.reason === 'inherited-from-group' ? inheritedInWords(license) : null;
    return {
      name: `${license.productName}\u0000${license.skuPartNumber}`,
      monthly: license.doubt === 'in-error' ? 0 : computeMonthlyCost([license], result.prices),
      note: held === undefined ? '' : (inherited ?? describeHeldBackReason(held.reason, license.error)),
    };
  });
}

function inheritedInWords({ assignedByGroup, groupName, dynamicGroup }: AssignedLicense): string {
  if (dynamicGroup === undefined) return `inherited from group${groupName === null ? '' : ` ${groupName}`}`;
  const group = describeLicenseGroup(groupName ?? assignedByGroup ?? '', dynamicGroup.membershipRule);
  return `inherited from ${group}, which takes it back once sign-in is blocked`;
}

/** What becomes of the OneDrive, and on which days. */
export function fateAndClock(fate: OneDriveFate, today: Day): string {
  if (fate.kind === 'none') return '';
  const clock = clockOf(fate);
  const left = fate.kind === 'counting' ? `; ${formatCount(daysLeft(fate.since, today), 'day')} left` : '';
  return `${fateInWords(fate, today)}${clock === null ? '' : `; ${describeOneDriveClock(clock, today)}`}${left}`;
}

export function aboutInWords(evidence: Evidence, today: Day): string {
  const { mailbox, createdOn, onPremisesSyncEnabled, employeeType } = evidence;
  const size =
    mailbox.storageUsedBytes === null ? '' : ` of ${(mailbox.storageUsedBytes / 1e9).toFixed(1)} GB`;
  return [
    ...(createdOn === null ? [] : [`created ${formatDay(createdOn, today)}`]),
    `${mailboxWords[mailbox.recipientType]}${mailbox.recipientType === 'none' ? '' : size}`,
    ...(mailbox.hasArchive === true ? ['with an archive'] : []),
    ...(mailbox.hold === 'litigation' ? ['on litigation hold'] : []),
    ...(mailbox.hold === 'retention' ? ['on hold for eDiscovery, by a retention policy or by a label'] : []),
    ...(onPremisesSyncEnabled ? ['synced from Active Directory'] : []),
    ...(employeeType === null ? [] : [employeeType]),
    ...evidence.roles.map(describePrivilege),
  ].join(', ');
}
