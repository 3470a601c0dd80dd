// docs/guides/review.md, why.md, coming-back.md, siem.md and audit-trail.md: what people do about one person, or learn of all. $PERSON is
// somebody whose sign-in main has blocked, by the path of the file.
import type { GuideLines } from '../guide-lines.fixture.ts';

export const review: GuideLines = {
  guide: 'review.md',
  run: [{ line: /^npx dormant release-files contoso /, inWords: 'git stash --quiet && git stash drop --quiet' }],
  left: [],
};

export const comingBack: GuideLines = {
  guide: 'coming-back.md',
  run: [
    {
      line: /^dormant why <person>$/,
      instead: (line) => `npx ${line.replace('<person>', '"$(basename "$PERSON")"')}`,
      shows: /npx dormant restore contoso/,
    },
    {
      line: /^dormant restore <stack> <account> --reason "back from leave"$/,
      instead: (line) =>
        // With a token it opens the pull request itself, which nobody here approves.
        `git switch --quiet --create back && env --unset GITHUB_TOKEN npx ${line.replace('<stack> <account>', 'contoso "$PERSON"')} --asked-by 'Lee Park'`,
      inWords:
        'commit_and_merge "Back from leave" && apply_main && test -f "stacks/contoso/give-back/$(basename "$PERSON")"',
    },
    {
      line: /^git revert -m 1$/,
      first: `wave=$(git log --merges --grep dormant/contoso -1 --format=%H) &&
        blocked=$(git grep --files-with-matches '^stage: disable' $wave -- $(git diff --name-only $wave^1 $wave) | head -1) &&
        REVERTED=$(basename "$blocked" .yaml)`,
      instead: (line) => `${line} --no-edit $wave`,
      inWords:
        'git push --quiet && apply_main && npx dormant audit contoso && grep "$REVERTED" out/contoso/pull-request.md | grep --quiet "set back to Review from Disable on main"',
    },
    {
      line: /^dormant include <stack> <account>$/,
      instead: (line) => `npx ${line.replace('<stack> <account>', 'contoso "$REVERTED"')}`,
      inWords: 'git stash --include-untracked --quiet && git stash drop --quiet',
    },
  ],
  left: [],
};

export const pause: GuideLines = {
  guide: 'pause.md',
  run: [
    { line: /^gh label create dormant-pause / },
    { line: /^export GITHUB_TOKEN=/, instead: () => 'test -n "$GITHUB_TOKEN"' },
    {
      line: /^npx dormant pause contoso --until /,
      // The tenant's clock is some weeks ahead.
      instead: (line) => line.replace('2027-01-06', '"$(date -u -d "+90 days" +%F)"'),
      shows: /nothing is taken in contoso until/,
    },
    {
      line: /^dormant pause contoso --end$/,
      instead: (line) => `npx ${line}`,
      shows: /has no pause/,
    },
    { line: /^dormant repeat contoso$/, instead: (line) => `npx ${line}` },
    { line: /^gh workflow run apply\.yml -f stack=contoso$/ },
    { line: /^gh workflow run repeat\.yml$/ },
  ],
  left: [
    {
      line: /^dormant pause (<stack>|--all) /,
      because: 'its own line follows',
      heldBy:
        'cli/commands/pause.integration.test.ts: one command opens the pull request that pauses a stack, and what people wrote in its file stays',
    },
  ],
};

export const giveBack: GuideLines = {
  guide: 'give-back.md',
  run: [],
  left: [
    {
      line: /^dormant restore "Ana Reyes" --reason "back from leave"$/,
      because: 'the guide coming-back.md runs it, too, for somebody of its company',
      heldBy: 'cli/give-back/restore.integration.test.ts: %s is found in whichever stack has them',
    },
    {
      line: /^dormant restore <stack> <account> --in-file --reason "back from leave"$/,
      because: 'the guide leave.md runs it for everybody',
      heldBy: 'help',
    },
    {
      line: /^dormant init <stack> --give-back-owners @org\/helpdesk-leads$/,
      because: 'the stack is there already',
      heldBy: 'cli/init/code-owners.test.ts: who may give back is named before the reviewers, who may, too',
    },
  ],
};

export const why: GuideLines = {
  guide: 'why.md',
  run: [
    {
      line: /^npx dormant why ana\.reyes@contoso\.com$/,
      instead: (line) => line.replace('ana.reyes@contoso.com', '"$(basename "$PERSON")"'),
      shows: /where +Disable since[\s\S]*done +\d{4}-\d\d-\d\d [\d:]{8}Z sign-in blocked [0-9a-f-]{36}/,
    },
    {
      line: /^npx dormant why contoso "Ana Reyes" --json$/,
      instead: (line) => line.replace('Ana Reyes', '$(basename "$PERSON" .yaml)'),
      shows: /"place": "disable"/,
    },
  ],
  left: [
    { line: /^gh run download /, because: 'no run of Actions is emulated', heldBy: 'tables' },
    { line: /^gh auth token$/, because: 'a name', heldBy: 'tables' },
  ],
};

export const auditTrail: GuideLines = {
  guide: 'audit-trail.md',
  run: [
    {
      line: /^cat policy\/policy\.yaml policy\/prices\.yaml \| sha256sum$/,
      instead: (line) => `grep "^signed:" "$PERSON" | grep --quiet "$(${line} | cut -c1-32)"`,
    },
    {
      line: /^git log -p --first-parent /,
      instead: (line) =>
        `GIT_PAGER=cat ${line.replace('ana.reyes@contoso.com.yaml', '$(basename "$PERSON")').replaceAll("'", '"')}`,
      shows: /\+stage: disable[\s\S]*\+stage: notify/,
    },
    {
      line: /^git log --first-parent .* --stat /,
      instead: (line) => `GIT_PAGER=cat ${line}`,
      shows: /accounts\/\S+ +\|/,
    },
  ],
  left: [],
};

export const siem: GuideLines = {
  guide: 'siem.md',
  run: [
    { line: /^npx dormant events contoso --output events\.jsonl$/, shows: /events are in/ },
    { line: /^jq --raw-output .* events\.jsonl$/, shows: /\| Completed \|/, inWords: 'rm events.jsonl' },
  ],
  left: [
    {
      line: /^dormant events <stack> --output <file>$/,
      because: 'it is the first line of the page',
      heldBy: 'help',
    },
  ],
};
