// Texts that name nobody, for what many read and what stays when a person is to be forgotten: logs, summaries of steps, branches,
// commits, checks (docs/decisions/0033-where-names-stand.md). Pure.

/**
 * Without addresses, names of files about people, what a problem quotes of such a file, and the object ids that Graph's and
 * Exchange's errors begin with.
 */
export function redactNames(text: string): string {
  return text
    .replace(peoplePathPattern, '$1(a file)')
    .replace(problemOfPeople, '$1')
    .replace(addressPattern, '(an address)')
    .replace(idOfPerson, '$1(an id)');
}

/** The folder of a file whose name is a person's, or whatever somebody has called it; null: its path names nobody. */
export function findPeopleFolder(path: string): string | null {
  const [, stack, rest = ''] = /^stacks\/([^/]+)\/(.+)$/s.exec(path) ?? [];
  if (stack === undefined || namelessFiles.has(rest)) return null;
  const [, folder] = /^(accounts|archive)\//.exec(rest) ?? [];
  return `stacks/${stack}/${folder === undefined ? '' : `${folder}/`}`;
}

/** Whether the values in a file are people's, so that a sentence about one of them may quote a name. */
export function quotesPeople(path: string): boolean {
  return findPeopleFolder(path) !== null || /^(exemptions|stacks\/[^/]+\/escalations)\.yaml$/.test(path);
}

const namelessFiles = new Set([
  'tenant.yaml',
  'escalations.yaml',
  'README.md',
  'accounts/.gitkeep',
  'archive/.gitkeep',
]);

/** As far as `.yaml`, since a name may have blanks; or as far as a blank. */
export const peoplePathPattern =
  /(\bstacks\/[^\s/]+\/(?:accounts|archive)\/)(?:(?=\S)[^\n"“”]*?\.ya?ml\b|[^\s"“”:,;)]+)/g;

/** As `formatProblem` writes it. */
const problemOfPeople = /((?:\(a file\)|\bexemptions\.yaml|\bescalations\.yaml):\d+(?::\d+)?): .*/g;

/** An apostrophe is part of a name, and also a quotation mark before one. */
export const addressPattern = /(?:[^\s"'`<>()[\],;:=/]|(?<=[^\s(])'(?=\S))+@[\w-]+(\.[\w-]+)*\.[a-z][\w-]*/gi;

/** Other ids are of use in a log: of a request, of a tenant, of an application. */
const idOfPerson =
  /(\b(?:users?|accounts?|Get-Mailbox|Get-MailboxStatistics|Set-Mailbox|Resource)\b["'(:=/\s]*)[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
