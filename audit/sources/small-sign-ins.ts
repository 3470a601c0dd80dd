// The sign-ins of a few accounts, because a crowded page leaves some out (msgraph-sdk-powershell 1898). By id in lower
// case; left out are deleted accounts, unreadable values, and accounts that Graph was too busy for or failed at.
import { isRefusedFilter, RequestFailed } from '../../graph/request-failed.ts';
import { buildSignInListPath, parseSignInList, valuesPerFilter } from '../../graph/sign-in-access.ts';
import { buildUserPath } from '../../graph/user.ts';
import type { SignIns } from '../../policy/evidence.ts';
import type { IdKey } from '../../policy/identifiers.ts';
import type { AuditReader } from './reader.ts';

export type SignInsById = ReadonlyMap<IdKey, SignIns>;

/** Single reads have a quota of 10 a minute, items of a batch counted (microsoft-graph-docs-contrib 8653). */
export const readsPerBatch = 5;

/** 15 to a request. Empty where Graph refuses this filter: which ones signInActivity allows is not documented. */
export function listSignIns(reader: AuditReader, ids: readonly IdKey[]): Promise<SignInsById> {
  return readInParts(ids, valuesPerFilter, async (part) => {
    try {
      return await reader.list({ source: 'sign-ins', path: buildSignInListPath(part) });
    } catch (error) {
      if (!isRefusedFilter(error)) throw error;
      return [];
    }
  });
}

/** One GET for each account, by id, because by name signInActivity is a 400. */
export function readSignInsSingly(reader: AuditReader, ids: readonly IdKey[]): Promise<SignInsById> {
  return readInParts(ids, readsPerBatch, async (part) => {
    const paths = part.map((id) => `${buildUserPath(id)}?$select=id,signInActivity`);
    const answers = await reader.getMany('sign-ins', paths);
    return answers.filter(({ status }) => status < 400).map(({ body }) => body);
  });
}

/** One account that the service fails at fails every list that contains it. */
export function isServiceFailure(error: unknown): boolean {
  return error instanceof RequestFailed && error.status !== null && error.status >= 500;
}

async function readInParts(
  ids: readonly IdKey[],
  size: number,
  read: (part: readonly IdKey[]) => Promise<readonly unknown[]>,
): Promise<SignInsById> {
  const found = new Map<IdKey, SignIns>();
  try {
    for (let at = 0; at < ids.length; at += size)
      for (const [id, signIns] of parseSignInList(await read(ids.slice(at, at + size)))) found.set(id, signIns);
  } catch (error) {
    if (!isServiceFailure(error) && !(error instanceof RequestFailed && error.status === 429)) throw error;
  }
  return found;
}
