// Parses the issue form with which somebody asks to give an account back. Pure.
import { parseIssueForm } from './issue-form.ts';

export interface GiveBackForm {
  person: string;
  /** null: whichever stack has the person. */
  stack: string | null;
  reason: string;
  /** For the author of the issue, each with what to do; empty: it can be looked for. */
  problems: string[];
}

/** In the form's order; the reason is last, so that its text cannot pass for another field. */
const headings = { person: 'Account', stack: 'Stack', reason: 'Reason' } as const;

const maxCharacters = 256;
const maxReason = 400;

export function parseGiveBackIssue(body: string, { stacks }: { stacks: readonly string[] }): GiveBackForm {
  const { person, stack, reason } = parseIssueForm(body, headings);
  const isStack = stack === '' || stacks.includes(stack);
  const problems = [
    ...(person === '' ? ['Name the account by its sign-in name, such as ana.reyes@contoso.com.'] : []),
    ...(person.length > maxCharacters ? [`Account is longer than ${maxCharacters} characters.`] : []),
    ...(isStack ? [] : [`There is no such stack. Leave the field empty, or name one of: ${stacks.join(', ')}.`]),
    ...(reason.length < 3 ? ['Give the reason in a sentence.'] : []),
    ...(reason.length > maxReason ? [`Reason is longer than ${maxReason} characters.`] : []),
  ];
  return { person, stack: stack === '' ? null : stack, reason, problems };
}
