// What the engine's CLI failed with, each error once: which fault of a backend or a state it is, and what to do.
import { CommandError, ConcurrentUpdateError } from '@pulumi/pulumi/automation/index.js';
import { DormantError } from '../../policy/errors.ts';
import { locatePage } from '../../policy/words/locate-page.ts';
import { parseLocks } from './locks.ts';

interface BackendFault {
  code: 'state-unreadable' | 'wrong-passphrase' | 'backend-away' | 'backend-read-only' | 'backend-refused';
  /** Starts the sentence that the engine's message ends. */
  means: string;
  remedy: string;
}

/** As a sentence with its cause; an error that is not the engine's is returned unchanged. */
export function translateEngineError(error: unknown): unknown {
  if (!(error instanceof CommandError)) return error;
  if (error instanceof ConcurrentUpdateError) return buildNewStackLockedError(error);
  const message = extractEngineMessage(error.message) || 'it gave no reason.';
  if (/^Target '\S+' could not be found/.test(message)) return buildOvertakenError(error);
  const { code, means, remedy } = findBackendFault(message) ?? unknownFault;
  return new DormantError(code, `${means}: ${message}`, { remedy, cause: error });
}

/** `runClearingLocks` handles all other locks. This one is older than its stack; `pulumi cancel` does not remove it. */
function buildNewStackLockedError(error: ConcurrentUpdateError): DormantError {
  const [{ user, host, since } = { user: 'somebody', host: 'another machine', since: 'now' }] = parseLocks(
    error.message,
  );
  const [file = 'its file below .pulumi/locks'] = /\.pulumi\/locks\/\S+?\.json/.exec(error.message) ?? [];
  return new DormantError('locked', `Another run is creating this stack: ${user} on ${host}, since ${since}.`, {
    where: file,
    remedy: 'Run the same command again. If that run is gone for certain, delete this file in the backend first.',
    cause: error,
  });
}

/** Another run made the state forget what this one wanted it to: between two parts of an update the stack is not locked. */
function buildOvertakenError(cause: CommandError): DormantError {
  return new DormantError('overtaken', 'Another run changed this stack during this one.', {
    remedy: 'Run the same command again: it does what is left to do.',
    cause,
  });
}

/** Whether the engine could not save what it did, whatever else failed. */
export function isStateUnsaved(error: unknown): boolean {
  return error instanceof CommandError && error.message.includes('failed to save snapshot');
}

const unknownFault = {
  code: 'engine-failed' as const,
  means: 'The Pulumi engine stopped',
  remedy: 'Fix what it names, then run the same command again; `dormant doctor` says whether the backend answers.',
};

/** Each of the engine's errors once, on one line, with its cause. */
export function extractEngineMessage(output: string): string {
  const found = [errorStart, progressErrorStart].map((start) => listErrors(output, start));
  return found.find((errors) => errors.length > 0)?.join('; ') ?? '';
}

const errorStart = /^[ \t]*error: /m;
/** An engine that can no longer write its state ends without a list of errors: they are only where they occurred. */
const progressErrorStart = /^[ +~@-].*? error: /m;

function listErrors(output: string, start: RegExp): string[] {
  const [, ...errors] = output.split(start);
  const sentences = errors.map((text) => joinLines(text.split(errorEnd, 1)[0] ?? ''));
  return [...new Set(sentences)].filter((sentence) => sentence !== '');
}

/** What the CLI and the Automation API print after an error without belonging to it. */
const errorEnd =
  /^ ?(?:stdout|stderr|err\?): |^(?:@ |Command failed|(?:Previewing|Updating|Refreshing) |Diagnostics:|Resources:|Duration:|[ \t]*(?:warning|info): |[ \t]+[\w-]+:[\w/:-]+ \(.*\):$)/m;

/** Azure's answer is XML between rules; several errors are a numbered list whose last entry is only a code. */
function joinLines(text: string): string {
  const lines = text
    .replaceAll(/^<\?xml.*?<Message>(.*?)<\/Message>.*$/gms, '$1')
    .split('\n')
    .map((line) => line.trim().replace(/^\d+\) /, ''))
    .filter((line) => !/^(?:-*|\d+ errors? occurred:|Unknown|PermissionDenied)$/.test(line));
  return lines.join(', ');
}

/** null: not a fault of the backend. `message`: from `extractEngineMessage`. */
export function findBackendFault(message: string): BackendFault | null {
  if (/passphrase/.test(message)) return backendFaults['wrong-passphrase'];
  if (!backendPattern.test(message)) return null;
  if (refusalPattern.test(message))
    return backendFaults[writePattern.test(message) ? 'backend-read-only' : 'backend-refused'];
  if (silencePattern.test(message)) return backendFaults['backend-away'];
  return unreadablePattern.test(message) ? backendFaults['state-unreadable'] : null;
}

// Messages of gocloud.dev's buckets, of the SDKs of Azure, AWS and Google below them, and of the file system.
const backendPattern =
  /\.pulumi\b|checkpoint|bucket|blob \(key|operation error S3|could not create stack|^place \d|httpstate/;
const refusalPattern =
  /\b40[13]\b|AccessDenied|PermissionDenied|Authoriz|permission denied|read-only file system|operation not permitted/i;
const writePattern = /\bPUT\b|PutObject|\.pulumi\/locks|write "|writing|could not create stack|CopyObject|DeleteObject/;
const silencePattern =
  /\bEOF\b|connection re(?:fused|set)|no such host|unable to open bucket|timeout|deadline exceeded|unreachable|misbehaving|\b50[0-4]\b|request send failed/i;
const unreadablePattern =
  /checkpoint|JSON|json:|corrupt store|integrity|checksum did not match|invalid character|^place \d/;

const backendFaults: Record<BackendFault['code'], BackendFault> = {
  'state-unreadable': {
    code: 'state-unreadable',
    means: 'The state of the stack cannot be read, so nothing was done',
    remedy: `Restore the state from the .bak file beside it, or delete the state: the next apply then adopts every account as the tenant shows it. ${locatePage('guides/disaster.md')} has the commands.`,
  },
  'wrong-passphrase': {
    code: 'wrong-passphrase',
    means: 'The state was created with another passphrase than this run’s',
    remedy: `Set PULUMI_CONFIG_PASSPHRASE to the one that the first apply had; unset, dormant uses an empty one. ${locatePage('guides/disaster.md')} says what to do when it is lost.`,
  },
  'backend-away': {
    code: 'backend-away',
    means: 'The backend with the state does not answer',
    remedy: 'Run the same command again once it does: what was under way is then done again.',
  },
  'backend-read-only': {
    code: 'backend-read-only',
    means: 'The credentials of this run can read the state, but not write it',
    remedy:
      'Give the identity that applies the right to write there (Storage Blob Data Contributor, or s3:PutObject and s3:DeleteObject), then run the same command again.',
  },
  'backend-refused': {
    code: 'backend-refused',
    means: 'The backend refuses the credentials of this run',
    remedy: `Give this identity the right to read there (Storage Blob Data Reader, or s3:ListBucket and s3:GetObject); ${locatePage('guides/adopt.md')} has the commands.`,
  },
};
