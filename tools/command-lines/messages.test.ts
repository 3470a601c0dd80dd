// What the product prints for people to type is held against the same tables as the guides: rendered, where it is rendered by a
// function without a tenant, and every text of the sources as far as it is fixed. The doctor's tests hold what it says to it, too.
import { describe, expect, test } from 'vitest';
import { type ExchangeRequest, renderExchangeCommands } from '../../bootstrap/exchange-commands.ts';
import type { GrantOption } from '../../bootstrap/grants.ts';
import { buildKeyCommand } from '../../cli/keys/key-command.ts';
import { manual } from '../../cli/manual.ts';
import { renderTeamReadme } from '../../cli/new-repository/render-files.ts';
import { teamFiles } from '../../cli/new-repository/team-files.ts';
import { buildAdAccountCommand } from '../../stacks/on-premises/power-shell.ts';
import { readProductSources } from '../house/read-sources.ts';
import { checkMessage } from './check-message.fixture.ts';
import { checkPowerShell } from './check-powershell.fixture.ts';
import { listTexts } from './source-texts.fixture.ts';

const product = /^(audit|bootstrap|cli|forge|graph|policy|stacks)\//;
const told = /\b(az|gh|git|pulumi) (-C \w+ )?[a-z]+/;

test('each text of the sources that tells people to type something says what they can type', async () => {
  const faults: string[] = [];
  let checked = 0;
  const sources = (await readProductSources()).filter(({ path, text }) => product.test(path) && told.test(text));
  for (const { path, line, text } of listTexts(sources)) {
    if (!told.test(text)) continue;
    checked++;
    faults.push(...(await checkMessage(text)).map((fault) => `${path}:${line}: ${fault}`));
  }
  expect(faults).toEqual([]);
  expect(checked).toBeGreaterThan(30);
});

const principals: ExchangeRequest['principals'] = {
  audit: { displayName: 'dormant-audit', clientId: 'a', objectId: 'b' },
  apply: { displayName: "dormant-apply's", clientId: 'c', objectId: 'd' },
};
const options: GrantOption[][] = [['holds', 'exchange'], ['holds'], ['exchange'], []];

describe.each(options.map((chosen) => ({ chosen })))('with $chosen', ({ chosen }) => {
  test.each(["o'brien@contoso.com", null])(
    'the script for Exchange runs, and so does its way back: sender %s',
    async (sender) => {
      const script = renderExchangeCommands({ principals, chosen: new Set(chosen), sender });
      if (script === null) return expect([chosen.length, sender]).toEqual([0, null]);
      const [, back = ''] = script.split('# To take it all back:\n');
      expect(back).toMatch(/^# {3}Remove-/);
      expect(await checkPowerShell(script)).toEqual([]);
      expect(await checkPowerShell(back.replaceAll(/^# {3}/gm, ''))).toEqual([]);
    },
  );
});

test.each(['disable', 'enable'] as const)(
  'the line that is to %s an account in Active Directory runs',
  async (action) => {
    const userPrincipalName = "ana.o'brien@contoso.com";
    for (const securityIdentifier of ['S-1-5-21-1-2-3-4', null])
      expect(await checkPowerShell(buildAdAccountCommand(action, { securityIdentifier, userPrincipalName }))).toEqual(
        [],
      );
  },
);

test('the examples of the help, the way a key is handed over and the README of a team can be typed', async () => {
  const examples = Object.values(manual).flatMap((each) => [...each.examples]);
  const readme = renderTeamReadme('dormant-contoso', teamFiles).replaceAll(/```sh\n|```/g, '');
  for (const text of [...examples, buildKeyCommand('contoso'), readme]) expect(await checkMessage(text)).toEqual([]);
});

test.each([
  ['gh secret set X --environment contoso-audit', 'has no option --environment'],
  ['put it back: `git log -p --first-parents main`', 'has no option'],
  ['do this, then gh secret delete X', 'between backticks'],
  ['dormant key new contoso | gh secret put X', 'no such command'],
  ['gh variable set X --env <stack>-audit', '--env lacks its value'],
])('finds what is wrong with %s', async (text, fault) => {
  expect((await checkMessage(text)).join()).toContain(fault);
});
