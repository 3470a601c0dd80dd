// Parses the issue form with which a manager asks to keep an account, into an entry or a list of problems. Pure.
import { addDays, type Day } from '../../policy/evidence.ts';
import { Exemption } from '../../policy/schemas/exemptions.ts';
import { listSchemaFaults } from '../../policy/schemas/validate.ts';
import { parseIssueForm } from './issue-form.ts';

export interface ExemptionRequest {
  /** null: see `problems`. */
  entry: Exemption | null;
  /** For the author of the issue, each with what to do. */
  problems: string[];
}

export interface RequestFacts {
  /** Who opened the issue: the owner if the form names none. */
  author: string;
  today: Day;
  /** exemptions.maxDays of the policy. */
  maxDays: number;
  /** The stacks of the repository. */
  stacks: readonly string[];
}

/** What the form begins each title with. */
export const exemptionTitle = 'Exemption:';

/** In the form's order; the reason is last, so that its text cannot pass for another field. */
const headings = {
  account: 'Account',
  stack: 'Stack',
  until: 'Keep until',
  owner: 'Who answers for it',
  reason: 'Reason',
} as const;

export function parseExemptionIssue(body: string, facts: RequestFacts): ExemptionRequest {
  const fields = parseIssueForm(body, headings);
  const entry = {
    account: fields.account,
    ...(fields.stack === '' ? {} : { stack: fields.stack }),
    reason: fields.reason,
    owner: fields.owner === '' ? `@${facts.author}` : fields.owner,
    until: fields.until,
  };
  const problems = checks.flatMap((check) => check(entry, facts));
  if (problems.length > 0) return { entry: null, problems };
  const faults = listSchemaFaults(Exemption, entry);
  return faults.length === 0
    ? { entry, problems: [] }
    : { entry: null, problems: faults.map(({ keys, message }) => `${keys.join('.')} ${message}`) };
}

type Check = (entry: Exemption, facts: RequestFacts) => string[];

/** A reason is a sentence or two. */
const maxCharacters = 500;

const checks: readonly Check[] = [
  ({ account }) => {
    if (account === '') return ['Name the account by its sign-in name, such as ana.reyes@contoso.com.'];
    return /^[^\s*?<>"`|\\]+$/.test(account)
      ? []
      : ['The account is one sign-in name or object id; patterns need a pull request on exemptions.yaml.'];
  },
  ({ stack }, { stacks }) =>
    stack === undefined || stacks.includes(stack)
      ? []
      : [`There is no such stack. Leave the field empty, or name one of: ${stacks.join(', ')}.`],
  ({ until }, { today, maxDays }) => {
    if (!isDay(until)) return ['“Keep until” is a day, written as YYYY-MM-DD.'];
    if (until < today) return [`“Keep until” is in the past: today is ${today}.`];
    const furthest = addDays(today, maxDays);
    return until > furthest ? [`“Keep until” is too late: the last day possible is ${furthest}.`] : [];
  },
  ({ reason }) => (reason.length < 3 ? ['Give the reason in a sentence.'] : []),
  (entry) =>
    Object.entries(entry).flatMap(([key, value]) =>
      value.length > maxCharacters ? [`${key} is longer than ${maxCharacters} characters.`] : [],
    ),
];

function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(text);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
