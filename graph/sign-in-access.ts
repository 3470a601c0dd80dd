// Whether sign-ins can be read at all, found out by a sample: a 200 without any value says as little as a 403.
import { DormantError } from '../policy/errors.ts';
import type { SignIns } from '../policy/evidence.ts';
import { foldId, type IdKey, type UserId } from '../policy/identifiers.ts';
import { isFields, requireFields, requireList } from './json-fields.ts';
import { isRefusedFilter, RequestFailed } from './request-failed.ts';
import type { Transport } from './transport.ts';
import { parseSignInDays } from './user.ts';

/** `no-value`: Graph answers, but none of the sampled accounts has a sign-in on record. */
export type NoSignIns = 'no-premium' | 'no-permission' | 'no-value';

/** A page of enabled accounts; if none has ever tried to sign in, any that has. Values begin in April 2020. */
const samples = ['accountEnabled eq true', 'signInActivity/lastSignInDateTime ge 2020-01-01T00:00:00Z'];

/**
 * For callers that cannot read the usage report. US Government clouds answered 200 without signInActivity for every account
 * in 2021 and 2022 (microsoft-graph-docs 18484, azure-docs 69009).
 */
export async function askForSignIns(graph: Transport): Promise<'read' | NoSignIns> {
  for (const filter of samples) {
    const answer = await askSample(graph, filter);
    if (answer !== 'no-value') return answer;
  }
  return 'no-value';
}

/** Why Graph refuses sign-ins; null for any other error. */
export function findSignInRefusal(error: unknown): 'no-premium' | 'no-permission' | null {
  if (!(error instanceof RequestFailed) || error.status !== 403) return null;
  return /premium|B2C/i.test(error.graphCode) ? 'no-premium' : 'no-permission';
}

/** The sign-ins of an entry whose other fields do not matter; null if they are unreadable. */
export function findSignInDays(entry: unknown): SignIns | null {
  try {
    return parseSignInDays(requireFields(entry, 'GET /users'), 'signInActivity', 'GET /users');
  } catch (error) {
    if (error instanceof DormantError) return null;
    throw error;
  }
}

/** Graph takes at most 15 alternatives in one filter. */
export const valuesPerFilter = 15;

/** At most `valuesPerFilter` ids. */
export function buildSignInListPath(ids: readonly (UserId | IdKey)[]): string {
  const filter = encodeURIComponent(`id in (${ids.map((id) => `'${id}'`).join(',')})`);
  return `/users?$select=id,signInActivity&$filter=${filter}`;
}

/** Left out are entries without an id, and those whose sign-ins are unreadable. */
export function parseSignInList(users: readonly unknown[]): Map<IdKey, SignIns> {
  const found = new Map<IdKey, SignIns>();
  for (const user of users) {
    const signIns = findSignInDays(user);
    if (signIns !== null && isFields(user) && typeof user.id === 'string') found.set(foldId(user.id), signIns);
  }
  return found;
}

async function askSample(graph: Transport, filter: string): Promise<'read' | NoSignIns> {
  // No $top: the default of 100 also fits where the largest page is 120.
  const path = `/users?$select=id,signInActivity&$filter=${encodeURIComponent(filter)}`;
  try {
    const { body } = await graph.send({ source: 'sign-in access', path });
    const users = requireList(requireFields(body, 'GET /users'), 'value', 'GET /users');
    return users.some((user) => findSignInDays(user)?.kind === 'read') ? 'read' : 'no-value';
  } catch (error) {
    const refusal = findSignInRefusal(error);
    if (refusal !== null) return refusal;
    if (isRefusedFilter(error)) return 'no-value';
    throw error;
  }
}
