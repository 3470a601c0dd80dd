// Why the engine’s state has each of the fields that say something of a person. The engine itself knows none of them: it keeps texts.
import type { AppliedRecord } from '../../../policy/signing/key-trust.ts';
import type { AccountInputs, AccountOutputs } from '../../../stacks/account/account-state.ts';
import type { HrNoticeInputs, HrNoticeOutputs } from '../../../stacks/notice/hr-notice-state.ts';
import type { NoticeInputs, NoticeOutputs } from '../../../stacks/notice/manager-notice-state.ts';
import type { SeenSigning } from '../../../stacks/signing-record-state.ts';
import { type ReasonsFor, sayNothing } from '../reasons.ts';
import { department, desired, identity, manager, restore, serviceActivity } from './account-file.ts';
import { escalations } from './decisions.ts';
import { signing } from './settings.ts';

export const accountInputs = {
  account: {
    ...identity,
    department,
    onPremisesSyncEnabled: 'Whether Active Directory owns the sign-in.',
  },
  stage: 'What the merged file asks for.',
  desired,
  restore,
  taken: desired,
  evidence: {
    auditedOn: 'How old the evidence is: old evidence is refused.',
    signIn: 'The last sign-in that the review knew of: a later one stops the apply.',
    silentSince: 'The last day of any activity: who belongs to people with longer days is looked at again.',
    population: 'By whose days it was judged.',
  },
  losesWithBlock: 'Whether the block itself takes licences.',
  saved: 'Which licences the mailbox gets back so that its mail is not lost.',
  lostBy: 'By when it would be lost.',
  oneDrive: 'How large its OneDrive is, which the apply cannot read itself.',
} as const satisfies ReasonsFor<AccountInputs>;

export const accountOutputs = {
  reached: desired,
  asked: desired,
  isSettled: 'Whether anything is left to do.',
  auditedOn: 'By which audit the last apply was reviewed.',
  lostBy: accountInputs.lostBy,
  wroteAt: 'When this pipeline last changed the account: a sign-in after that is somebody’s return.',
  tookOn: 'When something was last taken: the number in a week is limited.',
  restore,
  mailboxBefore: 'What kind of mailbox it was, in a state of an older version.',
  begun: {
    desired,
    at: 'Since when a run is changing it. If that run is killed, the next one knows what may have happened.',
  },
  unsureSince: 'Since when it is not known what a killed run has done.',
} as const satisfies ReasonsFor<AccountOutputs>;

export const noticeState = {
  notice: {
    ...sayNothing('stage', 'wave', 'population'),
    manager,
    people: {
      ...identity,
      department: 'What the mail says of the person, for the manager.',
      inactiveDays: 'How long the account was silent, for the manager.',
      lastActivity: { ...serviceActivity, signIn: 'The last sign-in, for the manager.' },
      ahead: 'What comes next, for the manager.',
      oneDrive: {
        gigabytes: 'How much Microsoft would delete, for the manager.',
        files: 'The same as a number of files.',
        lastUse: 'Whether anybody still used them.',
        outcome: 'What becomes of them.',
        unlicensedOn: 'When the licence goes.',
      },
      path: 'Where the file is, so that the mail links to it.',
      since: 'Since when it is in its stage: the days ahead count from there.',
      givenBack: {
        askedBy: 'Who asked to give it back, for the manager.',
        reason: 'Why, for the manager.',
        licenses: {
          skuPartNumber: 'What it had, to say what is still on its way.',
          skuId: 'The same as Microsoft identifies it.',
        },
        hadMailbox: 'Whether its mailbox comes back, too.',
      },
    },
  },
  presumedTold: 'Who counts as told because the state that knew is lost: nobody is told twice.',
  told: 'Whom a mail has gone out about, by id: nobody is told twice.',
  unsure: 'Whom a mail may have gone out about.',
} as const satisfies ReasonsFor<NoticeInputs & NoticeOutputs>;

const notified = {
  id: 'About which executive HR was told.',
  on: 'When: who comes back on the list soon is not reported again.',
} as const;

export const hrNoticeState = {
  notice: {
    hrContact: 'Where the mail goes.',
    keepDays: null,
    people: escalations.escalations,
  },
  presumedTold: notified,
  told: notified,
  unsure: 'About whom a mail may have gone out.',
} as const satisfies ReasonsFor<HrNoticeInputs & HrNoticeOutputs>;

export const signingState = {
  ...sayNothing('format', 'commit', 'begun', 'isRewound', 'today', 'mayBeStopped', 'plannedAfter'),
  landed: sayNothing('<name>'),
  signing,
  seen: sayNothing('<name>'),
  unreported: { '<name>': desired },
} as const satisfies ReasonsFor<AppliedRecord & SeenSigning>;
