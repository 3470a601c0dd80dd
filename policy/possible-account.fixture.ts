// Refuses what no audit of a real tenant can see, and says why it cannot be.
import { type Day, type Evidence, findActivity } from './evidence.ts';

interface Dates {
  today: Day;
  reportDay: Day;
}

/** Throws with every impossibility of the account. */
export function requirePossible(account: Evidence, dates: Dates): void {
  const faults = rules.flatMap((rule) => rule(account, dates));
  if (faults.length > 0) throw new Error(`${account.userPrincipalName} cannot be: ${faults.join('; ')}`);
}

type Rule = (account: Evidence, dates: Dates) => string[];

const rules: readonly Rule[] = [
  ({ userPrincipalName, displayName }) =>
    userPrincipalName === '' || displayName === '' ? ['it has no userPrincipalName or displayName'] : [],
  (account, { reportDay }) =>
    servicesUsed(account)
      .filter((day) => day > reportDay)
      .map((day) => `active on ${day}, which the report of ${reportDay} does not reach`),
  (account, { today }) =>
    signInsOf(account)
      .filter((day) => day > today)
      .map((day) => `signed in on ${day}, after today, ${today}`),
  ({ createdOn, ...account }) =>
    [...servicesUsed(account), ...signInsOf(account)]
      .filter((day) => createdOn !== null && day < createdOn)
      .map((day) => `created on ${createdOn}, after its activity of ${day}`),
  ({ signIns }) =>
    signIns.kind === 'read' && (signIns.lastSuccessful ?? '') > (signIns.lastAttempt ?? '')
      ? ['its last successful sign-in is later than its last attempt']
      : [],
  ({ licenses, createdOn }, { today }) =>
    licenses
      .filter(({ assignedOn }) => assignedOn !== null && (assignedOn > today || assignedOn < (createdOn ?? '')))
      .map(({ skuPartNumber, assignedOn }) => `${skuPartNumber} was assigned on ${assignedOn}`),
  ({ createdOn }, { today }) => ((createdOn ?? '') > today ? [`created on ${createdOn}, after today`] : []),
  ({ manager, id }) => (manager?.id === id ? ['it is its own manager'] : []),
];

function servicesUsed({ usage }: Pick<Evidence, 'usage'>): Day[] {
  return Object.values(findActivity(usage) ?? {}).filter((day) => day !== null);
}

function signInsOf({ signIns }: Pick<Evidence, 'signIns'>): Day[] {
  return signIns.kind === 'read' ? [signIns.lastSuccessful, signIns.lastAttempt].filter((day) => day !== null) : [];
}
