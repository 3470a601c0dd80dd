// What a killed run leaves in the way of the next one, and how that is cleared without losing what was done:
// a lock, which only a person or this file removes, and operations that the state calls pending.
import { hostname } from 'node:os';
import type { Stack } from '@pulumi/pulumi/automation/index.js';

/** Who holds the stack, as the engine says it. */
export interface Lock {
  user: string;
  host: string;
  pid: number;
  /** ISO 8601. */
  since: string;
}

/** An operation that was under way when the engine was killed; nobody knows how far it came. */
export interface PendingOperation {
  urn: string;
  type: string;
}

/** The locks that the engine's refusal names; empty when it failed for another reason. */
export function locksIn(refusal: string): Lock[] {
  const line = /created by (\S+)@(\S+) \(pid (\d+)\) at (\S+)/g;
  return [...refusal.matchAll(line)].map(([, user = '', host = '', pid = '', since = '']) => ({
    user,
    host,
    pid: Number(pid),
    since,
  }));
}

/** True only where it can be known: on this host, and no process has that id any more. */
export function isAbandoned({ host, pid }: Lock): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/**
 * Takes the pending operations out of the state and returns them. Every operation of the provider can be run again from
 * any point, so the next update simply does them; left in, a pending creation would stay in the state for ever.
 */
export async function clearPendingOperations(stack: Stack): Promise<PendingOperation[]> {
  const exported = await stack.exportStack();
  const { pending_operations: pending, ...deployment } = exported.deployment;
  if (!Array.isArray(pending) || pending.length === 0) return [];
  await stack.importStack({ ...exported, deployment });
  return pending.map((operation) => ({ urn: operation.resource.urn, type: operation.type }));
}
