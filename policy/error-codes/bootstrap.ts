import type { ErrorMeaning } from './meaning.ts';

/** The program that makes the two identities and their grants. */
export const bootstrapCodes = {
  'bootstrap-config': {
    when: 'The bootstrap’s configuration misses settings, or some are wrong; all are listed.',
    remedy: 'Set what is missing with `pulumi -C bootstrap config set <key> <value>`.',
  },
  'bootstrap-outputs': {
    when: 'The file with the bootstrap’s outputs, given to `dormant init`, cannot be used.',
    remedy: 'Write it with `pulumi -C bootstrap stack output --json`.',
  },
  'bootstrap-ambiguous': {
    when: 'Several applications of the tenant have the name of one that is to be taken over.',
    remedy:
      'Delete those that `stacks/<stack>/tenant.yaml` does not name (Entra, App registrations), then run it again.',
  },
  'app-role-unknown': {
    when: 'An API in this tenant does not offer a permission under the id that is known here; nothing was made.',
    remedy: 'Compare the ids with the portal (Enterprise applications, the API, App roles).',
  },
  'grant-breaks-guarantee': {
    when: 'The table of grants has one that would let an identity do what Dormant promises never to do; nothing was made.',
    remedy: 'Take the grant out of the table in `bootstrap/grants.ts`.',
  },
} satisfies Record<string, ErrorMeaning>;
