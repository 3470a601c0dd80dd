// What the roles of a signed-in person let a look see, in words. Pure.
import {
  type DirectoryRole,
  describeFalseFriends,
  findSufficientRole,
  listSufficientRoles,
  type Reading,
  readings,
} from '../../graph/person/directory-roles.ts';
import { DormantError } from '../../policy/errors.ts';
import { formatList } from '../../policy/words/labels.ts';

/** One line for each thing that is read; `held` null: the roles are not known. */
export function describeAccess(held: readonly DirectoryRole[] | null): string[] {
  if (held === null) return ['Which roles you hold could not be read; what they do not allow is said below.'];
  const names = held.map(({ displayName }) => displayName).sort();
  const whose = names.length === 0 ? 'You hold no role of Entra' : `Your roles: ${names.join(', ')}`;
  return [`${whose}.`, ...readings.map((reading) => `  ${describeReading(reading, held)}`)];
}

function describeReading(reading: Reading, held: readonly DirectoryRole[]): string {
  const role = findSufficientRole(reading, held);
  if (role !== null) return `yes  ${reading.what}: by ${role}`;
  const instead = describeFalseFriends(reading, held).map((sentence) => `; ${sentence}`);
  return `no   ${reading.what}: ${describeSufficient(reading)} would do${instead.join('')}`;
}

function describeSufficient(reading: Reading): string {
  const names = listSufficientRoles(reading);
  return formatList(names, 'or');
}

/** What is missing in the results for want of a role, and what follows; a refusal decides, so this is `may`. */
export function describeUnseen(held: readonly DirectoryRole[] | null): string[] {
  if (held === null) return [];
  return readings
    .filter((reading) => findSufficientRole(reading, held) === null)
    .map(
      (reading) =>
        `${capitalise(reading.what)} may not have been shown to you (it takes ${describeSufficient(reading)}): ${reading.without}.`,
    );
}

/** Throws `role-missing` before anything is asked that no role of the person allows. */
export function requireNeededRoles(held: readonly DirectoryRole[] | null): void {
  if (held === null) return;
  const missing = readings.filter((reading) => reading.isNeeded && findSufficientRole(reading, held) === null);
  if (missing.length === 0) return;
  const instead = missing.flatMap((reading) => describeFalseFriends(reading, held)).map((sentence) => ` ${sentence}.`);
  const needs = missing.map((reading) => `${describeSufficient(reading)}, for ${reading.what}`);
  throw new DormantError(
    'role-missing',
    `None of your roles lets you read ${formatList(missing.map(({ what }) => what))}.${instead.join('')}`,
    {
      remedy: `It takes ${needs.join('; and ')}. If you are eligible for one, activate it first (Privileged Identity Management), and start again.`,
    },
  );
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
