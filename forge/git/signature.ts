// How the pipeline recognises its own commits: two trailers, and a digest that an amend or squash by a person breaks. Pure.
import { createHash } from 'node:crypto';
import type { Day } from '../../policy/evidence.ts';

/** A path and its new blob; null: the path is deleted. */
export type BlobChange = readonly [path: string, blob: string | null];

/** The audit that a commit comes from. */
interface AuditDay {
  stack: string;
  day: Day;
}

export interface SignedMessage {
  headline: string;
  body: string;
}

/** The message of a commit that changes exactly `changes`. */
export function signMessage(headline: string, { stack, day }: AuditDay, changes: readonly BlobChange[]): SignedMessage {
  return { headline, body: `${auditTrailer}: ${stack} ${day}\n${changesTrailer}: ${computeDigest(changes)}` };
}

/** The message of a merge of main. `changes`: what differs from both of its parents. */
export function buildMergeMessage(headline: string, audit: AuditDay, changes: readonly BlobChange[] = []): string {
  const { body } = signMessage(headline, audit, changes);
  return `${headline}\n\n${body}`;
}

/** The message of a restart of a branch whose proposal was merged or closed. */
export function buildRestartMessage(branch: string, audit: AuditDay): string {
  return `${buildMergeMessage(`Start ${branch} anew from main`, audit)}\n${restartTrailer}: ${branch}`;
}

/** Whether a merge restarts the branch, so that earlier commits no longer count. */
export function isRestart(message: string): boolean {
  return findTrailer(message, restartTrailer) !== null;
}

/**
 * Whether the pipeline made the commit with this message and these changes.
 * The trailers alone prove nothing: a person who amends or squashes the pipeline's commit keeps its message.
 */
export function isPipelineCommit(message: string, changes: readonly BlobChange[]): boolean {
  return findTrailer(message, auditTrailer) !== null && findTrailer(message, changesTrailer) === computeDigest(changes);
}

/** The day of the audit that a commit's message says it comes from, whatever was made of its changes; null: of none. */
export function findAuditDay(message: string): Day | null {
  return findTrailer(message, auditTrailer)?.split(' ').at(-1) ?? null;
}

const auditTrailer = 'Dormant-Audit';
const changesTrailer = 'Dormant-Changes';
const restartTrailer = 'Dormant-Restart';

function findTrailer(message: string, key: string): string | null {
  const lines = message.trimEnd().split('\n').reverse();
  const end = lines.indexOf('');
  const last = end < 0 ? lines : lines.slice(0, end);
  return last.find((line) => line.startsWith(`${key}: `))?.slice(key.length + 2) ?? null;
}

function computeDigest(changes: readonly BlobChange[]): string {
  const lines = changes.map(([path, blob]) => `${path}\0${blob ?? '-'}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex').slice(0, 40);
}

/** git's name for a file with this text. */
export function computeBlobId(text: string): string {
  const bytes = Buffer.from(text);
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
