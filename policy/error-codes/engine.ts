import type { ErrorMeaning } from './meaning.ts';

/** The Pulumi engine, its state and the backend where that is kept. */
export const engineCodes = {
  engine: {
    when: 'The engine ended before it came to this account, or while it worked on it.',
    remedy: 'Run the apply again.',
  },
  'engine-failed': {
    when: 'The engine stopped for another reason than those below; the message has what it said.',
    remedy:
      'Correct what it names, then run the same command again; `dormant doctor` tells whether the backend answers.',
  },
  locked: {
    when: 'Another run holds this stack, or is making it.',
    remedy:
      'Wait for it and run the same command again. If you know that it is gone, run it with `--clear-lock`, or delete the file that the message names in the backend first.',
  },
  'engine-silent': {
    when: 'The engine had nothing to say for so long that the run was ended: mostly its backend does not answer.',
    remedy:
      'See that the backend answers, then run the same command again: what was under way is then done again. If a lock is left, the error of that run says how to clear it.',
  },
  overtaken: {
    when: 'Another run has changed this stack while this one was at work.',
    remedy: 'Run the same command again: it looks at what is left to do.',
  },
  'state-newer': {
    when: 'The state was written by a newer version than this one, so nothing was done.',
    remedy: 'Run the apply of main as it is now, with its version.',
  },
  'state-unreadable': {
    when: 'The state of the stack cannot be read, so nothing was done.',
    remedy:
      'Put the stack’s .bak beside it back in its place, or delete the state: the next apply then adopts every account as the tenant shows it, and nothing is taken for a week, until the keys are known again. [Disaster](../guides/disaster.md) has the commands.',
  },
  'wrong-passphrase': {
    when: 'The state was made with another passphrase than this run has.',
    remedy:
      'Set `PULUMI_CONFIG_PASSPHRASE` to the one that the first apply had; unset, Dormant uses an empty one. [Disaster](../guides/disaster.md) says what to do when it is lost.',
  },
  'backend-away': {
    when: 'The backend with the state does not answer.',
    remedy: 'Run the same command again once it does: what was under way is then done again.',
  },
  'backend-read-only': {
    when: 'The state can be read, and not written with the credentials of this run.',
    remedy:
      'Give the identity that applies the right to write there (Storage Blob Data Contributor, or s3:PutObject and s3:DeleteObject), then run the same command again.',
  },
  'backend-refused': {
    when: 'The backend refuses the credentials of this run.',
    remedy:
      'Give this identity the right to read there (Storage Blob Data Reader, or s3:ListBucket and s3:GetObject); [Adopt](../guides/adopt.md) has the commands.',
  },
} satisfies Record<string, ErrorMeaning>;
