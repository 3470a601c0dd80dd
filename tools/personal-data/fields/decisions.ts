// Why the other files that people write or review have each of their fields.
import type { Escalations } from '../../../policy/schemas/escalations.ts';
import type { Exemptions } from '../../../policy/schemas/exemptions.ts';
import type { GiveBack } from '../../../policy/schemas/give-back.ts';
import { type ReasonsFor, sayNothing } from '../reasons.ts';
import { identity } from './account-file.ts';

export const exemptions = {
  exemptions: {
    account: 'Who is left alone. Without it the exemption would protect nobody.',
    stack: null,
    reason:
      'Why, so that it can be judged and ended. Free text: it can say that somebody is ill or on leave, and need not. “Agreed with HR” is enough.',
    owner: 'Who answers for it and is asked before it ends: a person or a team.',
    until: 'When it ends by itself.',
  },
  ...sayNothing('format'),
} as const satisfies ReasonsFor<Exemptions>;

export const escalations = {
  escalations: {
    id: 'Which account HR is told about, once, whatever it is called by then.',
    userPrincipalName: 'Whose account it is, for HR.',
    displayName: 'The same, for a person who does not know the address.',
    why: 'By which title, department or list somebody counts as an executive, so that a mistake is seen.',
    lastActivity: 'The last day of any activity when the account was first found silent: what HR decides on.',
    since: 'Since when it was found silent, so that HR is told once and not each week.',
  },
  signed:
    'The audit’s signature over the list: without it anybody who can edit the file could have HR told about somebody.',
  ...sayNothing('format'),
} as const satisfies ReasonsFor<Escalations>;

export const giveBack = {
  account: {
    ...identity,
    id: 'To which account something is given back.',
  },
  reason:
    'Why it is given back, for who approves it and for who asks a year later. Free text: it should say no more than is needed.',
  askedBy: 'Who asked. Somebody else has to approve, so that nobody gives an account back to themselves.',
  askedOn: 'When it was asked for: the number of such files in a day is limited.',
  ...sayNothing('format'),
} as const satisfies ReasonsFor<GiveBack>;
