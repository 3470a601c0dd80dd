// The keys that vouch for the facts of a stack's files, in tenant.yaml, and the line that each file carries.
import Type, { type Static } from 'typebox';
import { DaySchema, fileSchema, strictObject } from './parts.ts';

/** How far a signed file may go: the stage that the audit proposed, or `keep` where it proposed none. */
export const furthestStages = ['keep', 'notify', 'review', 'disable', 'delicense'] as const;
export type FurthestStage = (typeof furthestStages)[number];

/**
 * `1.<key>.<furthest stage>.<rules>.<signature>`; of a list without the stage. Any text is allowed here: a line that is none
 * refuses its one account and not the stack.
 */
export const SignedLine = Type.String({
  maxLength: 400,
  description:
    'The audit’s signature over all facts of this file: key, furthest stage, hash of the rules, signature. Never edited by people.',
});

const name = Type.String({
  pattern: '^[a-z0-9][a-z0-9-]{0,63}$',
  description: 'The key’s name, as the signatures have it.',
});

const publicKey = Type.String({
  pattern: '^[A-Za-z0-9+/]{43}=$',
  description: 'The public half of an Ed25519 key: its 32 bytes in base64. `dormant key new` writes it.',
});

const commit = Type.String({
  pattern: '^[0-9a-f]{40}(?:[0-9a-f]{24})?$',
  description: 'The full id of a commit on main’s first-parent line.',
});

const FactsKey = strictObject({ name, publicKey });
export type FactsKey = Static<typeof FactsKey>;

export const Signing = fileSchema(
  1,
  {
    since: Type.Optional({
      ...commit,
      description: 'The commit at which signing began: what main had there counts as signed until it moves on.',
    }),
    current: Type.Optional(FactsKey),
    next: Type.Optional({
      ...FactsKey,
      description: 'The key that comes after it, listed a week ahead so that the apply knows it.',
    }),
    retired: Type.Optional(
      Type.Array(strictObject({ name, publicKey, until: DaySchema }), {
        description: 'Keys of the past, each good for what was audited until its day; never taken off.',
      }),
    ),
    revoked: Type.Optional(
      Type.Array(strictObject({ name, publicKey, commit }), {
        description: 'Stolen keys, each good only for what main had before its commit; never taken off.',
      }),
    ),
  },
  'The keys that sign the facts. Without one the audit proposes nothing, and the apply takes nothing.',
);
export type Signing = Static<typeof Signing>;
