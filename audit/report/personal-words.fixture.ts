// For tests of pages that name nobody: all that stands in the directory for somebody, in lower case.
import type { Evidence } from '../../policy/evidence.ts';

export function listPersonalWords(people: readonly Evidence[]): string[] {
  const words = people.flatMap(({ id, userPrincipalName, displayName, mail, givenName, surname, manager, ...rest }) => [
    ...[id, userPrincipalName, displayName, mail, givenName, surname, rest.department, rest.jobTitle],
    ...(manager === null ? [] : [manager.id, manager.displayName, manager.mail, manager.userPrincipalName]),
  ]);
  return [...new Set(words.filter((word) => word !== null && word !== '').map((word) => word?.toLowerCase() ?? ''))];
}
