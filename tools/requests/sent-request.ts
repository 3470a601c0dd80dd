// One request of Dormant's own as the embedded tenant saw it, with everything taken out of it that is of one run or one person.
import { type FoundCall, findCall } from '../../emulator/graph/calls/calls.ts';
import { computeIdentityCost } from '../../emulator/metering/costs.ts';
import type { LogEntry } from '../../emulator/metering/request-log.ts';

export interface SentRequest {
  /** The identity whose token it carried; null: it carried none. */
  identity: string | null;
  /** Which part of a run asked, as in the counts. */
  source: string;
  /** Such as `GET /users/{id}`; of a call that is not in the table, as it was sent but for ids. */
  call: string;
  /** Query options by name, with what was asked for. */
  query: ReadonlyMap<string, string>;
  isBatched: boolean;
  /** Resource units of identity; null: other budgets. */
  units: number | null;
}

/** Tests of the transport itself say this in place of a part of a run. */
const sourceOfTests = 'x';

/** null: somebody else's client sent it. */
export function readSentRequest(
  entry: Pick<LogEntry, 'userAgent' | 'method' | 'path' | 'query' | 'identity' | 'batch' | 'body'>,
): SentRequest | null {
  const source = /dormant\/\S+ \(([^)]*)\)/.exec(entry.userAgent ?? '')?.[1];
  if (source === undefined || source === sourceOfTests) return null;
  const { method, identity, batch } = entry;
  const path = entry.path.replace(/^\/(v1\.0|beta)(?=\/)/, '');
  const cmdlet = /"CmdletName":"([\w-]+)"/.exec(entry.body ?? '')?.[1] ?? null;
  const query = new URLSearchParams(entry.query);
  return {
    identity,
    source,
    call: findCall(method, path, cmdlet)?.call ?? formatUnknownCall(method, path, cmdlet),
    query: new Map(query),
    isBatched: batch !== null,
    units: computeIdentityCost(method, path, query)?.units ?? null,
  };
}

/** The facts of its call; null: Microsoft's table does not have it. */
export function findCallFacts({ call }: Pick<SentRequest, 'call'>): FoundCall['facts'] | null {
  const [method = '', path = '', cmdlet] = call.split(' ');
  return findCall(method, path, cmdlet ?? null)?.facts ?? null;
}

/** What the page has a row of: who asks, how, and what for, in one line. */
export function formatLine({ identity, source, call, query, isBatched, units }: SentRequest): string {
  const sent = isBatched ? 'in a batch' : 'alone';
  const options = [...query].map(([name, value]) => formatOption(name, value));
  const request = options.length === 0 ? call : `${call}?${options.sort().join('&')}`;
  return [identity ?? 'nobody', source, sent, units ?? '–', request].join(' | ');
}

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

function formatUnknownCall(method: string, path: string, cmdlet: string | null): string {
  return [method, path.replaceAll(guid, '{id}'), ...(cmdlet === null ? [] : [cmdlet])].join(' ');
}

/** `$select` by the one property that has a permission of its own; a filter without whom it is about. */
function formatOption(name: string, value: string): string {
  const key = name.toLowerCase();
  if (key === '$expand') return `${name}=${value}`;
  if (key === '$select')
    return [name, ...['signInActivity', 'membershipRule'].filter((each) => value.includes(each))].join(' ');
  if (key !== '$filter') return name;
  const terms = value
    .replaceAll(/'(?:[^']|'')*'/g, '…')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]*Z/g, '…')
    .replaceAll(/…(\s*,\s*…)+/g, '…')
    .split(' or ');
  return `${name}=${[...new Set(terms)].join(' or ')}`;
}
