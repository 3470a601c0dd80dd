// docs/guides/runbooks: each bad day, made here, and ended by the lines of its page. $PERSON is somebody whom main has blocked, by
// the path of the file.
import type { GuideLines } from '../guide-lines.fixture.ts';

/** The apply is another identity, and a job of its own has it. */
const asApply = (line: string) => `AZURE_CLIENT_SECRET=$EMULATOR_APPLY_CLIENT_SECRET ${line}`;

/** The pages have names of people who are not in this tenant. */
const name = (variable: string, written = 'ana.reyes@contoso.com') => {
  const found = `"$(basename "$${variable}" .yaml)"`;
  return (line: string) => line.replace(written, found);
};

/** Who is blocked in the tenant by now, of the accounts of these files. */
const listBlocked = (files: string) =>
  `curl --silent --fail "$EMULATOR_CONTROL/state?changed=true" |
    jq --raw-output '.accounts[] | select(.accountEnabled == false) | .id' |
    while read -r id; do grep --files-with-matches "$id" ${files}; done`;

const nobodyIsBlocked = (files: string) => `test -z "$(${listBlocked(files)})"`;
const somebodyIsBlocked = (files: string) => `test -n "$(${listBlocked(files)})"`;

/** What reviewers have, and what they would be told. */
const mergeChecked = 'npx dormant check contoso --base origin/main && merge_pull';
const propose = 'take_day && npx dormant audit contoso && npx dormant propose contoso';
const failWith = (fault: string) => `curl --silent --fail "$EMULATOR_CONTROL/faults" --data '${fault}' > /dev/null`;
const mendAll = 'curl --silent --fail -X DELETE "$EMULATOR_CONTROL/faults" > /dev/null';

const done = { line: /^npx dormant repeat contoso$/, shows: /nothing is left to go on with/ } as const;

export const runbooks: GuideLines = { guide: 'runbooks/README.md', run: [], left: [] };

export const wrongWave: GuideLines = {
  guide: 'runbooks/wrong-wave.md',
  run: [
    {
      line: /^gh api -X POST 'repos\/\{owner\}\/\{repo\}\/issues\/12\/labels' /,
      instead: (line) =>
        line.replace(
          "'repos/{owner}/{repo}/issues/12/labels'",
          '"repos/{owner}/{repo}/issues/$(gh api "repos/{owner}/{repo}/pulls?state=closed&sort=updated&direction=desc" --jq ".[0].number")/labels"',
        ),
    },
    {
      line: /^git fetch origin$/,
      // The files of those whom the last merge has blocked.
      first: `WAVE=$(git diff --name-only origin/main^1 origin/main -- stacks/contoso/accounts | while read -r file; do
          if git show "origin/main^1:$file" 2> /dev/null | grep --quiet '^stage: review'; then grep --files-with-matches '^stage: disable' "$file"; fi
        done; true) && ${somebodyIsBlocked('$WAVE')}`,
    },
    {
      line: /^git log --first-parent --oneline origin\/main$/,
      instead: (line) => `GIT_PAGER=cat ${line}`,
      shows: /Merge pull request/,
    },
    { line: /^git switch --create take-back origin\/main$/ },
    { line: /^git revert --no-edit -m 1 origin\/main$/ },
    { line: /^git push --set-upstream origin HEAD$/ },
    {
      line: /^gh pr create --fill$/,
      inWords: `${mergeChecked} && apply_main && ${nobodyIsBlocked('$WAVE')} && ! grep --quiet '^stage: disable' $WAVE`,
    },
    {
      line: /^npx dormant why ana\.reyes@contoso\.com$/,
      instead: (line) => `REVERTED=$(echo "$WAVE" | head -1) && ${name('REVERTED')(line)}`,
      shows: /Disable → Review[\s\S]*sign-in allowed/,
    },
    done,
    {
      line: /^npx dormant include contoso ana\.reyes@contoso\.com$/,
      first: propose,
      instead: name('REVERTED'),
      inWords: 'git checkout --quiet -- . && git clean --quiet --force stacks',
    },
  ],
  left: [],
};

