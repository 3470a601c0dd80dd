// The rules in force in plain words, from the policy. No text that a person chose is in them, because it can name somebody:
// no reason of a pause, no name of a population or department, no title. Pure.
import { type Day, judgedServices } from '../../../policy/evidence.ts';
import type { Policy } from '../../../policy/schemas/policy.ts';
import { deletesNothingWords, givesBackWords } from '../../../policy/words/describe-clocks.ts';
import { formatDay, formatList, serviceWords } from '../../../policy/words/labels.ts';
import type { AuditView } from '../../audit-view.ts';
import { formatLimit } from './disclosure.ts';

export interface RuleSection {
  title: string;
  sentences: readonly string[];
}

export function listRules(audit: AuditView): RuleSection[] {
  const { policy } = audit;
  return [
    { title: 'What is looked at', sentences: describeActivity(policy) },
    { title: 'When an account counts as inactive', sentences: describeInactive(policy) },
    { title: 'Who is left alone', sentences: describeProtected(policy) },
    {
      title: 'When it happens',
      sentences: [...describeLimits(policy), ...describeClosed(policy), ...describeStops(audit)],
    },
    { title: 'Who decides', sentences: deciding },
    { title: 'What is never done', sentences: never },
  ];
}

function describeActivity({ signIns }: Policy): string[] {
  const names = judgedServices.map((service) => serviceWords[service]);
  return [
    `The last day on which an account was active in ${formatList(names)}, from Microsoft’s usage report, and the last day of a successful sign-in. Days alone: no time of day, no number of what anybody did, no place and no device.`,
    'No content: no mail, file, chat or calendar is read, and no permission for that is asked for. The sizes of mailbox and OneDrive are read, because they decide what has to stay.',
    signIns === 'required'
      ? 'Where sign-ins cannot be read, nobody counts as inactive.'
      : 'Where sign-ins cannot be read, silence in all of these services is enough.',
    'Of who is active, and in no step, no day is written down.',
  ];
}

function describeInactive(policy: Policy): string[] {
  const { inactiveAfterDays, minimumAccountAgeDays, minimumLicenseAgeDays, reportMaxAgeDays } = policy;
  return [
    `Who was silent in all of them for ${inactiveAfterDays} days. A failed sign-in keeps nobody active.`,
    ...describePopulations(policy),
    `No account that is younger than ${minimumAccountAgeDays} days, and none that got a licence in the last ${minimumLicenseAgeDays} days.`,
    `In doubt an account is kept: where something is missing, unclear or contradicts itself. A usage report that is older than ${reportMaxAgeDays} days ends the audit.`,
  ];
}

/** By their days, the longest last; their names can say something about people. */
function describePopulations({ populations = [] }: Policy): string[] {
  const days = [...new Set(populations.map(({ inactiveAfterDays }) => inactiveAfterDays))].sort((a, b) => a - b);
  return days.length === 0
    ? []
    : [`For some people the policy has days of their own: ${formatList(days.map((count) => `${count} days`))}.`];
}

function describeProtected({ scope, exemptions, notifications }: Policy): string[] {
  const told = notifications.hrContact === undefined ? 'are listed for HR' : 'are listed for HR, who is told once';
  return [
    `Executives: nothing is done with their accounts, which ${told}.`,
    'Accounts of services, shared mailboxes and rooms, holders of administrative roles and accounts for emergencies.',
    `Whoever has an exemption. It has a reason, somebody who answers for it and an end, at most ${exemptions.maxDays} days ahead.`,
    'Guests and members of other companies: they are listed, and nothing is planned for them.',
    ...(scope === undefined ? [] : ['Everybody outside the part of the company that the policy begins with.']),
  ];
}

function describeLimits({ limits, ramp }: Policy): string[] {
  const { newAccountsPerAudit, changesPerApply, changesPerWeek = 2 * changesPerApply } = limits;
  return [
    `In one proposal ${formatLimit(newAccountsPerAudit)} begin. One merge blocks or takes licences from ${formatLimit(changesPerApply)}, and all merges of a week together from ${formatLimit(changesPerWeek)}; each department has a limit of its own, and so has the share of the company.`,
    ...(ramp === undefined
      ? []
      : [
          'It begins with few accounts at a time, and takes more only while nobody of them had to be given anything back.',
        ]),
  ];
}

function describeClosed({ calendar }: Policy): string[] {
  if (calendar === undefined) return [];
  const { weekdays = [], hours = [], dates = [], holidays } = calendar.closed;
  const parts = [
    ...weekdays.map((name) => `on ${name.charAt(0).toUpperCase()}${name.slice(1)}s`),
    ...hours.map((range) => `from ${range.replace('-', ' to ')}`),
    ...(dates.length > 0 || holidays !== undefined ? ['on the dates that the policy names'] : []),
  ];
  return parts.length === 0 ? [] : [`Nothing is taken ${formatList(parts)}.`];
}

function describeStops({ stops, auditedOn }: AuditView): string[] {
  const isPaused = stops.some(({ kind }) => kind === 'paused' || kind === 'labelled');
  const [until] = stops.flatMap((stop) => (stop.kind === 'paused' && stop.until !== null ? [stop.until] : []));
  if (!isPaused) return [];
  return [`For now nothing is taken${until === undefined ? '' : `, until ${formatUntil(until, auditedOn)}`}.`];
}

function formatUntil(until: Day, today: Day): string {
  return formatDay(until.slice(0, 10), today);
}

const deciding = [
  'Each step of each account is a proposal, which does nothing before somebody has merged it. Whoever reviews it can keep anybody, by one line.',
  'The manager is told by mail before sign-in is blocked, and can object. Where there is no manager, a contact is told.',
  'After a merge each account is looked at once more, and left alone if anybody has used it since or something else has changed.',
] as const;

const never = [
  deletesNothingWords,
  givesBackWords,
  'Nobody is ranked, compared or rated, and nothing here says how much or how well somebody works.',
] as const;
