import type { ErrorMeaning } from './meaning.ts';

/** What the check of a pull request finds in its files; the apply asks the same of them once more. */
export const reviewCodes = {
  'stage-jump': {
    when: 'The stage is not one that may follow the stage on the base branch.',
    remedy: 'Set one of the stages that the message allows.',
  },
  'stage-too-early': {
    when: 'The account has not been in its stage for as many days as policy.yaml asks for.',
    remedy: 'Set the former stage, or wait until the day that the message names.',
  },
  'missing-reason': {
    when: 'The stage is keep or restore, and the file has no reason.',
    remedy: 'Add a line such as `reason: on leave until March`.',
  },
  'desired-beyond-stage': {
    when: 'The file’s `desired` takes more than its stage does.',
    remedy: 'Set `desired` to what the message allows.',
  },
  'licence-goes-with-block': {
    when: 'With the block of sign-in, a dynamic group would take back a licence that has to stay.',
    remedy: 'Set the former stage, or keep.',
  },
  'protected-account': {
    when: 'The stage goes forward for an account that policy.yaml protects or exemptions.yaml exempts.',
    remedy: 'Set `stage: keep` with a reason; a file that is new in the pull request is taken out.',
  },
  'out-of-scope': {
    when: 'The stage goes forward for an account that is outside `scope` of policy.yaml, as far as its file can tell.',
    remedy: 'Set the former stage, or keep with a reason; a file that is new in the pull request is taken out.',
  },
  'wrong-population': {
    when: 'The file says that the account was judged by a population that policy.yaml does not have (any more), or that the rest of the file contradicts.',
    remedy: 'Leave the file out until the next audit, which judges the account by the policy as it is now.',
  },
  'future-evidence': {
    when: 'The evidence is of a day to come.',
    remedy:
      'Take the file out, or put it back as it is on the base branch; check the clock of the machine that ran the audit.',
  },
  'not-signed': {
    when: 'The facts of a file are not those that an audit of this stack has signed, or the key that did is not good for them.',
    remedy:
      'Put the facts and the line `signed` back as they are on the base branch, or take a new file out; the next audit signs what it has read itself.',
  },
  'not-proposed': {
    when: 'The stage is further than the audit proposed that signed the file.',
    remedy: 'Set a stage that the audit proposed, or wait for the next audit.',
  },
  'signed-before': {
    when: 'A file enters or moves forward on a signature that main had before.',
    remedy: 'Set the former stage; the next audit proposes it anew, on facts of its own.',
  },
  'older-evidence': {
    when: 'A file enters or moves forward on an older audit than one that main had of the account.',
    remedy: 'Set the former stage, or take the newer facts.',
  },
  'stale-evidence': {
    when: 'A file enters or moves forward on evidence that is older than policy.yaml allows.',
    remedy: 'Run the audit again; it renews the evidence.',
  },
  'signing-keys': {
    when: 'A key is taken off tenant.yaml, listed twice, un-revoked or good for more than before, or `signing.since` was changed.',
    remedy: 'Put it back as it is on the base branch; [its guide](../guides/keys.md) says how a key is changed.',
  },
  'record-keys': {
    when: 'A key for records is taken off tenant.yaml, listed twice, good for longer than before, or has another name or use.',
    remedy: 'Put it back as it is on the base branch; a key of the past gets `until`, and stays listed.',
  },
  'duplicate-account': {
    when: 'Two files of accounts/ or archive/ are about one account, or their names differ by upper and lower case only.',
    remedy: 'Take one of them out.',
  },
  'archive-edited': {
    when: 'A file of the archive is not byte for byte what main had there, or had at disable or delicense.',
    remedy: 'Put it back as it is on the base branch, or take a new one out.',
  },
  'not-erasable': {
    when: 'The data of somebody may not go yet: they are blocked, could be given something back, or nobody knows.',
    remedy: 'The message says what ends it; [its guide](../guides/erase.md) says who is erased when.',
  },
  'archive-taken-out': {
    when: 'A file of the archive is taken out by a person, or before `privacy.eraseAfterDays` is over: it may be all that says what somebody could be given back.',
    remedy:
      'Put it back: the audit takes it out once the account is gone or has back what was taken. [Its guide](../guides/erase.md) says what to do about a request.',
  },
  'file-taken-out': {
    when: 'The file of an account is taken out that main has at disable or delicense, so that nobody would find it again.',
    remedy: 'Put it back and set `stage: keep` or `stage: restore` with a reason: both give back what was taken.',
  },
  'over-limit': {
    when: 'More accounts are changed, in all or in one department, than the limits of policy.yaml allow; the apply then takes nothing at all.',
    remedy:
      'Merge fewer at a time: set what is too much back to its former stage. Or raise the limit, with its reason beside it, in a pull request of its own.',
  },
  exemption: {
    when: 'An exemption lacks a field, ends in the past or later than policy.yaml allows, or the account has one already.',
    remedy:
      'Give stack, account, `--reason`, `--owner` and `--until` to `dormant exempt`; in exemptions.yaml, correct the field that is shown.',
  },
  pause: {
    when: 'A pause lacks its end or its reason, ends in the past or more than a year from now, or names no stack.',
    remedy: 'Give stack (or `--all`), `--until` and `--reason` to `dormant pause`; `--end` takes a pause out.',
  },
  escalation: {
    when: 'An entry of escalations.yaml is of a day to come, or the account has one already.',
    remedy: 'Correct or take out the entry that is shown.',
  },
  'nothing-given-back': {
    when: 'A new file of give-back/ gives nothing back: main never had such an account, nothing is taken from it, or it is given back already.',
    remedy: 'Take the file out; the message says why.',
  },
  'give-back-names': {
    when: 'A new file of give-back/ has other names than main’s file of the same id.',
    remedy: 'Write the names that the message has, or the id of the account that is meant.',
  },
  'give-back-edited': {
    when: 'A file of give-back/ that main has is changed.',
    remedy: 'Put it back as main has it; for another account add a file of its own.',
  },
  'give-back-taken-out': {
    when: 'A file of give-back/ is taken away while the account would be taken again without it.',
    remedy: 'Put it back: the next proposal writes `stage: restore` into the account’s own file and takes it away.',
  },
  'give-back-over-limit': {
    when: 'More accounts would be given back by files of give-back/ on one day than restore.perDay of policy.yaml allows.',
    remedy: 'Leave the others for another day, or let the owners of the account files set `stage: restore` there.',
  },
  'approved-by-asker': {
    when: 'A pull request that gives somebody back has been approved by who asked for it.',
    remedy: 'Dismiss that approval, and let another owner of the folder approve.',
  },
  'mixed-change': {
    when: 'The pull request changes account files or escalations together with something else.',
    remedy: 'Give code, workflows, schemas and policy a pull request of their own.',
  },
  'ignored-file': {
    when: 'The pull request has a file in a folder where commands write, which git ignores.',
    remedy: 'Take it out.',
  },
} satisfies Record<string, ErrorMeaning>;
