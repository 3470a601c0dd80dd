// From what somebody calls a person to the one account that is meant, over all sources of all stacks that are asked.
import { findNearNames } from '../../policy/edit/suggest-names.ts';
import { DormantError } from '../../policy/errors.ts';
import { foldId, foldText, type IdKey, type UserId, type UserPrincipalName } from '../../policy/identifiers.ts';
import { formatCount, formatList } from '../../policy/words/labels.ts';
import { showName } from './show-name.ts';
import type { StackSources } from './stack-sources.ts';
import type { UnreadSource } from './unread.ts';

export interface FoundPerson {
  sources: StackSources;
  id: IdKey;
  userPrincipalName: UserPrincipalName;
  displayName: string;
}

/** A name of one account, by one source. */
interface KnownName {
  id: UserId;
  userPrincipalName: UserPrincipalName;
  displayName: string;
  mail: string | null;
  /** Its file on main; absent: it is not from there. */
  path?: string;
}

/**
 * By userPrincipalName, object id or its first 8 digits, display name, mail or file, also of long ago. Throws `no-such-account` (exit code 2) with the
 * nearest names, or with all accounts that have the name.
 */
export function findPerson(
  name: string,
  stacks: readonly StackSources[],
  unread: readonly UnreadSource[],
): FoundPerson {
  const known = stacks.flatMap((sources) => [...findInStack(name, sources).values()]);
  const found = known.length > 0 ? known : stacks.flatMap((sources) => findExempt(name, sources));
  const [only] = found;
  if (only === undefined) throw createUnknownError(name, stacks, unread);
  if (found.length > 1) throw createAmbiguousError(name, found);
  return only;
}

function findInStack(name: string, sources: StackSources): Map<IdKey, FoundPerson> {
  const wanted = foldText(name.trim());
  const people = new Map<IdKey, FoundPerson>();
  for (const known of listNames(sources, wanted)) {
    const id = foldId(known.id);
    if (people.has(id) || !listCalls(known).some((call) => foldText(call) === wanted)) continue;
    const { userPrincipalName, displayName } = known;
    people.set(id, { sources, id, userPrincipalName, displayName });
  }
  return people;
}

/** Of somebody who is in no list here, exemptions.yaml may still have the name; a pattern names nobody. */
function findExempt(name: string, sources: StackSources): FoundPerson[] {
  const { stack, settings } = sources;
  const entry = settings?.exemptions.find(
    (one) => (one.stack === undefined || one.stack === stack) && foldText(one.account) === foldText(name.trim()),
  );
  if (entry === undefined) return [];
  return [{ sources, id: foldId(entry.account), userPrincipalName: entry.account, displayName: entry.account }];
}

/** Of old versions only those that have the text in them: most of a long history is about others. */
function* listNames({ history, audited, settings }: StackSources, wanted: string): Iterable<KnownName> {
  for (const person of audited?.people.values() ?? []) yield { ...person };
  for (const { id, userPrincipalName, displayName } of settings?.escalations ?? [])
    yield { id, userPrincipalName, displayName, mail: null };
  for (const { path, text } of history?.line.versions.toReversed() ?? []) {
    if (text === null || !foldText(`${path} ${text}`).includes(wanted)) continue;
    const account = history?.read(text)?.account;
    if (account === undefined) continue;
    const { id, userPrincipalName, displayName } = account;
    yield { id, userPrincipalName, displayName, mail: null, path };
  }
}

function listCalls({ id, userPrincipalName, displayName, mail, path }: KnownName): string[] {
  const file = path?.slice(path.lastIndexOf('/') + 1);
  const files = path === undefined || file === undefined ? [] : [path, file, file.replace(/\.yaml$/, '')];
  // By the start of the id, as a pull request that hides names has it.
  return [id, id.slice(0, 8), userPrincipalName, displayName, ...(mail === null ? [] : [mail]), ...files];
}

function createUnknownError(
  name: string,
  stacks: readonly StackSources[],
  unread: readonly UnreadSource[],
): DormantError {
  const near = listNearPeople(name, stacks);
  const where = formatList(stacks.map(({ stack }) => stack));
  const suggestion = near.length === 0 ? 'No name is near it.' : `Did you mean ${formatList(near, 'or')}?`;
  const blind = unread.map(({ because, remedy }) => [because, remedy].filter(Boolean).join(' '));
  return new DormantError('no-such-account', `Nobody in ${where} is called ${showName(name)}.`, {
    exitCode: 2,
    remedy: [suggestion, ...blind].join(' '),
  });
}

const mostSuggested = 3;

function listNearPeople(name: string, stacks: readonly StackSources[]): string[] {
  const labels = new Map<string, string>();
  for (const sources of stacks)
    for (const { userPrincipalName, displayName } of listWrittenNames(sources)) {
      const [local = ''] = userPrincipalName.split('@');
      const label = `${showName(displayName)} (${showName(userPrincipalName)})`;
      for (const call of [userPrincipalName, local, displayName]) labels.set(call, label);
    }
  const near = findNearNames(name, [...labels.keys()]).flatMap((call) => labels.get(call) ?? []);
  return [...new Set(near)].slice(0, mostSuggested);
}

/** As they stand in the files, without parsing them: a long history has a hundred thousand versions. */
function* listWrittenNames({ history, audited, settings }: StackSources): Iterable<WrittenName> {
  for (const text of history?.texts.values() ?? []) {
    const [userPrincipalName, displayName] = [/^ +userPrincipalName: (.+)$/m, /^ +displayName: (.+)$/m].map((line) =>
      line.exec(text)?.[1]?.replace(/^["']|["']$/g, ''),
    );
    if (userPrincipalName !== undefined && displayName !== undefined) yield { userPrincipalName, displayName };
  }
  yield* settings?.escalations ?? [];
  yield* audited?.people.values() ?? [];
}

type WrittenName = Pick<KnownName, 'userPrincipalName' | 'displayName'>;

const mostListed = 8;

function createAmbiguousError(name: string, found: readonly FoundPerson[]): DormantError {
  const shown = found
    .slice(0, mostListed)
    .map(({ sources, id, userPrincipalName }) => `${showName(userPrincipalName)} in ${sources.stack} (${id})`);
  const rest = found.length - shown.length;
  const all = formatList(rest > 0 ? [...shown, `${rest} more`] : shown);
  return new DormantError(
    'no-such-account',
    `${formatCount(found.length, 'account')} are called ${showName(name)}: ${all}.`,
    {
      exitCode: 2,
      remedy: 'Name the stack and the object id: dormant why <stack> <object id>',
    },
  );
}
