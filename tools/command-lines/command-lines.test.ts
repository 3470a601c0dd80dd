// That the checks of command lines find what is wrong with one, and nothing in what is right.
import { version as pulumiVersion } from '@pulumi/pulumi/version.js';
import { expect, test } from 'vitest';
import { checkCmdletMention, checkPowerShell } from './check-powershell.fixture.ts';
import { checkMention, checkShell } from './check-shell.fixture.ts';
import { loadCmdletTable } from './cmdlet-table.ts';
import { loadCommandTable, tools } from './command-table.ts';
import { cmdletPages, usedCommands } from './used-commands.ts';

const check = (text: string, said: readonly string[] = []) => checkShell(text, { said, set: new Set(), own: {} });

test.each([
  ['an unknown option', 'gh run list --branches main', 'has no option --branches'],
  ['an unknown short option', 'gh api -Z x', 'has no option -Z'],
  ['a required option that is missing', 'az role assignment create --role Reader', 'lacks --scope'],
  ['one that an id would stand in for', 'az storage account show --query id', 'lacks --name'],
  ['a value that is missing', 'git commit --all --message', '--message lacks its value'],
  ['a value that cannot be', 'az storage account show --name x --output text', '--output cannot be text'],
  ['an argument that is missing', 'gh secret delete --env x', 'lacks an argument'],
  ['an argument too many', 'pulumi login s3://x y', 'has an argument too many'],
  ['a subcommand that is not there', 'az storage acount show --name x', 'has no such command'],
  ['one of another tool', 'gh pr approve', 'has no such command'],
  ['a program that nobody knows', 'azz login', 'it is not known what azz is'],
  ['a pattern that zsh refuses', 'pulumi login azblob://state?storage_account=x', 'for a pattern'],
  ['a variable that nothing sets', 'gh run watch "$run"', '$run: nothing before it sets it'],
  ['a placeholder in capitals', 'gh api repos/OWNER/x', 'does not say what OWNER stands for'],
  ['a placeholder in a name', 'gh secret set x --env STACK-audit', 'does not say what STACK stands for'],
  ['a placeholder in brackets', "az group create --location x --name '<its group>'", '<its group> stands for'],
  ['a placeholder without quotes, which is a redirection', 'az group create --name <its group>', 'redirect'],
  ['a loop that does not end', 'for x in a b; do gh run watch "$x"', "expected 'done'"],
  ['a quote that does not end', 'gh run watch "x', 'unterminated'],
])('finds %s', async (_, text, fault) => {
  expect((await check(text)).join('\n')).toContain(fault);
});

test.each([
  ['in `$(…)`', 'scope=$(az storage account show --nam x)/blob'],
  ['in `$(…)` of a quoted argument', 'gh run watch "$(az storage account show --nam x)"'],
  ['in `<(…)`', 'cat <(az storage account show --nam x)'],
  ['in a loop', 'for x in a b; do az storage account show --nam x; done'],
  ['behind a pipe', 'cat x | az storage account show --nam x'],
  ['behind `&&`', 'cd x && az storage account show --nam x'],
  ['behind `xargs`', 'cat x | xargs -n 1 az storage account show --nam x'],
  ['that goes on in the next line', 'az storage \\\n  account show --nam x'],
  ['by a function', 'account() { az storage account "$@" --nam x; }\naccount show'],
])('finds an option that is not there %s', async (_, text) => {
  expect((await check(text)).join('\n')).toContain('has no option --nam');
});

test('a document behind << is read: its placeholders, and whether it is JSON', async () => {
  const call = (body: string) => `gh api x --input - <<'END'\n${body}\nEND`;
  expect(await check(call('{"id": APP_ID}'), ['APP_ID'])).toEqual([]);
  expect((await check(call('{"id": APP_ID}'))).join()).toContain('APP_ID');
  expect((await check(call('{"id": 1,}'))).join()).toContain('JSON');
});

test('what is explained, set before, or known to every workflow is no fault', async () => {
  const text = `for name in STACK-audit STACK-apply; do
  gh variable set PULUMI_BACKEND_URL --env $name --body 'azblob://state?storage_account=x' # a comment
  gh api -X PUT repos/OWNER/REPO/environments/$name -F 'policy[protected]=false' > /dev/null
done`;
  expect(await check(text, ['STACK', 'OWNER/REPO'])).toEqual([]);
});

test.each([
  ['gh run download', []],
  ['git revert -m 1', []],
  ['pulumi -C bootstrap destroy --stack contoso', []],
  ['az cloud set --name AzureUSGovernment', []],
  ['gh api … rulesets', []],
  ['pulumi up --stak contoso', ['has no option --stak']],
])('%s in a sentence may leave out what is required', (text, faults) => {
  expect(checkMention(text)).toEqual(faults);
});

test('what is not one of the tools is no mention of one', () => {
  expect(checkMention('npm ci')).toBeNull();
  expect(checkMention('git')).toBeNull();
  expect(checkCmdletMention('Retry-After')).toBeNull();
});

test.each([
  ['a parameter that does not exist', "New-ManagementRole -Name 'x' -Parents 'y'", 'has no parameter -Parents'],
  ['a required one that is missing', "New-ServicePrincipal -AppId 'x'", 'lacks -ObjectId'],
  ['a cmdlet that does not exist', 'Get-Mailboxes', 'does not list this cmdlet'],
  ['parameters that do not go together', "Get-ADUser -Identity 'x' -LDAPFilter 'y'", 'does not go with the others'],
  ['a value that cannot be', 'Connect-ExchangeOnline -ExchangeEnvironmentName O365USGov', 'cannot be O365USGov'],
  ['a value too many', "Remove-RoleGroup 'x' 'y'", 'has a value too many'],
  ['what does not parse', "Get-Mailbox 'x", 'not valid PowerShell'],
  ['a parameter within a block', "Get-RoleGroup | ForEach-Object { Remove-RoleGroup -Identty 'x' }", '-Identty'],
  ['a parameter within `$(…)`', '"$(Get-Mailbox -Identty x)"', '-Identty'],
  [
    'what only a server of the company has',
    "New-ManagementRole -Name 'x' -Parent 'y' -DomainController 'z'",
    '-DomainController',
  ],
])('finds in PowerShell %s', async (_, script, fault) => {
  expect((await checkPowerShell(script)).join('\n')).toContain(fault);
});

test('a cmdlet in a sentence is held against its page, too', () => {
  expect(checkCmdletMention('Set-Mailbox -Identity -Type')).toEqual([]);
  expect(checkCmdletMention('Set-Mailbox -Kind')).toEqual(['has no parameter -Kind']);
});

test('the table of Pulumi is of the version that Dormant runs', () => {
  expect(loadCommandTable('pulumi').version).toBe(pulumiVersion);
});

test('every table has what is used, and says of which version and how it is made anew', () => {
  for (const tool of tools) {
    const table = loadCommandTable(tool);
    expect(Object.keys(table.commands).sort()).toEqual(usedCommands[tool].toSorted());
    expect(table).toMatchObject({
      tool,
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      from: expect.stringMatching(/^https:/),
      made: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
      again: `npm run -s command-tables -- ${tool}`,
    });
  }
  const { cmdlets } = loadCmdletTable();
  expect(Object.keys(cmdlets)).toEqual(cmdletPages.flatMap((pages) => pages.cmdlets).toSorted());
});
