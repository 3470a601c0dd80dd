// The words of one row of the table of people: stage, reason, next steps, last activity.
import {
  type AssignedLicense,
  type Day,
  type Evidence,
  findActivity,
  judgedServices,
} from '../../../policy/evidence.ts';
import { isSameId, type UserId } from '../../../policy/identifiers.ts';
import { describePrivilege } from '../../../policy/judge/privileges.ts';
import { listHeldBack } from '../../../policy/judge/savings.ts';
import type { SetBackAccount } from '../../../policy/plan/move.ts';
import { describeEvidence, describePopulation, formatDates } from '../../../policy/words/describe-account.ts';
import { describeLicenseGroup } from '../../../policy/words/describe-block-losses.ts';
import { describeOneDriveClock } from '../../../policy/words/describe-clocks.ts';
import { describeStay, formatGroupNames } from '../../../policy/words/describe-group.ts';
import {
  actionWords,
  formatCount,
  formatDay,
  mailboxWords,
  serviceWords,
  stageWords,
} from '../../../policy/words/labels.ts';
import type { AccountView, AuditView } from '../../audit-view.ts';
import { type AccountPlace, describePlace, findStageAfterMerge } from '../../summary/account-place.ts';
import { describeBelongings } from '../../summary/belongings.ts';
import { describeNotified, explainMove } from '../../summary/move-reason.ts';
import { describeMoveNext, describeUnmovedNext } from '../../summary/next-steps.ts';
import { countDaysLeft, describeFate, findOneDriveClock, type OneDriveFate } from '../../summary/one-drive-fate.ts';

/** Fewer than the places, because all that leave are one, and all that wait. */
export function describeStageFilter(place: AccountPlace): string {
  const stage = findStageAfterMerge(place);
  if (stage !== null) return stageWords[stage].name;
  if (place.kind === 'moves' || place.kind === 'stays') return 'leaves';
  if (place.kind === 'set-back') return 'taken out on main';
  return place.kind === 'waits' ? 'waits behind a limit' : describePlace(place, '');
}

export function describeWhy(account: AccountView, result: AuditView): string {
  const { exemption } = account.judgement;
  const today = result.auditedOn;
  const exempt =
    exemption && `exempt until ${formatDay(exemption.until, today)}: ${exemption.reason} (${exemption.owner})`;
  return [describePlan(account, result), ...(exempt === null ? [] : [exempt])].join('; ');
}

function describePlan(account: AccountView, result: AuditView): string {
  const { place } = account;
  if (place.kind === 'moves') return explainMove({ ...place.move, judged: account }, result);
  const evidence = [...describePopulation(account, result.policy), describeEvidence(account, result.auditedOn)].join(
    '; ',
  );
  if (place.kind !== 'stays') return evidence;
  const { unmoved } = place;
  return [formatDates(unmoved.because, result.auditedOn), evidence, ...describeNotified(unmoved, result)].join('; ');
}

function describeSetBackNext({ on, until }: SetBackAccount, { auditedOn, stack }: AuditView): string {
  const [taken, again] = [formatDay(on, auditedOn), formatDay(until, auditedOn)];
  return `taken out of the plan on main on ${taken}, so not proposed again before ${again}, unless dormant include ${stack} asks`;
}

export function describeNext(account: AccountView, result: AuditView): string {
  const { judgement, place } = account;
  if (place.kind === 'moves')
    return [describeMoveNext(place.move, result), ...describePlaceBelongings(place, result)].join('; ');
  if (place.kind === 'stays')
    return [describeUnmovedNext(place.unmoved, result), ...describePlaceBelongings(place, result)].join('; ');
  if (place.kind === 'waits') return 'waits for a later audit, in the order of cost';
  if (place.kind === 'set-back') return describeSetBackNext(place.setBack, result);
  if (place.kind === 'declined') return 'not proposed again for a while, because its pull request was closed';
  const { name, because } = actionWords[judgement.action];
  const listed = describeEscalation(account, result);
  return judgement.action === 'none' ? because : `${name}: ${because}${listed}`;
}

