// What lies in git and on the forge.
import { accountFile } from '../fields/account-file.ts';
import { escalations, exemptions, giveBack } from '../fields/decisions.ts';
import { policy, tenant } from '../fields/settings.ts';
import type { Place } from '../place.ts';

const where =
  'The git repository: on GitHub, by your own contract with GitHub, or on another forge of your choice; and every clone of it.';
const readers =
  'Everybody who may read the repository. It has to be private: audit and apply refuse to run in a public one.';

export const repositoryPlaces: readonly Place[] = [
  {
    title: 'Account files',
    purpose:
      'Each is one account that was found silent: what was seen, what is proposed and, once it is merged, what is in force. Reviewers read and change it; the apply does what it says; and it says what is given back.',
    whose: ['holder', 'manager', 'reviewer'],
    where: `${where} \`stacks/<stack>/accounts/\`, and \`stacks/<stack>/archive/\` once the account has been without licences for 180 days.`,
    seenBy: readers,
    keptFor:
      'In `accounts/` for as long as the account is in a stage; it goes when somebody is active again, is exempt, or has been given back what was taken, as far as Microsoft still has it. In `archive/` until it is erased or somebody takes it out.',
    setting:
      '`stages.archiveAfterDays` (180), `stages.keepDays` (90), `privacy.eraseAfterDays` (absent: nothing is erased from `archive/` by itself), `privacy.names` for the name of a new file.',
    files: [{ name: 'An account file', reasons: accountFile }],
  },
  {
    title: 'Exemptions',
    purpose: 'Who is left alone, on whose word and until when.',
    whose: ['holder', 'asker', 'owner'],
    where: `${where} \`exemptions.yaml\`.`,
    seenBy: readers,
    keptFor: 'Until its last day; the next pull request of an audit then takes it out. At most a year.',
    setting: '`exemptions.maxDays` (365).',
    files: [{ name: '`exemptions.yaml`', reasons: exemptions }],
  },
  {
    title: 'Escalations',
    purpose: 'The executives whose accounts are silent, for HR. Nothing happens to them.',
    whose: ['executive'],
    where: `${where} \`stacks/<stack>/escalations.yaml\`.`,
    seenBy: readers,
    keptFor:
      'Until somebody is active again, is exempt, is no executive any more or is gone; the next pull request then takes them out.',
    files: [{ name: '`escalations.yaml`', reasons: escalations }],
  },
  {
    title: 'Give-backs',
    purpose:
      'Requests to give back what was taken, approved by their own approvers and applied ahead of everything else.',
    whose: ['holder', 'asker', 'reviewer'],
    where: `${where} \`stacks/<stack>/give-back/\`.`,
    seenBy: readers,
    keptFor:
      'Until the next proposal of an audit takes the file away, which writes `stage: restore` into the account’s own.',
    files: [{ name: 'A give-back', reasons: giveBack }],
  },
  {
    title: 'Settings',
    purpose: 'The rules, and whom mails go to. They name people only where no rule recognises them.',
    whose: ['executive', 'owner', 'contact'],
    where: `${where} \`policy/policy.yaml\` and \`stacks/<stack>/tenant.yaml\`.`,
    seenBy: readers,
    keptFor: 'Until somebody takes the entry out.',
    files: [
      { name: '`policy.yaml`', reasons: policy },
      { name: '`tenant.yaml`', reasons: tenant },
    ],
  },
  {
    title: 'The history of git',
    purpose:
      'Who decided what, when, on which evidence: every version of every file above, and who wrote and merged it. The days in a stage are counted in it, and what was taken is known from it.',
    whose: ['holder', 'manager', 'executive', 'asker', 'reviewer'],
    where,
    seenBy: readers,
    keptFor:
      '**Without end.** Taking a file out, moving it to `archive/` and erasing it there leave every earlier version in the history, and in every clone. Only rewriting the history ends that; what hangs on old commits, and how it is done, is in [the guide to erasure](../guides/erase.md).',
    what: 'Of each commit: its author and committer with name and mail address as they set them in git, its time, its message. Proposals of an audit are committed in the name of the GitHub App, or of the account that runs the audit; their messages name nobody. What people write into a message is theirs.',
  },
  {
    title: 'Pull requests, issues, comments and reviews',
    purpose: 'Where people see what is proposed, say no, ask for an exemption or a give-back, and approve.',
    whose: ['holder', 'manager', 'executive', 'asker', 'reviewer'],
    where: 'GitHub, or the forge that you use, by your own contract with it.',
    seenBy: `${readers} GitHub mails what is written to those who watch the repository or are asked for a review.`,
    keptFor:
      '**Without end**, also after a merge. Closing takes nothing away. Comments can be deleted one by one, and an administrator can delete an issue.',
    setting: '`privacy.names` (`full`): `initials` or `id-only` shows less in pull requests and comments.',
    what: 'Each person who moves, with name, address, department, manager, the days of last activity, why now, and what comes next; comments of the apply, with whom it changed, whom it refused and why; the forms of issues, with account, reason and who asks; reviews, with login, time and words of whoever reviewed. [Titles, branches, subjects of our commits, logs and summaries name nobody](../decisions/0033-where-names-stand.md).',
  },
  {
    title: 'Branches of proposals',
    purpose: 'What an audit proposes, before it is merged: files that are not in force.',
    whose: ['holder', 'manager', 'executive', 'reviewer'],
    where,
    seenBy: readers,
    keptFor:
      'The branch until it is deleted, which GitHub can do by itself after a merge; its commits for as long as the pull request exists, because the forge keeps them for it.',
    what: 'The same files as above, with the same fields.',
  },
];
