// How the program tells the provider which repository and stack it is for, before it declares anything.
import Type, { type Static } from 'typebox';
import { literals } from '../policy/schemas/parts.ts';

/** Called by the program before it declares anything, in preview and update alike; leaves nothing in the state. */
export const openToken = 'm365:index:open';

export const OpenArguments = Type.Object({
  /** Absolute path of the repository's root. */
  repository: Type.String(),
  stack: Type.String(),
  /** The day it is; the guard counts the evidence's age to it. */
  today: Type.String(),
  /** false: the caps are passed, so that accounts are given back to and adopted, and nothing is taken from any. */
  mayTake: Type.Boolean(),
  /** `begin`: only notes what it is about to change; `changes`: changes what it has noted; `rest`: everything else; `all`: all at once. */
  part: literals(['begin', 'changes', 'rest', 'all']),
  /** ISO 8601, by the clock that the tenant has: to compare with its times. */
  startedAt: Type.String(),
  /** Whether to tell of each request that is sent. */
  requestsOfProvider: Type.Boolean(),
});
export type OpenArguments = Static<typeof OpenArguments>;
