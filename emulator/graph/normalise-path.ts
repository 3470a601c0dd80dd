// Graph takes one path in many spellings. All of them become the one that the routes have, before anything looks at the path:
// doubled and trailing slashes, the tenant after the version, names in any case, keys in brackets, casts by their short name.
// Seen from released clients: hashicorp's hamilton (the tenant, doubled slashes), Kiota's SDKs (casts, casing), O365 (keys).

import { isDirectoryObject, v1Types } from '../odata/schema.ts';

interface TenantNames {
  readonly id: string;
  readonly domain: string;
}

const versioned = /^\/(v1\.0|beta)\/(.+)$/i;
/** `users('id')`; not the call of a function, whose parameters have names: `getActivity(period='D7')`. */
const keyed = /^([\w.$]+)\('((?:[^']|'')*)'\)$/;
const namespace = /^(?:microsoft\.)?graph\./i;

interface PathNames {
  /** The path as the routes have it, still percent-encoded; those of other services than Graph are left alone. */
  normalise(pathname: string): string;
  /** Of a path that has no route: what Graph says that it does not find. */
  findUnknownSegment(path: string): string;
}

/** `templates`: routes and calls, whose segments are the names that may be written in any case. */
export function createPathNames(templates: Iterable<string>, tenant: TenantNames): PathNames {
  const names = new Map([...templates].flatMap(listNames).map((name) => [name.toLowerCase(), name]));
  const normalise = (pathname: string) => {
    const path = pathname.replace(/\/{2,}/g, '/').replace(/(?<=.)\/$/, '');
    const [, version, rest] = versioned.exec(path) ?? [];
    if (version === undefined || rest === undefined) return path;
    const segments = dropTenant(rest.split('/'), tenant).flatMap(splitKey);
    return `/${version.toLowerCase()}/${segments.map((segment) => canonicaliseSegment(segment, names)).join('/')}`;
  };
  return {
    normalise,
    findUnknownSegment(path) {
      const [, , ...segments] = path.split('/');
      // A name, an id, a name and so on; where all of the names are known, just not together, the last one is meant.
      const unknown = segments.find((segment, at) => at % 2 === 0 && !names.has(segment.toLowerCase()));
      return unknown ?? segments.at(-1) ?? path;
    },
  };
}

/** Of `/users/:id/manager` and of `/users/{id}/manager` alike: without ids, and without the parameters of functions. */
function listNames(template: string): string[] {
  const segments = template.replace(/\(.*?\)/g, '').split('/');
  return segments.filter((name) => /^[\w$]/.test(name));
}

/** `/v1.0/{tenant}/users`: the token says which tenant it is, and this is the only one here. */
function dropTenant(segments: string[], { id, domain }: TenantNames): string[] {
  const [first = '', ...others] = segments;
  const isTenant = [id, domain, 'myorganization'].includes(first.toLowerCase());
  return isTenant && others.length > 0 ? others : segments;
}

function splitKey(segment: string): string[] {
  const [, name, key] = keyed.exec(decode(segment)) ?? [];
  if (name === undefined || key === undefined) return [segment];
  return [name, encodeURIComponent(key.replaceAll("''", "'"))];
}

function canonicaliseSegment(segment: string, names: ReadonlyMap<string, string>): string {
  const text = decode(segment);
  const [, name = '', parameters = ''] = /^([^(]*)(.*)$/s.exec(text) ?? [];
  const plain = name.replace(namespace, '');
  // A cast keeps its namespace, an action with one is the same action.
  const cast = plain === name ? undefined : casts.get(plain.toLowerCase());
  const known = cast ?? names.get(name.toLowerCase()) ?? names.get(`microsoft.graph.${plain}`.toLowerCase());
  const action = plain === name ? undefined : names.get(plain.toLowerCase());
  const canonical = known ?? action;
  return canonical === undefined ? segment : `${canonical}${parameters}`;
}

/** What a list of directory objects can be narrowed to. */
const casts: ReadonlyMap<string, string> = new Map(
  Object.keys(v1Types)
    .filter(isDirectoryObject)
    .map((name) => [name.toLowerCase(), `microsoft.graph.${name}`]),
);

/** What cannot be decoded is nobody's name. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
