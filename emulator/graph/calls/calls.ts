// Every call that this tenant answers, by method and path template: its permissions, costs and pages. Reads are those of the table of
// resources; writes and actions have tables here.
import { resources } from '../resources/resources.ts';
import type { CallFacts } from './call.ts';
import { graphCalls } from './graph-calls.ts';
import { otherCalls } from './other-calls.ts';

const reads = resources.flatMap(({ path, list, get, isSingle }) => [
  ...(list ? [[`GET ${path}`, list] as const] : []),
  ...(get ? [[isSingle ? `GET ${path}` : `GET ${path}/{id}`, get] as const] : []),
]);

/** The calls for Graph's resources. */
const calls: Readonly<Record<string, CallFacts>> = {
  ...Object.fromEntries(reads),
  ...graphCalls,
};

/** The facts of a call by its method and path template; throws for one that is in no table. */
export function getCallFacts(call: string): CallFacts {
  const facts = calls[call];
  if (facts) return facts;
  throw new Error(`No table has the facts of ${call}.`);
}

export interface FoundCall {
  /** Such as `GET /users/{id}`. */
  readonly call: string;
  readonly facts: CallFacts;
}

/** The call of a path below the API's version; null: it is not in the table. `cmdlet`: the Exchange cmdlet that it runs. */
export function findCall(method: string, path: string, cmdlet: string | null = null): FoundCall | null {
  const requested = [`${method} ${dropCast(path)}`, ...(cmdlet === null ? [] : [cmdlet])].join(' ');
  return templates.find(({ pattern }) => pattern.test(requested)) ?? null;
}

/** A cast narrows a list, and a count is one: both are calls of the list. */
function dropCast(path: string): string {
  const isOwnCall = path.startsWith('/directory/deletedItems/');
  return isOwnCall ? path : path.replace(/(\/microsoft\.graph\.\w+)?(\/\$count)?$/i, '');
}

/** The paths of all calls, with `{id}` for ids. */
export function listCallPaths(): string[] {
  return Object.keys({ ...calls, ...otherCalls }).flatMap((call) => call.split(' ')[1] ?? []);
}

/** Literal paths come before those with an `{id}` in the same place. */
const templates = Object.entries<CallFacts>({ ...calls, ...otherCalls })
  .map(([call, facts]) => ({ call, facts, pattern: toPattern(call) }))
  .sort((a, b) => a.call.split('{').length - b.call.split('{').length);

function toPattern(call: string): RegExp {
  const literal = call.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll(/\{[^}]*\}/g, '[^/]+')}$`, 'i');
}
