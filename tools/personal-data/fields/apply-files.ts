// Why the files of an apply have each of their fields: apply.json, apply.jsonl, notices.jsonl.
import type { AccountChange } from '../../../stacks/account/account-change.ts';
import type { AccountInputs } from '../../../stacks/account/account-state.ts';
import type { QuarantineReport } from '../../../stacks/engine/quarantine-changes.ts';
import type { JournalEntry } from '../../../stacks/notice/journal.ts';
import type { NoticeReport } from '../../../stacks/provider/provider-messages.ts';
import type { LoggedRun, StepEntry } from '../../../stacks/record/apply-log.ts';
import type { ApplyOutcome } from '../../../stacks/tenant/outcome.ts';
import { type ReasonsFor, sayNothing } from '../reasons.ts';
import { desired, identity } from './account-file.ts';
import { accountInputs } from './state.ts';

const receipt = {
  at: 'When it was done, to the second.',
  requestId:
    'Microsoft’s own number of the request, by which its log shows the same: proof that does not rest on this file.',
  clientRequestId: 'The number that this pipeline gave the request.',
  batch: {
    requestId: 'The number of the batch that the request was sent in.',
    item: 'Its place in the batch.',
  },
} as const;

const step = {
  step: 'What was done.',
  group: 'Which group was left or joined.',
  removed: 'Which licences went.',
  given: 'Which licences were given back.',
} as const;

const waits = {
  for: 'What has to happen before it goes on.',
  because: 'The same in words.',
  stop: {
    kind: null,
    because: 'Why nothing is taken now. It can have the words of who paused it.',
    until: null,
  },
} as const;

const outcome = {
  done: { ...receipt, ...step, phones: 'Which of these licences a phone number depends on.' },
  doneEarlier: step,
  refused: {
    code: 'Why the account was left alone.',
    because: 'The same in words, with what changed since the review, such as a new sign-in.',
  },
  heldBack: {
    skuPartNumber: 'A licence that stayed.',
    reason: 'Why it stayed.',
    because: 'The same in words.',
  },
  waits,
  failure: {
    code: 'What went wrong.',
    message: 'The same in words.',
    remedy: 'What somebody can do about it.',
  },
  reached: desired,
  wroteAt: 'When this pipeline last changed the account: a sign-in after that is somebody’s return.',
} as const satisfies ReasonsFor<ApplyOutcome>;

const mail = {
  ...receipt,
  to: 'To whom the mail went.',
  because: 'Why it did not go to the manager.',
  subject: 'What it was called. It has a number of accounts and no name.',
  people: 'Whom it was about, by their ids: that somebody was told before anything was taken.',
  mayBeSecond: null,
  stage: 'What it was about.',
} as const satisfies ReasonsFor<NoticeReport>;

export const applyJson = {
  ...sayNothing('formatVersion', 'stack', 'appliedOn', 'at', 'commit', 'adopted', 'withoutSignIns', 'limited'),
  run: 'Which run did it. Outside of a workflow it has the name of the machine, which can be that of a person.',
  stopped: 'Why nothing at all was done. It can quote the file that it is about.',
  stop: waits.stop,
  notes: 'What a reader has to know besides. A note can name the account that it is about.',
  accounts: {
    account: accountInputs.account,
    stage: accountInputs.stage,
    evidence: accountInputs.evidence,
    from: desired,
    to: desired,
    ...outcome,
  } satisfies Record<
    | keyof Pick<AccountInputs, 'account' | 'stage' | 'evidence'>
    | keyof Pick<AccountChange, 'from' | 'to'>
    | keyof ApplyOutcome,
    unknown
  >,
  refusedFiles: {
    path: 'Which file was not acted on, named by the address of whose it is.',
    account: 'Whose file it is.',
    stage: 'What it asked for.',
    isReplaced: null,
    refused: {
      code: 'Why, such as facts that nobody signed.',
      because: 'The same in words.',
    },
  },
  mails: mail,
  unsent: 'Which mails could not be sent, as sentences with the address: somebody was not told.',
  quarantine: {
    ...sayNothing('mode', 'isNewMode'),
    holds: 'Who is kept from signing in by Conditional Access until Active Directory has acted, by id.',
    releases: 'Who no longer is.',
    failures: 'What of it could not be made so. An error can name the account that it is about.',
    corrected: 'What people had changed by hand, with whom that was about.',
    strangers: {
      id: 'Who is in its group without a file: somebody who is blocked and should not be.',
      userPrincipalName: identity.userPrincipalName,
      displayName: identity.displayName,
    },
  } satisfies ReasonsFor<QuarantineReport>,
} as const;

export const applyLog = {
  ...sayNothing('stack', 'what', 'day'),
  at: 'When it was asked or answered, to the second.',
  run: 'Which run it was. On a laptop that is the name of the machine, which can be a person’s.',
  commit: 'Which commit was applied, and so whose merge asked for it.',
  how: 'How the run ended. An error can name the account that it is about.',
  ...step,
  account: {
    id: identity.id,
    userPrincipalName: 'Whose account it was: a run that is killed leaves this file and no other.',
    displayName: identity.displayName,
  },
  notice: 'Which mail it was: a stage, a day and a hash of the manager’s address.',
  to: 'To whom the mail went.',
  subject: 'What it was called.',
  receipt,
  because: 'Why the request failed, in words that can name the account.',
} as const satisfies ReasonsFor<StepEntry & LoggedRun> & Record<'at' | 'stack' | 'day' | 'how', unknown>;

export const noticeJournal = {
  notice:
    'Which mail it is: a stage, a day and a hash of the manager’s address. Without it a manager could be told twice, or never.',
  state: null,
  people: 'Whom it is about, by their ids.',
  requestId: 'Microsoft’s number of the request that sent it.',
  at: 'When.',
} as const satisfies ReasonsFor<JournalEntry>;
