import {
  collectRoleEntries,
  createExchangeOrganization,
  createRoleCmdlets,
  type ExchangeOrganization,
  formatValue,
  runScript,
  type ScriptRun,
} from '@dormant-m365/emulator/exchange';
import { expect, test } from 'vitest';
import { renderExchangeCommands } from './exchange-commands.ts';
import { listExchangeEntries } from './exchange-roles.ts';
import type { GrantOption, PipelineIdentity } from './grants.ts';

const principals = {
  audit: { displayName: 'dormant-audit', clientId: 'audit-client', objectId: 'audit-object' },
  apply: { displayName: 'dormant-apply', clientId: 'apply-client', objectId: 'apply-object' },
};

function scriptFor(chosen: readonly GrantOption[] = ['holds', 'exchange'], sender: string | null = 'it@contoso.com') {
  return renderExchangeCommands({ principals, chosen: new Set(chosen), sender }) ?? '';
}

const run = (organization: ExchangeOrganization, script = scriptFor()): Promise<ScriptRun> =>
  runScript(script, createRoleCmdlets(organization));
const inAdvance = async (...lines: string[]): Promise<ExchangeOrganization> => {
  const organization = { ...createExchangeOrganization(), isDehydrated: false };
  const stop = "$PSDefaultParameterValues = @{ '*:ErrorAction' = 'Stop' }";
  expect((await run(organization, [stop, ...lines].join('\n'))).failure).toBeNull();
  return organization;
};
const heldBy = (organization: ExchangeOrganization, identity: PipelineIdentity) =>
  [...collectRoleEntries(organization, `${identity}-object`)]
    .map(([cmdlet, parameters]) => [cmdlet, [...parameters].sort()])
    .sort();

/** The table's entries, with PowerShell's common parameters for a cmdlet that is granted whole. */
const tableOf = (identity: PipelineIdentity) => {
  const own = ['debug', 'erroraction', 'errorvariable', 'outbuffer', 'outvariable', 'verbose', 'warningaction'];
  return listExchangeEntries(identity)
    .map(({ cmdlet, parameters }) => [
      cmdlet.toLowerCase(),
      parameters?.map((parameter) => parameter.toLowerCase()).sort() ?? own,
    ])
    .sort();
};

test('it gives each identity the cmdlets and parameters of the table, and nothing else', async () => {
  const organization = createExchangeOrganization();
  expect(await run(organization)).toMatchObject({ failure: null, errors: [] });
  for (const identity of ['audit', 'apply'] as const) expect(heldBy(organization, identity)).toEqual(tableOf(identity));
});

test('it ends by listing what each role may run', async () => {
  const { output } = await run(createExchangeOrganization());
  expect(output.map(formatValue).slice(-7)).toEqual([
    'Dormant apply may run Get-Mailbox -Identity',
    'Dormant apply may run Get-MailboxStatistics',
    'Dormant apply may run Get-MailboxStatistics -Identity',
    'Dormant apply may run Set-Mailbox',
    'Dormant apply may run Set-Mailbox -Identity',
    'Dormant apply may run Set-Mailbox -Type',
    'Dormant apply organisation may run Get-OrganizationConfig',
  ]);
});

test('run twice it changes nothing the second time', async () => {
  const organization = createExchangeOrganization();
  await run(organization);
  const before = structuredClone(organization);
  expect(await run(organization)).toMatchObject({ failure: null, errors: [] });
  expect(organization).toEqual(before);
});

test('stopped after any of its commands, it is finished by running it again', async () => {
  const whole = createExchangeOrganization();
  await run(whole);
  let left = 0;
  for (let failure: unknown = true; failure !== null; left++) {
    const organization = createExchangeOrganization();
    ({ failure } = await runScript(scriptFor(), stoppingAfter(left, organization)));
    expect((await run(organization)).failure).toBeNull();
    expect(organization).toEqual(whole);
  }
  expect(left).toBeGreaterThan(20);
});