export const managerComplains: GuideLines = {
  guide: 'runbooks/manager-complains.md',
  run: [
    {
      line: /^git pull$/,
      first: `NEWCOMER=$(grep --files-with-matches '^stage: notify' stacks/contoso/accounts/*.yaml | head -1)`,
    },
    {
      line: /^npx dormant why ana\.reyes@contoso\.com$/,
      instead: name('PERSON'),
      // On the page twice: before, and once the next proposal has written the word into the file.
      shows: /where +(Disable|Delicense) since|where +Restore since[\s\S]*nothing is taken/,
    },
    {
      line: /^npx dormant restore contoso /,
      first: somebodyIsBlocked('"$PERSON"'),
      instead: name('PERSON'),
      inWords: `merge_pull && npx dormant why "$(basename "$PERSON")" | grep --quiet 'is given back, as asked for by' && apply_main && ${nobodyIsBlocked('"$PERSON"')} &&
        npx dormant why "$(basename "$PERSON")" | tr --squeeze-repeats ' \\n' ' ' | grep --quiet 'nothing is taken'`,
    },
    { line: /^git switch --create leave-alone$/ },
    { line: /^npx dormant exempt contoso /, instead: name('NEWCOMER', 'bo.lind@contoso.com') },
    { line: /^git commit --all --message "Asked for by a manager"$/ },
    { line: /^git push --set-upstream origin HEAD$/ },
    {
      line: /^gh pr create --fill$/,
      inWords: `${mergeChecked} && ${propose} && merge_pull && test ! -e "$NEWCOMER" &&
        npx dormant why "$(basename "$NEWCOMER" .yaml)" | grep --quiet 'exempt until 31 May'`,
    },
  ],
  left: [],
};

export const leftAfterAll: GuideLines = {
  guide: 'runbooks/left-after-all.md',
  run: [
    {
      line: /^git pull$/,
      first: `KEPT=$(grep --files-with-matches '^stage: review' stacks/contoso/accounts/*.yaml | head -1) && git switch --quiet --create keep &&
        sed -i 's/^stage: review.*/stage: keep\\nreason: needed until spring/' "$KEPT" && commit_and_merge "A keep"`,
    },
    {
      line: /^npx dormant why ana\.reyes@contoso\.com$/,
      instead: name('NEWCOMER'),
      // On the page twice: before, and once an audit proposes them again.
      shows: /exempt until|takes\s+it\s+into\s+Notify/,
    },
    { line: /^git switch --create end-exemption$/, inWords: `echo 'exemptions: []' > exemptions.yaml` },
    { line: /^git commit --all --message "An exemption ends"$/ },
    { line: /^git push --set-upstream origin HEAD$/ },
    { line: /^gh pr create --fill$/, inWords: mergeChecked },
    { line: /^git switch --create end-keep$/ },
    { line: /^git rm stacks\/contoso\/accounts\/bo\.lind@contoso\.com\.yaml$/, instead: () => 'git rm "$KEPT"' },
    { line: /^git commit --message "A keep ends"$/ },
    {
      line: /^npx dormant audit contoso$/,
      instead: (line) => `take_day && ${line}`,
      inWords: `grep --quiet "$(basename "$NEWCOMER" .yaml)" out/contoso/pull-request.md && grep --quiet "$(basename "$KEPT" .yaml)" out/contoso/pull-request.md`,
    },
  ],
  left: [],
};

