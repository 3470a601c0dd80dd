import { expect, test } from 'vitest';
import { runScript } from '../powershell/run-script.ts';
import { collectRoleEntries, createExchangeOrganization, type ExchangeOrganization } from './organization.ts';
import { createRoleCmdlets } from './role-cmdlets.ts';

function anOrganization(): ExchangeOrganization {
  return { ...createExchangeOrganization(), isDehydrated: false };
}
const run = (organization: ExchangeOrganization, ...lines: string[]) =>
  runScript(
    ["$PSDefaultParameterValues = @{ '*:ErrorAction' = 'Stop' }", ...lines].join('\n'),
    createRoleCmdlets(organization),
  );
const cmdletsOf = ({ roles }: ExchangeOrganization, role: string) => [...(roles.get(role)?.entries.keys() ?? [])];

const wholeCopy = "New-ManagementRole -Name 'Mine' -Parent 'Mail Recipients'";
const extras = "Get-ManagementRoleEntry 'Mine\\*' | Where-Object Name -NotIn 'Get-Mailbox', 'Set-Mailbox'";

test('a pipe into Remove-ManagementRoleEntry fails, and leaves the role with every cmdlet of its parent', async () => {
  const organization = anOrganization();
  const { failure } = await run(
    organization,
    wholeCopy,
    `${extras} | Remove-ManagementRoleEntry -Confirm:$false`,
    "New-RoleGroup -Name 'Members' -Roles 'Mine'",
  );
  expect(failure?.message).toContain('The input object cannot be bound');
  expect(cmdletsOf(organization, 'Mine')).toEqual(cmdletsOf(organization, 'Mail Recipients'));
  expect(organization.groups.size).toBe(0);
});

test('the same entries go one by one, as Microsoft’s page has it', async () => {
  const organization = anOrganization();
  const { failure } = await run(
    organization,
    wholeCopy,
    `${extras} | ForEach-Object { Remove-ManagementRoleEntry -Identity "$($_.Id)\\$($_.Name)" -Confirm:$false }`,
  );
  expect(failure).toBeNull();
  expect(cmdletsOf(organization, 'Mine')).toEqual(['Get-Mailbox', 'Set-Mailbox']);
});

test('without -Confirm:$false a removal waits for a person', async () => {
  const { failure } = await run(anOrganization(), wholeCopy, "Remove-ManagementRoleEntry 'Mine\\Set-User'");
  expect(failure?.message).toContain('confirmation');
});

test('-EnabledCmdlets copies just those', async () => {
  const organization = anOrganization();
  await run(organization, `${wholeCopy} -EnabledCmdlets 'get-mailbox', 'Set-Mailbox'`);
  expect(cmdletsOf(organization, 'Mine')).toEqual(['Get-Mailbox', 'Set-Mailbox']);
});

test('-Parameters leaves these and no other', async () => {
  const organization = anOrganization();
  await run(organization, wholeCopy, "Set-ManagementRoleEntry 'Mine\\Set-Mailbox' -Parameters 'Identity', 'Type'");
  expect(organization.roles.get('Mine')?.entries.get('Set-Mailbox')).toEqual(['Identity', 'Type']);
});

test.each([
  ['a role without a parent', "New-ManagementRole -Name 'Other'", "couldn't be found"],
  [
    'a cmdlet that the parent lacks',
    "New-ManagementRole -Name 'Other' -Parent 'Mail Recipients' -EnabledCmdlets 'Search-Mailbox'",
    "couldn't be found",
  ],
  ['the same role once more', wholeCopy, 'already exists'],
  [
    'a name of 65 characters',
    `New-ManagementRole -Name '${'x'.repeat(65)}' -Parent 'Mail Recipients'`,
    '64 characters',
  ],
  ['an entry that is there', "Add-ManagementRoleEntry 'Mine\\Set-User'", 'already exists'],
  ['an entry that the parent lacks', "Add-ManagementRoleEntry 'Mine\\Search-Mailbox'", "couldn't be found"],
  [
    'a parameter that the parent lacks',
    "Set-ManagementRoleEntry 'Mine\\Set-User' -Parameters 'Everything'",
    'is not in',
  ],
  [
    'a change of a built-in role',
    "Set-ManagementRoleEntry 'Mail Recipients\\Set-User' -Parameters 'Identity'",
    'built in',
  ],
  [
    'a removal from a built-in role',
    "Remove-ManagementRoleEntry 'Mail Recipients\\Set-User' -Confirm:$false",
    'built in',
  ],
  [
    'a member that Exchange does not know',
    "New-RoleGroup 'G'; Add-RoleGroupMember 'G' -Member 'nobody'",
    "couldn't be found",
  ],
  ['customization that is on already', 'Enable-OrganizationCustomization', 'not required'],
  ['a parameter that nobody knows', "Get-ManagementRole -Everything 'x'", 'Everything'],
  ['a cmdlet that nobody knows', "Remove-Mailbox 'ana'", 'not recognized'],
])('Exchange refuses %s', async (_, line, words) => {
  const { failure } = await run(anOrganization(), wholeCopy, line);
  expect(failure?.message).toContain(words);
});

test('an organisation that never changed anything has to say so first', async () => {
  const { failure } = await run(createExchangeOrganization(), wholeCopy);
  expect(failure?.message).toContain('Enable-OrganizationCustomization');
});

test('the cmdlets of a module do not see what a script prefers, only its default parameters', async () => {
  const lines = ["$ErrorActionPreference = 'Stop'", 'Get-Nonsense', "'went on'"];
  const { output, errors, failure } = await runScript(lines.join('\n'), createRoleCmdlets(anOrganization()));
  expect([output, errors.length, failure]).toEqual([['went on'], 1, null]);
});

test('a member of a role group may run what its roles have, by cmdlet and parameter', async () => {
  const organization = anOrganization();
  const { failure } = await run(
    organization,
    `${wholeCopy} -EnabledCmdlets 'Get-Mailbox'`,
    "Set-ManagementRoleEntry 'Mine\\Get-Mailbox' -Parameters 'Identity'",
    "New-ServicePrincipal -AppId 'app' -ObjectId 'object' -DisplayName 'one'",
    "New-RoleGroup -Name 'Members' -Roles 'Mine'",
    "Add-RoleGroupMember -Identity 'Members' -Member 'object'",
  );
  expect(failure).toBeNull();
  expect([...collectRoleEntries(organization, 'object')]).toEqual([['get-mailbox', new Set(['identity'])]]);
  expect(collectRoleEntries(organization, 'app').size).toBe(0);
});

test('what is no PowerShell is refused before a line of it runs', async () => {
  const organization = anOrganization();
  await expect(run(organization, wholeCopy, 'if (')).rejects.toThrow(SyntaxError);
  expect(organization.roles.has('Mine')).toBe(false);
});
