// docs/guides/look.md, from its first line to the folder's end.
import type { GuideLines } from '../guide-lines.fixture.ts';

const adopted = {
  because: 'the way on',
  heldBy:
    'e2e/guides.long.test.ts: “Adopt it in your tenant” leads from an empty folder to a first pull request on Node %s',
} as const;

export const look: GuideLines = {
  guide: 'look.md',
  run: [
    {
      line: /^npx @dormant-m365\/dormant look$/,
      // Nobody has a browser here, and npx asks at a terminal before it installs.
      instead: (line) =>
        `cd "$(mktemp -d)" && ${line.replace('npx', 'npx --yes')} --cloud emulator --as '' --show-names --out look-contoso`,
      inWords:
        '(for file in report.html inactive-users.csv high-risk.csv guests.csv pull-request.md audit.json look.json; do test -s look-contoso/$file || exit; done)',
    },
    { line: /^npx @dormant-m365\/dormant conceal$/, instead: (line) => line.replace('npx', 'npx --yes') },
    { line: /^rm -r look-contoso$/, inWords: 'cd "$OLDPWD"' },
  ],
  left: [
    {
      line: /^npx --package @dormant-m365\/dormant --package @dormant-m365\/emulator dormant look --embedded$/,
      because: 'it starts a company of its own',
      heldBy: 'e2e/package/look.long.test.ts: the README has the command that is tried here and recorded',
    },
    { line: /^npx @dormant-m365\/dormant init --new dormant-contoso$/, ...adopted },
    { line: /^cd dormant-contoso && npm ci$/, ...adopted },
    { line: /^npx dormant init contoso --look \.\.\/look-contoso$/, ...adopted },
  ],
};