export const redAudit: GuideLines = {
  guide: 'runbooks/red-audit.md',
  run: [
    {
      line: /^gh run list --workflow audit\.yml --limit 5$/,
      // A pull request is open, and then no audit goes through for longer than evidence lasts.
      first: `${propose} && OPEN=$(gh api 'repos/{owner}/{repo}/pulls' --jq '.[0].number') &&
        ${failWith('{"kind": "status", "status": 500, "retryAfter": 0, "path": "/v1.0/users$", "identity": "audit"}')} &&
        for week in 1 2 3 4 5; do ! npx dormant audit contoso || exit; curl --silent --fail "$EMULATOR_CONTROL/clock" --data '{"days": 7}' > /dev/null; done`,
      inWords: `gh api 'repos/{owner}/{repo}/issues' --jq '.[].title' | grep --quiet 'The audit of contoso fails'`,
    },
    { line: /^npx dormant doctor contoso$/, exitCode: 1 },
    {
      line: /^npx dormant conceal contoso$/,
      // What was proposed before is too old to be merged.
      first: `git fetch --quiet origin && git switch --quiet --detach origin/dormant/contoso && ! npx dormant check contoso --base origin/main > "$TURNS/check.txt" 2>&1 &&
        grep --quiet 'what takes an account further is at most 30 (evidenceMaxAgeDays)' "$TURNS/check.txt" && git switch --quiet main && ${mendAll}`,
    },
    { line: /^gh workflow (run|enable) audit\.yml$/ },
  ],
  left: [],
};

/** What the page ends in. */
export const afterRedAudit = `${propose} && git fetch --quiet origin && git switch --quiet --detach origin/dormant/contoso &&
  npx dormant check contoso --base origin/main && git switch --quiet main && merge_pull && apply_main &&
  ! gh api 'repos/{owner}/{repo}/issues' --jq '.[].title' | grep --quiet 'The audit of contoso fails'`;

export const leakedAppKey: GuideLines = {
  guide: 'runbooks/leaked-app-key.md',
  run: [
    {
      line: /^for name in github-app contoso-audit; do gh secret set /,
      first: `for name in github-app contoso-audit contoso-apply; do
          gh api --silent -X PUT "repos/{owner}/{repo}/environments/$name" -F 'deployment_branch_policy[protected_branches]=false' -F 'deployment_branch_policy[custom_branch_policies]=true' || exit
        done; gh variable set DORMANT_APP_CLIENT_ID --body Iv23liDormant && echo "of an App" > key.pem`,
    },
    { line: /^rm key\.pem$/, inWords: 'test ! -e key.pem && git diff --quiet' },
    { line: /^git fetch origin --prune$/ },
    { line: /^git log --first-parent --stat --no-renames origin\/main$/, instead: (line) => `GIT_PAGER=cat ${line}` },
    { instead: (line) => `GIT_PAGER=cat ${line}`, line: /^git branch --remotes --list "origin\/dormant\/\*"$/ },
    { line: /^gh workflow run audit\.yml$/ },
    {
      line: /^npx dormant doctor contoso$/,
      instead: (line) =>
        `${line} --json > "$TURNS/doctor.json"; jq --exit-status '[.findings[] | select(.name | startswith("GitHub App’s key is a secret")) | .status] | . != [] and all(. == "pass")' "$TURNS/doctor.json"`,
    },
  ],
  left: [],
};

/** A preview says it of each who is blocked; the apply finds nothing to take from them. */
const keyIsNew = { exitCode: 1, shows: /the key that signed its facts is new here/ } as const;

