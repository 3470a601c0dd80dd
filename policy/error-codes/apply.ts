import type { ErrorMeaning } from './meaning.ts';

/** What the apply could not do to one account, to its mail, or to the quarantine. The other accounts go on. */
export const applyCodes = {
  'no-facts-key': {
    when: '`tenant.yaml` has no key that vouches for the facts, so nothing is taken from anybody; giving back goes on.',
    remedy: 'Make one with `dormant key new`, and merge its public half.',
  },
  'keys-changed': {
    when: 'A key was taken off the list in `tenant.yaml`, a revocation taken back, or `signing.since` changed: nothing is taken; giving back goes on.',
    remedy: 'Put it back as it was by a pull request. If nobody of you has changed it, find out who could.',
  },
  'main-rewritten': {
    when: 'Main’s tip does not contain a commit that an apply has begun with or gone through: this main is older, or it was rewritten. Nothing at all is done.',
    remedy:
      'Apply the newest main, or put that commit back on it. If main was set back on purpose, say so with `--rewound-to`. If its history was rewritten on purpose, give `--commit-map`.',
  },
  'commit-map': {
    when: '`--commit-map` names no file of two full commit ids on each line.',
    remedy:
      'Give the file that git filter-repo wrote, `.git/filter-repo/commit-map`; [its guide](../guides/erase.md) says when it is needed.',
  },
  'not-the-tip': {
    when: '`--rewound-to` names another commit than main’s tip.',
    remedy: 'Give the tip, if main was set back to it on purpose.',
  },
  'not-main': {
    when: 'What is checked out differs from main’s tip in `policy/`, `exemptions.yaml` or the stack’s folder: an older main, another branch, or files that nobody merged.',
    remedy: 'Run `git pull` on main; merge what else is meant by a pull request.',
  },
  'main-unknown': {
    when: 'The remote cannot be asked for main’s tip: nothing is taken; giving back goes on.',
    remedy: 'Make the remote reachable for this run (network, token, its rights), then run the apply again.',
  },
  'forge-unknown': {
    when: 'GitHub cannot be asked whether a pull request of the stack is labelled `dormant-pause`: nothing is taken; giving back goes on.',
    remedy:
      'Give the job of the apply `pull-requests: read` and `issues: read`, make GitHub reachable for it, then run the apply again.',
  },
  'facts-not-signed': {
    when: 'Plain `pulumi` cannot leave an account out without forgetting it, and nothing vouches for the file of one.',
    remedy: 'Run `dormant apply`, which leaves that account alone and goes on.',
  },
  'no-seats': {
    when: 'The tenant has no free seat of a licence that is to be given back.',
    remedy: 'Free or buy seats, then run the apply again.',
  },
  'no-usage-location': {
    when: 'Licences cannot be given back, because the account has no usage location that Microsoft accepts.',
    remedy: 'Set the usage location of the account, then run the apply again.',
  },
  'licence-not-given': {
    when: 'Microsoft did not take a licence that is to be given back, or the tenant has the product no longer.',
    remedy: 'Give the account by hand what takes its place, or correct what Microsoft says and run the apply again.',
  },
  'license-inherited': {
    when: 'A licence comes from a group by now and cannot be removed from the account.',
    remedy: 'Take the account out of the group, or leave the licence in `desired.licenses`.',
  },
  'group-forbidden': {
    when: 'Entra does not let the apply change the members of a group that gives a licence.',
    remedy: 'Check with `dormant doctor` that the group is in the administrative unit of the apply’s role.',
  },
  'group-gone': {
    when: 'A group that gave a licence is gone, so nobody can be put back into it.',
    remedy: 'Give the account by hand what takes its place.',
  },
  'group-refused': {
    when: 'Entra does not change the members of a group that gives a licence.',
    remedy: 'Look at the group in the Entra admin center: a rule or Active Directory may own its members.',
  },
  'license-not-held': {
    when: 'A licence that is to be removed is not held any more.',
    remedy: 'Nothing: the apply goes on without it.',
  },
  'plan-dependency': {
    when: 'A licence that stays needs a service plan of one that goes.',
    remedy: 'Let both go, or keep both in `desired.licenses`.',
  },
  'plans-exclusive': {
    when: 'Two licences cannot be held together.',
    remedy: 'Take one of them away in the tenant, then run the apply again.',
  },
  'product-gone': {
    when: 'The tenant has the product of a licence no longer.',
    remedy: 'Buy it again, or give the account what replaces it by hand.',
  },
  'on-premises-owned': {
    when: 'Active Directory owns the account, so Microsoft refuses the change.',
    remedy: 'Have it changed there; the sync brings it to the cloud.',
  },
  'account-privileged': {
    when: 'Entra refuses the change: the permission is missing, or the account holds a role, is in a role-assignable group or owns one, or is in a restricted management unit.',
    remedy:
      'Check the grants with `dormant doctor`. Do not give the apply an Entra role: leave such accounts to a person.',
  },
  'account-gone': {
    when: 'The account was deleted while it was worked on.',
    remedy: 'Nothing, if that was meant; otherwise restore it in the Entra admin center and run the apply again.',
  },
  'concurrent-change': {
    when: 'Something else kept changing the account at the same time.',
    remedy: 'Run the apply again.',
  },
  'write-refused': {
    when: 'Microsoft refused the change in words that Dormant does not know; the message has them.',
    remedy: 'Do what Microsoft’s words say, then run the apply again.',
  },
  'not-seen': {
    when: 'Microsoft took a change and does not show it after the time that it usually needs.',
    remedy: 'Run the apply again; it goes on from there.',
  },
  'mailbox-not-converted': {
    when: 'Exchange did not make the mailbox shared, or a user’s own again.',
    remedy:
      'Give the apply its role in Exchange (`dormant doctor` says how), or set `mailbox.convert: manual`; or convert it by hand in the Exchange admin center, or run the apply again.',
  },
  'mailbox-unlicensed': {
    when: 'The mailbox stays shared, because the account holds no licence with a mailbox, and a user mailbox without one is lost after 30 days.',
    remedy: 'Assign a licence with Exchange, then run the apply again.',
  },
  'mailbox-unknown': {
    when: 'It cannot be read what kind of mailbox the account has.',
    remedy: 'Check the grant of MailboxSettings.Read and the role in Exchange with `dormant doctor`.',
  },
  'notice-not-sent': {
    when: 'A notice to a manager or to HR was not sent, or it is not known whether it was.',
    remedy:
      'Check that the sender has a mailbox and that the apply may send from it (`dormant doctor`). If it is not known, run the apply again; if the notice did leave, it arrives twice.',
  },
  'quarantine-unclear': {
    when: 'Plain `pulumi` was run, and the quarantine of synced accounts may not be touched, for example because there are two.',
    remedy: 'Run `dormant apply`, which does the rest meanwhile.',
  },
  'sign-ins-unavailable': {
    when: 'Plain `pulumi` was run, and the sign-ins of an account in the quarantine cannot be read, which policy.yaml requires.',
    remedy: 'Run `dormant apply`, which knows who is held and goes on; `dormant doctor` says what may not be read.',
  },
  'privilege-unknown': {
    when: 'Plain `pulumi` was run, and the roles of an account in the quarantine cannot be read, which policy.yaml requires.',
    remedy: 'Run `dormant apply`, which knows who is held and goes on; `dormant doctor` says what may not be read.',
  },
} satisfies Record<string, ErrorMeaning>;
