// Finds out whether sign-ins can be read, by a sample of people who must have signed in: the services saw them this week.
import { isFields } from '../../graph/json-fields.ts';
import { quoteText } from '../../graph/quote-text.ts';
import { isRefusedFilter } from '../../graph/request-failed.ts';
import { findSignInDays, findSignInRefusal, type NoSignIns, valuesPerFilter } from '../../graph/sign-in-access.ts';
import type { AuditReader } from './reader.ts';
import { isServiceFailure, readSignInsSingly, readsPerBatch } from './small-sign-ins.ts';

/**
 * `smallReads`: a `whole-list` of 15 accounts where such a list left out no value, a `list` where one had some values, else
 * single accounts. `nobody-to-ask`: the services saw no enabled account this week, so it is not known.
 */
export type SignInProbe =
  | { kind: 'read'; smallReads: SmallReads }
  | { kind: 'unavailable'; because: NoSignIns | 'nobody-to-ask' };

export type SmallReads = 'whole-list' | 'list' | 'single';

/** Of so many enabled accounts at least one must have tried to sign in. */
const sampleSize = 15;

/** `names`: accounts that the services saw this week; more than the sample, because some may be disabled or gone. */
export async function probeSignIns(reader: AuditReader, names: readonly string[]): Promise<SignInProbe> {
  try {
    return await askSample(reader, names);
  } catch (error) {
    const because = findSignInRefusal(error);
    if (because === null) throw error;
    return { kind: 'unavailable', because };
  }
}

async function askSample(reader: AuditReader, names: readonly string[]): Promise<SignInProbe> {
  const enabled: string[] = [];
  for (let at = 0; at < names.length && enabled.length < sampleSize; at += valuesPerFilter) {
    const users = (await listByName(reader, names.slice(at, at + valuesPerFilter))).filter(isEnabled);
    if (users.some(hasSignIn)) return { kind: 'read', smallReads: isWhole(users) ? 'whole-list' : 'list' };
    enabled.push(...users.map(({ id }) => id));
  }
  // A list may have left the values out.
  if (await hasAnySignIn(reader, enabled.slice(0, sampleSize))) return { kind: 'read', smallReads: 'single' };
  if (enabled.length > 0) return { kind: 'unavailable', because: 'no-value' };
  // Throws if a licence or a permission is missing, which is the better reason.
  await reader.get({ source: 'sign-in access', path: '/users?$select=id,signInActivity&$top=1' });
  return { kind: 'unavailable', because: 'nobody-to-ask' };
}

/** Disabled or deleted accounts may be missing from the sample. */
const leastOfWhole = 12;

/** A crowded page leaves many values out. Otherwise at most one of these people works without ever signing in. */
function isWhole(users: readonly unknown[]): boolean {
  return users.length >= leastOfWhole && users.filter((user) => !hasSignIn(user)).length <= 1;
}

/** By name, because the report has no ids. As in the listing's parts, such a filter is allowed with signInActivity. */
async function listByName(reader: AuditReader, names: readonly string[]): Promise<unknown[]> {
  const quoted = names.map(quoteText).join(',');
  const filter = encodeURIComponent(`userPrincipalName in (${quoted})`);
  const list = (select: string) =>
    reader.list({ source: 'sign-in access', path: `/users?$select=${select}&$filter=${filter}` });
  return (
    (await listOrRefused(() => list('id,accountEnabled,signInActivity'))) ??
    (await listOrRefused(() => list('id,accountEnabled'))) ??
    (await readByNameSingly(reader, names))
  );
}

/** null where Graph refuses the filter, or fails at one account in it. */
async function listOrRefused(list: () => Promise<unknown[]>): Promise<unknown[] | null> {
  try {
    return await list();
  } catch (error) {
    if (!isRefusedFilter(error) && !isServiceFailure(error)) throw error;
    return null;
  }
}

/** One name that Graph cannot read spoils a filter for all of them. */
async function readByNameSingly(reader: AuditReader, names: readonly string[]): Promise<unknown[]> {
  const paths = names.map((name) => `/users/${encodeURIComponent(name)}?$select=id,accountEnabled`);
  const answers = await reader.getMany('sign-in access', paths);
  return answers.filter(({ status }) => status === 200).map(({ body }) => body);
}

/** A few at a time, because most tenants answer with the first. */
async function hasAnySignIn(reader: AuditReader, ids: readonly string[]): Promise<boolean> {
  for (let at = 0; at < ids.length; at += readsPerBatch) {
    const found = await readSignInsSingly(reader, ids.slice(at, at + readsPerBatch));
    if ([...found.values()].some(({ kind }) => kind === 'read')) return true;
  }
  return false;
}

function isEnabled(user: unknown): user is { id: string } {
  return isFields(user) && user.accountEnabled === true && typeof user.id === 'string';
}

function hasSignIn(user: unknown): boolean {
  return findSignInDays(user)?.kind === 'read';
}