/** Whether an executive is on HR's list, and since when. */
function describeEscalation({ evidence }: AccountView, { plan, auditedOn }: AuditView): string {
  const isTheirs = ({ id }: { id: UserId }) => isSameId(id, evidence.id);
  const { entered, listed } = plan.escalations;
  if (entered.some(isTheirs)) return '; new on HR’s list with this proposal';
  const known = listed.find(isTheirs);
  return known ? `; on HR’s list since ${formatDay(known.since, auditedOn)}` : '';
}

/** Empty for an account that stays in Delicense: its licences are gone, and the calendar has the days. */
function describePlaceBelongings(place: AccountPlace & { kind: 'moves' | 'stays' }, result: AuditView): string[] {
  if (place.kind === 'stays')
    return place.unmoved.stage === 'delicense' ? [] : describeBelongings(place.unmoved, place.unmoved.stage, result);
  const { to } = place.move;
  return to === null || to === 'archive' ? [] : describeBelongings(place.move, to, result);
}

export const sourceNames = [
  ...judgedServices.map((service) => serviceWords[service]),
  'Successful sign-in',
  'Sign-in attempt',
];

export function listSeenDays({ usage, signIns }: Evidence): string[] {
  const services = judgedServices.map((service) => findActivity(usage)?.[service] ?? '');
  const logins = signIns.kind === 'read' ? [signIns.lastSuccessful ?? '', signIns.lastAttempt ?? ''] : ['', ''];
  return [...services, ...logins];
}

interface LicenseWords {
  /** Product name and part number, separated by a null character. */
  name: string;
  monthly: number;
  /** Why it stays, or by which group it goes; empty where it is simply reclaimable. */
  note: string;
}

export function listLicenseWords({ evidence, outlook }: AccountView): LicenseWords[] {
  const prices = new Map(
    [...outlook.reclaimable, ...outlook.heldBack].map(({ license, monthly }) => [license.skuId, monthly ?? 0]),
  );
  return [...evidence.licenses, ...outlook.inError].map((license) => {
    // A product stays in all ways in which it is assigned.
    const heldBack = listHeldBack(outlook).find((entry) => entry.license.skuId === license.skuId);
    return {
      name: `${license.productName}\u0000${license.skuPartNumber}`,
      monthly: license.doubt === 'in-error' ? 0 : (prices.get(license.skuId) ?? 0),
      note: heldBack === undefined ? describeLeaving(license) : describeStay(heldBack.reason, [license], license.error),
    };
  });
}

/** Of a licence that may go; empty: it is assigned directly. */
function describeLeaving(license: AssignedLicense): string {
  const { assignedByGroup, groupName, dynamicGroup } = license;
  if (dynamicGroup !== undefined) {
    const group = describeLicenseGroup(groupName ?? assignedByGroup ?? '', dynamicGroup.membershipRule);
    return `goes with the block: ${group} takes it back`;
  }
  return assignedByGroup === null
    ? ''
    : `goes by taking the account out of ${formatGroupNames([groupName ?? assignedByGroup])}`;
}

export function describeFateAndClock(fate: OneDriveFate, today: Day): string {
  if (fate.kind === 'none') return '';
  const clock = findOneDriveClock(fate);
  const left = fate.kind === 'counting' ? `; ${formatCount(countDaysLeft(fate.since, today), 'day')} left` : '';
  return `${describeFate(fate, today)}${clock === null ? '' : `; ${describeOneDriveClock(clock, today)}`}${left}`;
}

export function describePerson(evidence: Evidence, today: Day): string {
  const { mailbox, createdOn, onPremisesSyncEnabled, employeeType } = evidence;
  const size = mailbox.storageUsedBytes === null ? '' : ` of ${(mailbox.storageUsedBytes / 1e9).toFixed(1)} GB`;
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
