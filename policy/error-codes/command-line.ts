import type { ErrorMeaning } from './meaning.ts';

/** What a command was asked for cannot be done, or not here. */
export const commandLineCodes = {
  'no-such-command': {
    when: '`dormant` was given a word that is not one of its commands.',
    remedy: 'Run `dormant --help` to see all commands.',
  },
  input: {
    when: 'An input of a workflow is not of the form `name=value`.',
    remedy: 'Write it in that form.',
  },
  today: {
    when: '`--today` was given for a real tenant, or is not a day.',
    remedy: 'Leave it out; for the embedded tenant, give a day as YYYY-MM-DD.',
  },
  'facts-key': {
    when: 'The private key for the facts is none, or is the half of no key in tenant.yaml; or `dormant key` cannot do what it was asked for.',
    remedy: 'Set DORMANT_FACTS_KEY to the line that `dormant key new` printed, and merge its public half.',
  },
  'no-emulator': {
    when: 'The stack is of the embedded tenant, which does not answer, or whose address is not an https URL.',
    remedy: 'Run `dormant emulator` in another terminal and set `DORMANT_EMULATOR_URL` to the URL it prints.',
  },
  'no-github': {
    when: 'The command needs GitHub, and `GITHUB_TOKEN` or `GITHUB_REPOSITORY` is not set.',
    remedy: 'Set both, or leave out the option that needs them.',
  },
  'retention-days': {
    when: 'The variable `DORMANT_RETENTION_DAYS` is no whole number of days from 1 to 400.',
    remedy: 'Set it to one, or delete it. Until then nothing is uploaded.',
  },
  'no-backend': {
    when: '`PULUMI_BACKEND_URL` does not say where the state is.',
    remedy: 'Set it to azblob://…, s3://…, gs://…, file://… or Pulumi Cloud’s address.',
  },
  'no-audit': {
    when: 'There is no audit of this stack, by this version of Dormant, to take the account from.',
    remedy: 'Run `dormant audit` for this stack first, or put the audit.json of its artifact in its place.',
  },
  'no-events': {
    when: 'Neither an audit nor an apply of this stack has left anything on this machine to make events of.',
    remedy: 'Run `dormant audit` or `dormant apply` for this stack first, or put what its artifact has into out/.',
  },
  'events-unread': {
    when: 'Lines of apply.jsonl, apply.json or audit.json could not be read, or are of another version of Dormant; all others have their events.',
    remedy: 'Look at the lines that are named. One that a killed run has cut off holds nothing more.',
  },
  'names-in-log': {
    when: 'In a workflow the command would print names of people into a log, which nobody can take out again.',
    remedy: 'Have it write to a file with `--output`.',
  },
  'no-output': {
    when: 'The file of `--output` cannot be written, or is none, such as a folder or a device.',
    remedy: 'Name a file, in a folder that is there.',
  },
  'no-proposal': {
    when: 'There is no proposal of an audit to open a pull request from, or another version wrote it.',
    remedy: 'Run `dormant audit` for this stack first, with the same version of Dormant.',
  },
  'no-such-account': {
    when: 'No account file of the stack is about the account that was named, or the name was several accounts’ in turn.',
    remedy:
      'Name it by its userPrincipalName, its object id or its file; `dormant restore` finds those whose file is gone, too.',
  },
  'no-such-department': {
    when: 'No account file of the stack has the department that was given.',
    remedy: 'Give one of the departments that the error lists.',
  },
  'no-such-manager': {
    when: 'No account file of the stack has the manager that was given, or several managers have this name.',
    remedy: 'Give one of the managers that the error lists; by mail address where several have the name.',
  },
  'not-included': {
    when: '`dormant include` may not take the account into the plan; every reason is listed.',
    remedy: 'Leave the account out, or do away with the reasons: what protects an account holds here too.',
  },
  'release-whom': {
    when: '`dormant release-files` was given names together with a department or a manager.',
    remedy: 'Give one of the two.',
  },
  'release-reason': {
    when: '`dormant release-files` was not told, in 3 to 500 characters, why, or not who decides it.',
    remedy:
      'Give `--reason` in words that are understood a year from now, and `--by` with a name, or set git’s user.name.',
  },
  'nothing-to-release': {
    when: 'No licence is held back for these OneDrives, they are released already, or their accounts are at stage keep or restore.',
    remedy:
      'Look at `savings.heldBack` in the file for why a licence stays; to release a OneDrive for which nothing is held back yet, name its account.',
  },
  'nothing-to-restore': {
    when: 'Nothing has been taken from the account, it is given back already, or a file of give-back/ says so already.',
    remedy:
      'To keep somebody who is warned, set `stage: keep` with a reason, or exempt them; what is given back already needs nothing but its apply.',
  },
  'give-back-whom': {
    when: '`dormant restore` was not told whom to give back and why, or nobody knows who asks.',
    remedy: 'Name the person, and give `--reason`; give `--asked-by`, or set git’s user.name.',
  },
  'give-back-open': {
    when: 'Another open pull request asks to give the same account back.',
    remedy: 'Have that one approved, or close it first.',
  },
  'init-answers': {
    when: '`dormant init` misses answers, or some are wrong; all are listed, and nothing was written.',
    remedy: 'Give what is missing as flags, or run it in a terminal to be asked.',
  },
  'given-up': {
    when: 'A question of `dormant init` was ended with Ctrl-C; nothing was written.',
    remedy: 'Run it again once you have the answers.',
  },
  'would-overwrite': {
    when: '`dormant init` would replace a file that is there and is different, or `--new` names a folder that has something in it; or the folder of a look has files of somebody else. Nothing was written.',
    remedy:
      'Edit it by hand, or give `--force` to replace it; for `--new`, and for `--out` of a look, name a new folder.',
  },
  'npm-failed': {
    when: '`dormant init --new`, `dormant upgrade`, the preview of an upgrade or `dormant emulator` asked something of npm that failed; the message has npm’s reason.',
    remedy:
      'Try again where the registry is reachable; after `init --new`, run `npm install --package-lock-only` in the new folder.',
  },
  'no-dormant': {
    when: '`dormant upgrade` was run in a folder that neither names the package nor holds its code.',
    remedy: 'Run it in the repository that `dormant init --new` has made, or name that with `--repo`.',
  },
  'branch-exists': {
    when: 'An earlier `dormant upgrade` to this version has left its branch.',
    remedy: 'Merge its pull request, or delete the branch, and run it again.',
  },
  'upgrade-stopped': {
    when: '`dormant upgrade` could not be carried out; the message says why, and nothing was changed.',
    remedy: 'Put right what the message names, and run it again.',
  },
  'downgrade-loses': {
    when: 'Files or states have a format that the older version does not read.',
    remedy: 'Stay on the newer version; or revert the merge of its upgrade before its first apply and audit.',
  },
  'upgrade-unpublished': {
    when: 'The lockfile of a pull request names no published version of Dormant, so none is run to say what it would do.',
    remedy: 'Give the number of a pull request of `dormant upgrade`, to a version that is published.',
  },
  'version-unverified': {
    when: 'A version that npm has is not the bytes that a lockfile names, or npm could not verify who built it; nothing of it was run.',
    remedy: 'If npm could not be reached, start it again. Otherwise do not merge the pull request.',
  },
  interrupted: {
    when: 'The run was ended by a signal; nothing was written.',
    remedy: 'Start it again.',
  },
  defect: {
    when: 'An error that Dormant does not expect: a fault of its own.',
    remedy: 'Report it with what it printed.',
  },
} satisfies Record<string, ErrorMeaning>;
