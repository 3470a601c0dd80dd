// docs/guides/many-tenants.md, docs/guides/other-forges.md, docs/guides/disaster.md and docs/guides/upgrade.md: what runs Dormant.
import type { GuideLines } from '../guide-lines.fixture.ts';

/** Once is enough: it installs what is there. */
const installed = {
  because: 'it was installed before',
  heldBy:
    'e2e/guides.test.ts: trying it takes four commands, from an empty folder to the report and the lists of a first audit',
} as const;

export const manyTenants: GuideLines = {
  guide: 'many-tenants.md',
  run: [
    { line: /^npx dormant stacks\b/, shows: /contoso/ },
    { line: /^npx dormant check\b/ },
    { line: /^npx dormant audit contoso --json \| jq \.counts/, shows: /"\w+": \d+/ },
  ],
  left: [],
};

/** The apply is another identity, and its line says nothing of that: a job of its own has it. */
const asApply = (line: string) =>
  /dormant apply/.test(line) ? `AZURE_CLIENT_SECRET=$EMULATOR_APPLY_CLIENT_SECRET ${line}` : line;
/** Nobody has told the shell of a GitHub. */
const withoutGitHub = (line: string) => `env -u GITHUB_TOKEN -u GITHUB_REPOSITORY -u GITHUB_API_URL ${asApply(line)}`;

export const otherForges: GuideLines = {
  guide: 'other-forges.md',
  run: [
    { line: /^npx dormant (audit|propose|apply) contoso$/, instead: withoutGitHub },
    { line: /^git fetch origin \+refs\/heads\/main:refs\/remotes\/origin\/main$/ },
    { line: /^npx dormant check --base origin\/main$/, instead: withoutGitHub },
    { line: /^npx dormant preview contoso --base origin\/main$/, instead: withoutGitHub },
  ],
  left: [
    { line: /^npm ci$/, ...installed },
    { line: /^az ad app credential reset /, because: 'Azure is not emulated', heldBy: 'tables' },
  ],
};

export const disaster: GuideLines = {
  guide: 'disaster.md',
  run: [
    { line: /^npx dormant apply <stack>$/, instead: (line) => asApply(line.replace('<stack>', 'contoso')) },
    { line: /^dormant apply <stack> --clear-lock$/, instead: fillIn },
    { line: /^dormant (repeat|conceal) <stack>$/, instead: fillIn },
    { line: /^dormant apply <stack> --rewound-to <tip>$/, instead: fillIn },
    {
      line: /^dormant doctor <stack> --identity apply$/,
      instead: (line) => `AZURE_CLIENT_SECRET=$EMULATOR_APPLY_CLIENT_SECRET ${fillIn(line)} || test $? = 1`,
    },
  ],
  left: [
    {
      line: /^blob\(\) |^file=|^blob copy |^for each in /,
      because: 'Azure is not emulated',
      heldBy:
        'e2e/backends/backends.long.test.ts: a state that is cut off is said, and the .bak put back in its place is enough',
    },
    {
      line: /^npm run -s bootstrap-import -- contoso /,
      because: 'no application was made',
      heldBy:
        'bootstrap/import-file.integration.test.ts: a lost state of the bootstrap: the file has every resource under the name, the id and the parent that it had',
    },
    {
      line: /^export PULUMI_CONFIG_PASSPHRASE=/,
      because: 'for the next lines',
      heldBy:
        'bootstrap/azuread.integration.test.ts: makes what the table says, a second time nothing, and takes back only what it made',
    },
    { line: /^pulumi -C bootstrap (stack select|import|up) /, because: 'no application was made', heldBy: 'tables' },
  ],
};

function fillIn(line: string): string {
  return asApply(`npx ${line.replace('<stack>', 'contoso').replace('<tip>', '"$(git rev-parse origin/main)"')}`);
}

export const upgrade: GuideLines = {
  guide: 'upgrade.md',
  run: [{ line: /^gh workflow run upgrade-preview\.yml -f pull=12$/ }],
  left: [
    { line: /^npm ci$/, ...installed },
    {
      line: /^npx dormant upgrade( |$)/,
      because: 'npm has no other version than the one that is tried',
      heldBy:
        'e2e/package/upgrade.long.test.ts: with a token the upgrade is a pull request, and the repository can go back to what it was',
    },
    {
      line: /^npx --package @dormant-m365\/dormant dormant upgrade$/,
      because: 'it needs a copy of Dormant’s own repository',
      heldBy:
        'e2e/package/upgrade.long.test.ts: a copy of this repository, with its own values and changes, comes to run the package by one branch that merges cleanly',
    },
  ],
};