export const lostState: GuideLines = {
  guide: 'runbooks/lost-state.md',
  run: [
    {
      line: /^npx dormant preview contoso$/,
      first: `BLOCKED=$(${listBlocked('stacks/contoso/accounts/*.yaml')} | sort) && test -n "$BLOCKED" &&
        rm -rf "$HOME/state/.pulumi" && npx dormant repeat contoso | grep --quiet 'No apply has noted what it went through, although main has files for this stack.' &&
        writes() { curl --silent --fail "$EMULATOR_CONTROL/log?method=PATCH&path=/users/" | jq '.entries | length'; } && BEFORE=$(writes)`,
      instead: asApply,
      ...keyIsNew,
    },
    {
      line: /^npx dormant apply contoso$/,
      instead: asApply,
      shows: /The state knew no account, although accounts are blocked already/,
      inWords: `test "$(writes)" = "$BEFORE" && test "$BLOCKED" = "$(${listBlocked('stacks/contoso/accounts/*.yaml')} | sort)"`,
    },
    {
      line: /^npx dormant restore contoso ana\.reyes@contoso\.com --reason "back from leave"$/,
      first: `BACK=$(echo "$BLOCKED" | head -1)`,
      instead: name('BACK'),
      inWords: `merge_pull && { apply_main || true; } && ${nobodyIsBlocked('"$BACK"')}`,
    },
    {
      ...done,
      first: `curl --silent --fail "$EMULATOR_CONTROL/clock" --data '{"days": 7}' > /dev/null && take_day && apply_main`,
    },
  ],
  left: [],
};

export const microsoftDown: GuideLines = {
  guide: 'runbooks/microsoft-down.md',
  run: [
    {
      line: /^npx dormant why ana\.reyes@contoso\.com$/,
      first: `${propose} && merge_pull && WAVE=$(git diff --name-only origin/main^1 origin/main -- stacks/contoso/accounts | xargs grep --files-with-matches '^stage: disable') &&
        ${failWith('{"kind": "status", "status": 503, "retryAfter": 0, "method": "PATCH", "path": "/users/", "nth": 2}')} && ! apply_main &&
        gh api 'repos/{owner}/{repo}/issues' --jq '.[].title' | grep --quiet 'The apply of contoso needs a person'`,
      instead: (line) => `LAST=$(echo "$WAVE" | tail -1) && ${name('LAST')(line)}`,
      shows: /sign-in blocked: failed|failed:/,
    },
    {
      line: /^npx dormant apply contoso$/,
      first: mendAll,
      instead: asApply,
      inWords: `for file in $WAVE; do test -n "$(${listBlocked('"$file"')})" || exit; done; ! gh api 'repos/{owner}/{repo}/issues' --jq '.[].title' | grep --quiet 'needs a person'`,
    },
    done,
  ],
  left: [],
};

export const ownerLeft: GuideLines = {
  guide: 'runbooks/owner-left.md',
  run: [
    { line: /^npx dormant doctor contoso$/, instead: (line) => `${line} || test $? = 1` },
    {
      line: /^grep --recursive --ignore-case --line-number riley /,
      first: `git switch --quiet --create riley-owns && echo '* @riley' | cat - .github/CODEOWNERS > "$TURNS/owners" && cp "$TURNS/owners" .github/CODEOWNERS && commit_and_merge "Riley owns all of it"`,
      shows: /CODEOWNERS:1:\* @riley/,
      inWords: `git switch --quiet --create new-owners && sed -i 's/^\\* @riley$/* @contoso\\/identity/' .github/CODEOWNERS && commit_and_merge "A team owns it" && ! grep --recursive --ignore-case --quiet riley .github policy exemptions.yaml stacks/contoso/tenant.yaml`,
    },
    { line: /^gh api 'repos\/\{owner\}\/\{repo\}\/environments\/contoso-apply' --jq \.protection_rules$/ },
    { line: /^gh workflow (enable|run) audit\.yml$/ },
    { line: /^git switch --create next-key$/ },
    {
      line: /^npx dormant key new contoso \| gh secret set /,
      instead: (line) => `${line} && export DORMANT_FACTS_KEY=$(cat "$TURNS/secret")`,
    },
    { line: /^git commit --all --message "The next key of contoso"$/ },
    { line: /^git push --set-upstream origin HEAD$/ },
    {
      line: /^gh pr create --fill$/,
      inWords: `${mergeChecked} && ${propose} && npx dormant key list contoso --json | jq --exit-status '[.keys[].role] | sort == ["current", "next"]' > /dev/null`,
    },
  ],
  left: [{ line: /^pulumi -C bootstrap up$/, because: 'no application was made', heldBy: 'tables' }],
};
