// Why a mail to a manager or to HR has each of its parts.
import type { Letter } from '../../../stacks/notice/letter.ts';
import { type ReasonsFor, sayNothing } from '../reasons.ts';

export const letter = {
  subject: null,
  opening: 'Greets the manager by name.',
  heads: null,
  people: {
    name: 'Who is meant: a manager has to know.',
    userPrincipalName: 'Which account is meant, where two people have one name.',
    department: 'The same.',
    why: 'How long the account was silent and the last days of activity: what the manager can contradict. To HR what somebody was recognised by; of a give-back who asked for it and why.',
    files: 'What its OneDrive holds, as a size and a number of files, and what becomes of it: somebody may need them.',
    link: 'Where the account’s file is, which only readers of the repository can open.',
  },
  outlook: null,
  steps: sayNothing('on', 'what'),
  closing: null,
} as const satisfies ReasonsFor<Letter>;