/** After so many calls, every cmdlet fails. */
function stoppingAfter(count: number, organization: ExchangeOrganization): ReturnType<typeof createRoleCmdlets> {
  let left = count;
  return (name) => {
    left -= 1;
    return left < 0 ? undefined : createRoleCmdlets(organization)(name);
  };
}

test('a role that an earlier script left with every cmdlet of its parent is cut down', async () => {
  const organization = await inAdvance("New-ManagementRole -Name 'Dormant apply' -Parent 'Mail Recipients'");
  expect((await run(organization)).failure).toBeNull();
  expect(heldBy(organization, 'apply')).toEqual(tableOf('apply'));
});

test('a role from before a cmdlet was needed gets it', async () => {
  const organization = await inAdvance(
    "New-ManagementRole -Name 'Dormant apply' -Parent 'Mail Recipients' -EnabledCmdlets 'Set-Mailbox'",
    "Set-ManagementRoleEntry 'Dormant apply\\Set-Mailbox' -Parameters 'Identity', 'Type', 'ForwardingSmtpAddress'",
  );
  expect((await run(organization)).failure).toBeNull();
  expect(heldBy(organization, 'apply')).toEqual(tableOf('apply'));
});

/** Exchange in which this cmdlet succeeds without doing anything. */
function withoutEffect(cmdlet: string, organization: ExchangeOrganization): ReturnType<typeof createRoleCmdlets> {
  const known = createRoleCmdlets(organization);
  return (name) => {
    const found = known(name);
    return found && name === cmdlet ? { ...found, run: () => [] } : found;
  };
}

test.each([
  ['a cmdlet', 'remove-managementroleentry', 'Dormant apply holds too much: Add-MailboxPermission'],
  ['a parameter', 'set-managementroleentry', 'Dormant audit holds too much: Get-Mailbox -Anr'],
])('%s too many ends it before the role is given to anybody', async (_, cmdlet, words) => {
  const organization = await inAdvance(
    "New-ManagementRole -Name 'Dormant apply' -Parent 'Mail Recipients'",
    "New-ManagementRole -Name 'Dormant audit' -Parent 'View-Only Recipients' -EnabledCmdlets 'Get-Mailbox', 'Get-MailboxStatistics'",
  );
  const { failure } = await runScript(scriptFor(), withoutEffect(cmdlet, organization));
  expect(failure?.message).toContain(words);
  expect([...organization.groups]).toEqual([]);
});

test('a cmdlet that is missing ends it, too', async () => {
  const organization = await inAdvance(
    "New-ManagementRole -Name 'Dormant apply' -Parent 'Mail Recipients' -EnabledCmdlets 'Get-Mailbox', 'Set-Mailbox'",
  );
  const { failure } = await runScript(scriptFor(), withoutEffect('add-managementroleentry', organization));
  expect(failure).not.toBeNull();
  expect([...organization.groups]).toEqual([]);
});

test('a role group that somebody has given another role is an error', async () => {
  const organization = createExchangeOrganization();
  await run(organization);
  await run(
    organization,
    "New-ManagementRoleAssignment -Role 'Mail Recipients' -SecurityGroup 'Dormant apply members'",
  );
  expect((await run(organization)).failure?.message).toContain('a role too many: Mail Recipients');
});

test.each<[string, GrantOption[], string | null]>([
  ['the audit alone', ['holds'], null],
  ['the apply alone', ['exchange'], null],
  ['sending alone', [], 'it@contoso.com'],
  ['an address with a quote', ['holds'], "o’brien's@contoso.com"],
])('%s is a script that PowerShell reads and Exchange runs', async (_, chosen, sender) => {
  const organization = createExchangeOrganization();
  expect(await run(organization, scriptFor(chosen, sender))).toMatchObject({ failure: null, errors: [] });
  expect([...organization.scopes.values()]).toEqual(
    sender === null ? [] : [`PrimarySmtpAddress -eq '${sender.replace(/['’]/g, '$&$&')}'`],
  );
});
