import { expect, test } from 'vitest';
import { type ExchangeRequest, renderExchangeCommands } from './exchange-commands.ts';

const request: ExchangeRequest = {
  principals: {
    audit: { displayName: 'dormant-audit', clientId: 'audit-client', objectId: 'audit-object' },
    apply: { displayName: 'dormant-apply', clientId: 'apply-client', objectId: 'apply-object' },
  },
  chosen: new Set(['holds', 'exchange']),
  sender: 'it@contoso.com',
};

const script = (change: Partial<ExchangeRequest> = {}) => renderExchangeCommands({ ...request, ...change }) ?? '';

test('the apply’s Exchange role is cut down to reading mailboxes and setting their type', () => {
  const commands = script();
  const kept = "'Get-Mailbox', 'Get-MailboxStatistics', 'Set-Mailbox'";
  expect(commands).toContain(
    `New-ManagementRole -Name 'Dormant apply' -Parent 'Mail Recipients' -EnabledCmdlets ${kept}`,
  );
  expect(commands).toContain(`Where-Object Name -NotIn ${kept} | ForEach-Object`);
  expect(commands).toContain(
    String.raw`Set-ManagementRoleEntry 'Dormant apply\Set-Mailbox' -Parameters 'Identity', 'Type'`,
  );
});

test('the audit’s Exchange role is made from the read-only one and only gets mailboxes', () => {
  const commands = script({ chosen: new Set(['holds']), sender: null });
  expect(commands).toContain("-Parent 'View-Only Recipients'");
  expect(commands).toContain("Where-Object Name -NotIn 'Get-Mailbox', 'Get-MailboxStatistics' |");
  expect(commands).not.toContain('Set-Mailbox');
  expect(commands).not.toContain('apply-object');
});

test('both may read what the organisation is set to, also where an earlier script has made their roles', () => {
  const commands = script();
  for (const identity of ['audit', 'apply']) {
    const role = `'Dormant ${identity} organisation'`;
    const group = `'Dormant ${identity} members'`;
    expect(commands).toContain(
      `New-ManagementRole -Name ${role} -Parent 'View-Only Configuration' -EnabledCmdlets 'Get-OrganizationConfig'`,
    );
    expect(commands).toContain(`New-ManagementRoleAssignment -Role ${role} -SecurityGroup ${group}`);
  }
});

test('no entry is taken out of a role through a pipe, which Exchange Online refuses', () => {
  const commands = script();
  expect(commands).not.toMatch(/\| Remove-ManagementRoleEntry/);
  expect(commands).toContain(
    String.raw`ForEach-Object { Remove-ManagementRoleEntry -Identity "$($_.Id)\$($_.Name)" -Confirm:$false }`,
  );
});

test('the apply may send from one mailbox, also where it converts none', () => {
  const commands = script({ chosen: new Set() });
  expect(commands).toContain("-AppId 'apply-client' -ObjectId 'apply-object'");
  expect(commands).toContain("-RecipientRestrictionFilter 'PrimarySmtpAddress -eq ''it@contoso.com'''");
  expect(commands).not.toContain('New-ManagementRole ');
  expect(commands).not.toContain('audit-object');
});

test('nothing is looked for by its name, which may return everything, and no error is swallowed', () => {
  expect(script()).not.toContain('SilentlyContinue');
  expect(script()).not.toMatch(/if \(-not \(Get-(?!ManagementRoleEntry|ManagementRoleAssignment)\S+ '/);
});

test('whatever is made is looked for first, so that the script may be run again', () => {
  const lines = script().split('\n');
  const makers = lines.flatMap((line, at) => (/^\s*New-/.test(line) ? [at] : []));
  expect(makers.length).toBeGreaterThan(4);
  for (const at of makers) expect(lines[at - 1]).toMatch(/^if \(-not \(Get-/);
});

test('the way back names all that was made', () => {
  const back = script().split('# To take it all back:')[1] ?? '';
  for (const made of [
    'Dormant sender',
    'Dormant apply members',
    'Dormant audit members',
    'Dormant audit organisation',
    'apply-object',
    'audit-object',
  ])
    expect(back).toContain(made);
});

test('nothing asked for in Exchange is no script', () => {
  expect(renderExchangeCommands({ ...request, chosen: new Set(['premium']), sender: null })).toBeNull();
});

test.each(["o'brien@contoso.com", 'a’; Remove-Mailbox x; ’@contoso.com'])(
  'a quote in an address ends no string: %s',
  (sender) => {
    const commands = script({ sender });
    const literals = commands.replaceAll(/(['‘’‚‛])(?:(?!['‘’‚‛]).|['‘’‚‛]{2})*(['‘’‚‛])/g, '""');
    expect(literals).not.toContain('Remove-Mailbox');
    expect(literals).not.toContain('brien');
  },
);
