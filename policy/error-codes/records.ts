import type { ErrorMeaning } from './meaning.ts';

/** Where records of audits and applies are kept. */
export const recordCodes = {
  'record-store': {
    when: 'The store of the records is not there, does not answer, refuses this identity, or may not be used as `tenant.yaml` names it.',
    remedy:
      'Do what the message says: it names the place and the permission that is missing. [Records](../guides/records.md) has the commands that set a store up.',
  },
} satisfies Record<string, ErrorMeaning>;
