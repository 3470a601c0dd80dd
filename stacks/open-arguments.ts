// How the program tells the provider which repository and stack it is for, before it declares anything.
import Type, { type Static } from 'typebox';
import { literals, nullable } from '../policy/schemas/parts.ts';
import { LoggedRun } from './record/apply-log.ts';

/** Called by the program before it declares anything, in preview and update alike; leaves nothing in the state. */
export const openToken = 'm365:index:open';

export const OpenArguments = Type.Object({
  /** Absolute path of the repository's root. */
  repository: Type.String(),
  stack: Type.String(),
  /** Today; the guard counts the evidence's age up to it. */
  today: Type.String(),
  /** false: the limits are passed, so that nothing is taken; giving back and adopting go on. */
  mayTake: Type.Boolean(),
  /** `begin`: notes what will change; `changes`: makes those changes; `rest`: everything else; `all`: all at once. */
  part: literals(['begin', 'changes', 'rest', 'all']),
  /** ISO 8601, by the tenant's clock: to compare with its times. */
  startedAt: Type.String(),
  /** For the lines of apply.jsonl, and to see whether main moves on from its commit meanwhile. */
  loggedRun: LoggedRun,
  /** The commit of main that an apply has gone through last; null: none is noted. */
  appliedCommit: nullable(Type.String()),
  /** As in `StackRunOptions`; null: real time, or noon of the embedded tenant's day. */
  startsAt: nullable(Type.String()),
  /** Whether to report each request that is sent. */
  requestsOfProvider: Type.Boolean(),
});
export type OpenArguments = Static<typeof OpenArguments>;
