// Sign-ins of the accounts that a run takes something from. They have their own quota, which counts each item of a $batch,
// so accounts that ask together share a list of fifteen, and an answer serves for an hour.
import { createItemError, sendBatch } from '../../graph/batch.ts';
import { requireFields, requireList } from '../../graph/json-fields.ts';
import { isRefusedFilter, RequestFailed } from '../../graph/request-failed.ts';
import type { RetryPolicy } from '../../graph/retry.ts';
import { buildSignInListPath, findSignInDays, parseSignInList, valuesPerFilter } from '../../graph/sign-in-access.ts';
import type { Transport } from '../../graph/transport.ts';
import { buildUserPath, noSignInKnown } from '../../graph/user.ts';
import { DormantError } from '../../policy/errors.ts';
import type { LiveSignIns } from '../../policy/evidence.ts';
import { foldId, type IdKey, type UserId } from '../../policy/identifiers.ts';
import { type Gathering, gather, type PendingRequest } from './request-batcher.ts';

interface SignInReader {
  /** Of one account; a missing value means that none is known only if it was read alone. Throws if it cannot be read. */
  read(id: UserId): Promise<LiveSignIns>;
  /** The next read of this account is sent anew. */
  forget(id: UserId): void;
}

interface SignInReaderOptions {
  gathering: Gathering;
  retryPolicy?: RetryPolicy | undefined;
  now?: () => number;
}

/** The greatest age that a write may rely on. */
const lifeMs = 3_600_000;

/** Single reads have a quota of 5 in ten seconds at best. */
const maxAlone = 5;

type PendingRead = PendingRequest<UserId, LiveSignIns>;

export function createSignInReader(
  graph: Transport,
  { gathering, retryPolicy, now = () => performance.now() }: SignInReaderOptions,
): SignInReader {
  const cache = new Map<UserId, { signIns: Promise<LiveSignIns>; at: number }>();
  const ask = gather(gathering, valuesPerFilter, (reads: PendingRead[]) => answerReads(graph, retryPolicy, reads));
  return {
    read(id) {
      const known = cache.get(id);
      if (known !== undefined && now() - known.at < lifeMs) return known.signIns;
      const signIns = ask(id);
      cache.set(id, { signIns, at: now() });
      signIns.catch(() => cache.delete(id));
      return signIns;
    },
    forget: (id) => void cache.delete(id),
  };
}

/** A list can leave values out, or be refused: accounts without a value are read alone. */
async function answerReads(
  graph: Transport,
  retryPolicy: RetryPolicy | undefined,
  reads: PendingRead[],
): Promise<void> {
  try {
    const listed = await listSignIns(graph, reads);
    const missing = reads.filter(({ question: id, resolve }) => {
      const signIns = listed.get(foldId(id));
      if (signIns !== undefined) resolve(signIns);
      return signIns === undefined;
    });
    for (let at = 0; at < missing.length; at += maxAlone)
      await answerAlone(graph, retryPolicy, missing.slice(at, at + maxAlone));
  } catch (error) {
    for (const { reject } of reads) reject(error);
  }
}

/** Without those that have no value. */
async function listSignIns(graph: Transport, reads: readonly PendingRead[]): Promise<ReadonlyMap<IdKey, LiveSignIns>> {
  const path = buildSignInListPath(reads.map(({ question }) => question));
  try {
    const { body } = await graph.send({ source: 'sign-ins', path });
    const listed = parseSignInList(requireList(requireFields(body, path), 'value', path));
    return new Map([...listed].flatMap(([id, signIns]) => (signIns.kind === 'read' ? [[id, signIns]] : [])));
  } catch (error) {
    if (!isListFailure(error)) throw error;
    return new Map();
  }
}

/** One account that a service fails at fails all its lists. */
function isListFailure(error: unknown): boolean {
  return isRefusedFilter(error) || (error instanceof RequestFailed && error.status !== null && error.status >= 500);
}

async function answerAlone(
  graph: Transport,
  retryPolicy: RetryPolicy | undefined,
  reads: readonly PendingRead[],
): Promise<void> {
  const items = reads.map(({ question }) => ({
    method: 'GET' as const,
    url: `${buildUserPath(question)}?$select=id,signInActivity`,
    mayFail: true,
  }));
  const answers = await sendBatch(graph, 'sign-ins', items, retryPolicy);
  for (const [at, { question: id, resolve, reject }] of reads.entries()) {
    const answer = answers[at];
    const signIns = answer?.status === 200 ? findSignInDays(answer.body) : null;
    if (signIns !== null) resolve(signIns.kind === 'missing' ? noSignInKnown : signIns);
    else if (answer === undefined || answer.status === 200) reject(buildUnreadableError(id));
    else reject(createItemError('GET', items[at]?.url ?? '', answer));
  }
}

function buildUnreadableError(id: UserId): DormantError {
  return new DormantError('unexpected-answer', `user ${id}: signInActivity cannot be read.`, {
    where: `user ${id}`,
    remedy: 'Nothing was done to this account. Look at it in the Entra admin center, and run the apply again.',
  });
}
