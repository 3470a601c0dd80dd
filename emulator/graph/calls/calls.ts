// Every call that this tenant answers, by method and path template: the one table of its permissions, costs and pages.
import { applicationCalls } from './application-calls.ts';
import type { CallFacts } from './call.ts';
import { groupCalls } from './group-calls.ts';
import { otherCalls } from './other-calls.ts';
import { peopleCalls } from './people-calls.ts';
import { roleCalls } from './role-calls.ts';
import { tenantCalls } from './tenant-calls.ts';

/** The calls for Graph's resources. */
export const CALLS = {
  ...peopleCalls,
  ...groupCalls,
  ...roleCalls,
  ...tenantCalls,
  ...applicationCalls,
} as const satisfies Record<string, CallFacts>;

export type Call = keyof typeof CALLS;

export interface FoundCall {
  /** Such as `GET /users/{id}`. */
  readonly call: string;
  readonly facts: CallFacts;
}

/** The call of a path below the API's version; null: it is not in the table. `cmdlet`: the Exchange cmdlet that it runs. */
export function findCall(method: string, path: string, cmdlet: string | null = null): FoundCall | null {
  const requested = [`${method} ${path}`, ...(cmdlet === null ? [] : [cmdlet])].join(' ');
  return templates.find(({ pattern }) => pattern.test(requested)) ?? null;
}

/** The paths of all calls, with `{id}` for ids. */
export function listCallPaths(): string[] {
  return Object.keys({ ...CALLS, ...otherCalls }).flatMap((call) => call.split(' ')[1] ?? []);
}

/** Literal paths come before those with an `{id}` in the same place. */
const templates = Object.entries<CallFacts>({ ...CALLS, ...otherCalls })
  .map(([call, facts]) => ({ call, facts, pattern: toPattern(call) }))
  .sort((a, b) => a.call.split('{').length - b.call.split('{').length);

function toPattern(call: string): RegExp {
  const literal = call.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&');
  return new RegExp(`^${literal.replaceAll(/\{[^}]*\}/g, '[^/]+')}$`, 'i');
}
