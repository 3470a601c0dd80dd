// docs/guides/keys.md: a key is made, followed by the next one, lost, stolen.
import type { GuideLines } from '../guide-lines.fixture.ts';

/** What a job of Actions has from then on. */
const takeSecret = 'export DORMANT_FACTS_KEY=$(cat "$TURNS/secret")';

/** The first of these blocks is left, and with it the branch that it makes. */
const onBranch = (line: string) => `test "$(git branch --show-current)" = main || { ${line}; }`;

export const keys: GuideLines = {
  guide: 'keys.md',
  run: [
    { line: /^git switch --create (next|promote|new|revoke)-key$/ },
    {
      line: /^npx dormant key new contoso \| gh secret set DORMANT_FACTS_KEY --env contoso-audit$/,
      instead: (line) => onBranch(`${line} && ${takeSecret}`),
    },
    { line: /^npx dormant key promote contoso$/ },
    // The guide's name is that of a first key.
    {
      line: /^npx dormant key revoke contoso contoso-2026a$/,
      instead: () =>
        'npx dormant key revoke contoso "$(npx dormant key list contoso --json | jq -r \'.keys[] | select(.role == "current") | .name\')"',
    },
    { line: /^git commit --all --message "(The next key|A new key|Revoke a key)/ },
    { line: /^git push --set-upstream origin HEAD$/, instead: onBranch },
    { line: /^gh pr create --fill$/, instead: (line) => onBranch(`${line} && merge_pull`) },
    {
      line: /^npx dormant key new contoso > /,
      first: 'git switch --quiet --create key-in-time',
      instead: (line) => line.replace('/media/safe', '"$HOME"'),
      inWords: 'commit_and_merge "A key for the day that it is needed"',
    },
    {
      line: /^gh secret set DORMANT_FACTS_KEY --env contoso-audit < /,
      instead: (line) => line.replace('/media/safe', '"$HOME"'),
    },
    { line: /^gh run list --workflow apply\.yml / },
    { line: /^dormant (key list|doctor) contoso$/, instead: (line) => `npx ${line} || test $? = 1` },
  ],
  left: [
    { line: /^dormant key revoke$/, because: 'a name', heldBy: 'help' },
    {
      line: /^git switch --create sign-facts$|^npx dormant init --signing contoso$|^git commit --all --message "Sign the facts/,
      because: 'the repository here has signed from its first day',
      heldBy:
        'e2e/signing-begins.long.test.ts: nobody is refused where signing begins, and what was forged after that is signed by no audit',
    },
  ],
};
