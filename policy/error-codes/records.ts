import type { ErrorMeaning } from './meaning.ts';

/** The records of audits and applies: adding to them, verifying and erasing. */
export const recordCodes = {
  record: {
    when: 'What a run has left in `out/` is not as the run writes it, or nothing by the given name is a record.',
    remedy: 'Let the run write it again, or give the folder that the store was copied into.',
  },
  'no-records': {
    when: '`tenant.yaml` has no `records`, so nothing is kept for longer than artifacts are.',
    remedy: 'Say in `tenant.yaml` where records are kept.',
  },
  'records-key': {
    when: 'The key for records is none, or is not listed in `records.keys` of tenant.yaml for what is to be signed.',
    remedy: 'Merge the pull request that lists its public half first, or give the run the key that is listed.',
  },
  'record-race': {
    when: 'Other runs took the next place in the chain of records each time that this one tried.',
    remedy: 'Run it again when they are through.',
  },
  'record-store': {
    when: 'The store of the records is not there, does not answer, refuses this identity, or may not be used as `tenant.yaml` names it.',
    remedy:
      'Do what the message says: it names the place and the permission that is missing. [Records](../guides/records.md) has the commands that set a store up.',
  },
} satisfies Record<string, ErrorMeaning>;
