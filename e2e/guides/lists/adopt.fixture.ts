// docs/guides/adopt.md as somebody follows it: from an empty folder to the first pull request.
import type { GuideLines } from '../guide-lines.fixture.ts';

const outputs = `printf '{"tenantId":"%s","auditClientId":"%s","applyClientId":"%s"}' "$AZURE_TENANT_ID" "$EMULATOR_AUDIT_CLIENT_ID" "$EMULATOR_APPLY_CLIENT_ID" > outputs.json`;
/** What people answer: without a terminal nobody is asked. */
const answers =
  '--cloud emulator --sender invoices@contoso.com --reply-to invoices@contoso.com --reviewers @contoso/it';

/** What the page about GitHub has done by then. */
const makeEnvironments =
  '(for name in contoso-audit contoso-apply; do gh api --silent -X PUT "repos/{owner}/{repo}/environments/$name" || exit; done)';

const run: GuideLines['run'] = [
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
  {
    line: /^gh api 'repos\/\{owner\}\/\{repo\}' --jq [^\n]+\n +while read/,
    instead: (line) => line.replace('pulumi config set', 'echo'),
    shows: /repository contoso\/dormant-contoso\s+ownerId \d+\s+repositoryId \d+/,
  },
  { line: /^cat > history\.json / },
  { line: /^pulumi -C bootstrap stack output --json --stack contoso > outputs\.json$/, instead: () => outputs },
  {
    line: /^npx dormant init contoso --look \.\.\/look-contoso --bootstrap outputs\.json$/,
    instead: (line) => `${line} ${answers} < /dev/null`,
  },
  {
    line: /^for identity in audit apply; do\n +gh variable set /,
    first: makeEnvironments,
    // There is no stack of Pulumi that would say it.
    instead: (line) => line.replaceAll(/\$\(pulumi [^)]+\)/g, '$AZURE_TENANT_ID'),
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

const left: GuideLines['left'] = [
  {
    line: /^npm ci && npm run package$/,
    because: 'the other way, of a clone',
    heldBy:
      'e2e/package/package.test.ts: dormant init --new makes a repository that installs this version, and checks what is in it',
  },
  {
    line: /^npx dormant init --new \.\.\/dormant-contoso --package /,
    because: 'the same',
    heldBy:
      'e2e/package/package.test.ts: dormant init --new makes a repository that installs this version, and checks what is in it',
  },
  { line: /^(scope=\$\()?az /, because: 'Azure is not emulated', heldBy: 'tables' },
  {
    line: /^cd (bootstrap|\.\.)$|^export PULUMI_CONFIG_PASSPHRASE=/,
    because: 'around the lines of Pulumi',
    heldBy:
      'bootstrap/azuread.integration.test.ts: makes what the table says, a second time nothing, and takes back only what it made',
  },
  {
    line: /^pulumi (login|stack init|config set|preview$|up$|-C bootstrap destroy)/,
    because: 'it is an application of a real directory; bootstrap/ has tests of its own',
    heldBy: 'tables',
  },
  {
    line: /^pulumi -C bootstrap (config (set|rm) (licenseGroups|licenseGroupIds|groupUses)|up) /,
    because: 'the same',
    heldBy: 'tables',
  },
  {
    line: /^pulumi -C bootstrap stack output exchangeCommands /,
    because: 'Exchange Online’s PowerShell is not here',
    heldBy:
      'bootstrap/exchange-script.test.ts: it gives each identity the cmdlets and parameters of the table, and nothing else',
  },
  {
    line: /^(Connect-ExchangeOnline|\.\/exchange\.ps1)/,
    because: 'the same',
    heldBy: 'bootstrap/exchange-script.test.ts: run twice it changes nothing the second time',
  },
  { line: /^(Connect-MgGraph|Set-Mailbox) -/, because: 'PowerShell of Microsoft is not here', heldBy: 'tables' },
  {
    line: /^gh api -X DELETE 'repos\/\{owner\}\/\{repo\}\/environments\/contoso-audit'$/,
    because: 'the way back; the guide to leave takes it',
    heldBy: 'e2e/guides.long.test.ts: the other guides are followed in a repository that has been run for weeks',
  },
  {
    line: /^npx --yes @dormant-m365\/dormant conceal$/,
    because: 'only after a look that was killed',
    heldBy:
      'e2e/package/look.long.test.ts: on Node 20 the first lines say what is needed, and with what the same command then does its work',
  },
  { line: /^npx dormant doctor contoso$/, because: 'after Pulumi', heldBy: 'help' },
  { line: /^npx dormant init contoso --cloud /, because: 'of another cloud', heldBy: 'help' },
  { line: /^npx dormant emulator --cloud\s+china$/, because: 'the same', heldBy: 'help' },
  { line: /^gh repo delete dormant-contoso$/, because: 'the way back, of the whole repository', heldBy: 'tables' },
];

export const adopt: GuideLines = { guide: 'adopt.md', run, left };
