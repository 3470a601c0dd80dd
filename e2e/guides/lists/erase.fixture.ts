// docs/guides/erase.md: what goes by itself, what a person can ask for, and history without them.
import type { GuideLines } from '../guide-lines.fixture.ts';

const rewritten = {
  because: 'it is run as a whole, in a repository with a past',
  heldBy:
    'e2e/rewrite-history.long.test.ts: after history was rewritten by the guide nothing has the person, and all else goes on where it was',
} as const;

export const erase: GuideLines = {
  guide: 'erase.md',
  run: [],
  left: [
    {
      line: /^npx dormant erase contoso ana@contoso\.com( --dry-run)?$/,
      because: 'nobody asks here',
      heldBy:
        'e2e/erase.test.ts: a person in each stage is erased or not, from files and records, and then audit, propose, apply, the restore of others and verify go on',
    },
    { line: /^dormant restore <stack> <account>$/, because: 'a name', heldBy: 'help' },
    { line: /^dormant pause --all /, because: 'its own guide has it', heldBy: 'help' },
    { line: /^dormant apply <stack> --commit-map commit-map$/, because: 'history is as it was here', heldBy: 'help' },
    { line: /^(person|id|name|url)=/, ...rewritten },
    { line: /^git clone "\$url" rewritten$/, ...rewritten },
    { line: /^cd rewritten$/, ...rewritten },
    { line: /^git log --all --oneline --name-only -S/, ...rewritten },
    { line: /^cat > \.\.\/(paths|words)\.txt/, ...rewritten },
    { line: /^git-filter-repo /, ...rewritten },
    { line: /^cat \.git\/filter-repo\/commit-map > commit-map$/, ...rewritten },
    { line: /^sed 1d commit-map/, ...rewritten },
    { line: /^rm -f stacks\/contoso\/tenant\.yaml\.bak$/, ...rewritten },
    { line: /^git add commit-map /, ...rewritten },
    { line: /^git commit --message /, ...rewritten },
    { line: /^git remote add origin "\$url"$/, ...rewritten },
    { line: /^git push --force --(all|tags) origin$/, ...rewritten },
    { line: /^git (fetch --prune origin|reset --hard|reflog expire|gc --prune=now)/, ...rewritten },
  ],
};
