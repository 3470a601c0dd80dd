import { expect, test } from 'vitest';
import { idOf } from '../../policy/account.fixture.ts';
import { anAccountFile } from '../../policy/account-file.fixture.ts';
import { serialiseAccountFile } from '../../policy/files/account-file.ts';
import { aGiveBack } from '../../policy/give-back/give-back.fixture.ts';
import { AccountFile } from '../../policy/schemas/account.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { groupGiveBackNotices } from './give-back-notice.ts';
import { buildNoticeName, type ManagerNotice } from './manager-notice.ts';
import { aPerson, aTenantThatSends, lee } from './notice.fixture.ts';

const ana = 'ana.reyes@contoso.com';

/** The file of give-back/ counts, so that Ana's own says restore. */
function listNotices(stage: 'restore' | 'disable'): ManagerNotice[] {
  const manager = { displayName: 'Lee Park', mail: String(lee.mail) };
  const license = { skuPartNumber: 'SPE_E3', skuId: idOf('sku'), assignedByGroup: null, disabledPlans: [] };
  const restore = { accountEnabled: true, mailbox: 'user' as const, licenses: [license] };
  const file = anAccountFile(stage, { account: { userPrincipalName: ana, manager }, restore });
  const parsed = parseYaml(AccountFile, 'stacks/contoso/accounts/ana.yaml', serialiseAccountFile(file));
  return groupGiveBackNotices({ accounts: [parsed], giveBacks: { files: [aGiveBack(file)], problems: [] } });
}

test('the manager is told once of who can sign in again, who asked, and what is still on its way', async () => {
  const [notice] = listNotices('restore');
  const person = { kind: 'ana', id: aPerson().id, userPrincipalName: ana, displayName: 'Ana Reyes', manager: 'lee' };
  const { aRun, outbox, emulator } = await aTenantThatSends({ people: [lee, { ...person, accountEnabled: false }] });
  if (notice === undefined) throw new Error('Ana is given back');
  const id = emulator.getState('ana').id;
  const ofAna = { ...notice, people: notice.people.map((each) => ({ ...each, id: id.toLowerCase() })) };
  // Not before she can: the run that comes to it tells.
  expect(await aRun().send(ofAna, [])).toEqual({ told: [], mails: [] });
  emulator.applyEvents('ana', { accountEnabled: true });
  const { told, mails } = await aRun().send(ofAna, []);
  expect(told).toEqual([id.toLowerCase()]);
  expect(mails).toMatchObject([{ to: lee.mail, because: null }]);
  const { subject, body } = outbox()[0]?.message ?? { subject: '', body: '' };
  expect(subject).toBe('1 account in your team can sign in again');
  expect(JSON.stringify(body)).toContain('asked for by @lee');
  expect(JSON.stringify(body)).toContain('still on its way: SPE_E3');
  expect(await aRun().send(ofAna, told)).toMatchObject({ mails: [] });
  expect(await aRun().send(ofAna, [])).toMatchObject({ told, mails: [] });
  expect(outbox()).toHaveLength(1);
});

test('a preview drafts the mail before sign-in is back', async () => {
  const [notice] = listNotices('restore');
  const { aRun, outbox } = await aTenantThatSends();
  if (notice === undefined) throw new Error('Ana is given back');
  expect(await aRun().draft(notice, [])).toMatchObject([{ name: buildNoticeName(notice) }]);
  expect(outbox()).toEqual([]);
});

test('of one that waits for its day nobody is told', () => {
  expect(listNotices('disable')).toEqual([]);
});
