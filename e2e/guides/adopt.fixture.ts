// docs/guides/adopt.md as somebody follows it: which of its lines are run here and how, and why the others are not.
import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readGuideCommands } from './guide-commands.fixture.ts';

interface RunLine {
  line: RegExp;
  /** What is typed in its place: the guide's line with what only a real tenant, forge or person could give. */
  instead?: (line: string) => string;
  /** What the guide says in words after it. */
  inWords?: string;
  /** 0, unless the guide's line is to find something. */
  exitCode?: number;
}

interface LeftLine {
  line: RegExp;
  because: string;
}

const outputs = `printf '{"tenantId":"%s","auditClientId":"%s","applyClientId":"%s"}' "$AZURE_TENANT_ID" "$EMULATOR_AUDIT_CLIENT_ID" "$EMULATOR_APPLY_CLIENT_ID" > outputs.json`;
/** What people answer: without a terminal nobody is asked. */
const answers =
  '--cloud emulator --sender invoices@contoso.com --reply-to invoices@contoso.com --reviewers @contoso/it';

export const runLines: readonly RunLine[] = [
  {
    line: /^npx --yes @dormant-m365\/dormant look /,
    // Nobody has a browser here, and nobody is at risk.
    instead: (line) => `${line} --cloud emulator --as '' --show-names`,
  },
  { line: /^npx --yes @dormant-m365\/dormant init --new / },
  { line: /^cd dormant-contoso$/ },
  { line: /^git commit --all -m "Adopt Dormant"$/ },
  { line: /^npm ci$/ },
  { line: /^gh repo create dormant-contoso --private --source \. --push$/ },
  { line: /^cat > history\.json / },
  { line: /^pulumi -C bootstrap stack output --json --stack contoso > outputs\.json$/, instead: () => outputs },
  {
    line: /^npx dormant init contoso --look \.\.\/look-contoso --bootstrap outputs\.json$/,
    instead: (line) => `${line} ${answers} < /dev/null`,
  },
  {
    line: /^npx dormant key new contoso \| gh secret set DORMANT_FACTS_KEY --env contoso-audit$/,
    inWords: 'git add stacks policy .github && git commit --quiet -m "Add the stack contoso" && git push --quiet',
  },
  {
    line: /^GITHUB_TOKEN=\$\(gh auth token\) PULUMI_BACKEND_URL='azblob.* npx dormant doctor contoso$/,
    instead: (line) => line.replace(/'azblob[^']*'/, 'file://$HOME'),
    exitCode: 1, // GitHub is not set up: that page has its own test
  },
  {
    line: /^gh workflow run audit\.yml && gh run watch$/,
    // What a job of that workflow runs, with the secret of its environment.
    instead: () => 'DORMANT_FACTS_KEY=$(cat "$TURNS/secret") npx dormant audit contoso && npx dormant propose contoso',
  },
];

const leftLines: readonly LeftLine[] = [
  {
    line: /^npm ci && npm run package$/,
    because: 'the other way, of a clone: e2e/package builds and installs these packages',
  },
  { line: /^npx dormant init --new \.\.\/dormant-contoso --package /, because: 'the same' },
  { line: /^(scope=\$\()?az /, because: 'Azure is not emulated' },
  { line: /^cd (bootstrap|\.\.)$/, because: 'around the lines of Pulumi' },
  { line: /^export PULUMI_CONFIG_PASSPHRASE=/, because: 'for the lines of Pulumi' },
  {
    line: /^pulumi (login|stack init|config set|preview|up)/,
    because: 'the state is in Azure; bootstrap/ has tests of its own',
  },
  {
    line: /^pulumi -C bootstrap (config set (licenseGroups|licenseGroupIds|groupUses)|up) /,
    because: 'the same: bootstrap/license-groups.integration.test.ts',
  },
  { line: /^gh api 'repos\/\{owner\}\/\{repo\}' --jq [^\n]+\n +while read/, because: 'for the lines of Pulumi' },
  { line: /^pulumi -C bootstrap stack output exchangeCommands /, because: 'Exchange Online’s PowerShell is not here' },
  { line: /^for identity in audit apply; do\n +gh variable set /, because: 'the emulated GitHub takes no variables' },
];

/** Lines that are neither run nor left for a reason, and those that are both. */
export function findUndecided(): string[] {
  return readGuideCommands('adopt.md')
    .map(({ text }) => text)
    .filter((text) => [...runLines, ...leftLines].filter(({ line }) => line.test(text)).length !== 1);
}

/** A folder with a `gh` that does what the guide asks of it with the emulated GitHub. */
export async function makeGh(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-gh-'));
  await writeFile(
    join(folder, 'gh'),
    `#!/bin/sh
case "$1 $2" in
  'repo create') git remote add origin "$EMULATOR_REMOTE" && git push --quiet --set-upstream origin main ;;
  'secret set') cat > "$TURNS/secret" ;;
  'auth token') echo "$GITHUB_TOKEN" ;;
  *) echo "There is no gh here for: $*" >&2; exit 1 ;;
esac
`,
  );
  await chmod(join(folder, 'gh'), 0o755);
  return folder;
}
