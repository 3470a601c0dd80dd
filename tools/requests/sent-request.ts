// A request by Dormant as the embedded tenant saw it, without anything specific to a run or a person.
import { computeIdentityCost, type FoundCall, findCall, type LogEntry } from '@dormant-m365/emulator/calls';

export interface SentRequest {
  /** The identity whose token it carried; null: it carried none. */
  identity: string | null;
  /** The part of the run that sent it, as in the counts. */
  source: string;
  /** Such as `GET /users/{id}`; if the table does not have it, the path without ids. */
  call: string;
  /** Query options by name. */
  query: ReadonlyMap<string, string>;
  isBatched: boolean;
  /** Resource units of the limit on identity and access; null: other limits apply. */
  units: number | null;
}

/** The source that tests of the transport itself use. */
const sourceOfTests = 'x';

/** null: not sent by Dormant. */
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

/** null: the table of Microsoft's calls does not have it. */
export function findCallFacts({ call }: Pick<SentRequest, 'call'>): FoundCall['facts'] | null {
  const [method = '', path = '', cmdlet] = call.split(' ');
  return findCall(method, path, cmdlet ?? null)?.facts ?? null;
}

/** One line for the page: who sends what, and how. */
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

/** `$select` only with properties that need extra permissions; `$filter` without values. */
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
