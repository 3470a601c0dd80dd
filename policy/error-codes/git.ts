import type { ErrorMeaning } from './meaning.ts';

/** The repository, its branches and GitHub. */
export const gitCodes = {
  git: {
    when: 'A git command failed, or the history contradicts itself; the message has what git said.',
    remedy:
      'Check that this is a full clone of the repository and that its remote can be reached; `git fsck` checks the clone.',
  },
  'no-repository': {
    when: 'The folder is not a clone of a git repository.',
    remedy: 'Run this in a clone, or give it with `--repo`.',
  },
  'git-missing': {
    when: '`git` could not be started.',
    remedy: 'Install git 2.38 or newer, so that `git version` answers in this shell.',
  },
  'git-too-old': {
    when: 'The git of this machine does not know an option that it was given, such as `--write-tree` of `git merge-tree`, which came with 2.38.',
    remedy: 'See `git version`, and install 2.38 or newer.',
  },
  'foreign-repository': {
    when: 'Git refuses the repository because its folder belongs to another user, as in a container or on a share.',
    remedy:
      'Run as the owner of the folder, or if you trust what is in it: `git config --global --add safe.directory <folder>`.',
  },
  'bare-repository': {
    when: 'The repository is bare, so there are no files that a command could read.',
    remedy: 'Run the command in a clone of it.',
  },
  'no-commits': {
    when: 'Nothing is committed in the repository yet.',
    remedy: 'Commit its files: `git add --all && git commit`.',
  },
  'merge-under-way': {
    when: 'A merge, a rebase, a cherry-pick or a revert is under way in the clone, so that its files are neither what they were nor what they will be.',
    remedy: 'Finish it, or give it up, with the command that the message has; then run the command again.',
  },
  'no-remote': {
    when: 'The clone has no remote for proposals to go to, or several of which nothing says which one counts.',
    remedy: 'Add one with `git remote add`; of several, name it: `git config checkout.defaultRemote <name>`.',
  },
  'no-main': {
    when: 'The branch that proposals are merged into is not there: the remote or the repository has none of that name, or the clone has not fetched it.',
    remedy:
      'Push it, fetch it as the message says (a clone with `--single-branch` has only the other one), or name another one with `--main` or `--base`.',
  },
  'no-merge': {
    when: '`dormant check --pull` was run where no merge of a pull request is checked out.',
    remedy: 'Check out `refs/pull/<number>/merge`, as `.github/workflows/review.yml` does.',
  },
  'branch-behind': {
    when: 'The merge that is to be checked was made before main’s last commit, or is of another branch than main.',
    remedy: 'Update the branch, on the page of its pull request or by merging main; the check starts by itself.',
  },
  'shallow-clone': {
    when: 'The clone has no history, so it cannot be seen how long a stage has lasted.',
    remedy: 'Run `git fetch --unshallow`, or set `fetch-depth: 0` of actions/checkout.',
  },
  'main-moved': {
    when: 'A file that the audit rests on changed on the main branch while it ran.',
    remedy: 'Run the audit again; the open proposal was left as it is.',
  },
  'branch-moves': {
    when: 'The proposal’s branch changed each time that it was written to.',
    remedy: 'See who else pushes to it, and run the proposal again.',
  },
  'push-refused': {
    when: 'A rule or hook of the forge refused what was to be written to the proposal’s branch; the message has its reason.',
    remedy:
      'Let the rule except the pipeline’s identity or the branches `dormant/**` and `dormant-exemption/**`, or do what it asks for, and run it again.',
  },
  'branch-in-the-way': {
    when: 'The forge did not create the proposal’s branch, because another branch has a part of its name; GitHub says the same of some rules.',
    remedy:
      'If `proposal.groupBy` was changed, merge or close the pull requests of the other grouping and delete their branches. Without such a branch let the rule except the pipeline’s identity.',
  },
  'public-repository': {
    when: 'The repository on GitHub is public.',
    remedy:
      'Make it private (Settings, General, Danger Zone). What an audit finds about people must not be readable by everybody.',
  },
  'github-refused': {
    when: 'GitHub refused a request; the message has its status and words.',
    remedy:
      'Give `GITHUB_TOKEN` a valid token with the permissions that the job needs, check `GITHUB_REPOSITORY` and the rules of the branch, or wait if GitHub limits its rate.',
  },
  'github-answer': {
    when: 'GitHub’s answer lacks a field.',
    remedy: 'Run the command again; if it stays, GitHub has changed its API.',
  },
  'github-oidc': {
    when: 'GitHub’s token service gave the job no token to sign in with.',
    remedy: 'Give the job `permissions: id-token: write` and start it again.',
  },
} satisfies Record<string, ErrorMeaning>;
