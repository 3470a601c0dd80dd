import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { loadStack } from '../../policy/files/stack-files.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { aRepository } from '../init/repository.fixture.ts';
import { aCompany } from './look.fixture.ts';
import { writeLook } from './write-look.ts';

const program = new URL('../dormant.ts', import.meta.url).pathname;

/** A repository, and what a look at a company with one emergency account has written. */
async function aLookedAtCompany() {
  const company = await aCompany({
    people: [
      { userPrincipalName: 'root@contoso.onmicrosoft.com', roles: ['Global Administrator'], licenses: [] },
      { displayName: 'Gia Grouped', inactiveDays: 4, licenses: [{ sku: 'SPE_E3', group: true }] },
      { displayName: 'Ida Grouped', inactiveDays: 143, licenses: [{ sku: 'SPE_E3', group: true }] },
    ],
  });
  const folder = join(company.env.XDG_STATE_HOME, 'look-contoso');
  await writeLook(await company.lookAs('globalAdministrator'), folder);
  const repository = await aRepository();
  onTestFinished(repository.remove);
  const init = async (...words: string[]) => {
    const { stdout } = await execa(
      process.execPath,
      [program, 'init', 'contoso', '--look', folder, '--repo', repository.root, '--json', ...ownAnswers, ...words],
      { env: { ...company.env, NODE_EXTRA_CA_CERTS: company.emulator.caFile } },
    );
    return JSON.parse(stdout);
  };
  const tell = async () => {
    const { stdout } = await execa(
      process.execPath,
      [program, 'init', 'contoso', '--look', folder, '--repo', repository.root, ...ownAnswers],
      { env: { ...company.env, NODE_EXTRA_CA_CERTS: company.emulator.caFile } },
    );
    return stdout;
  };
  const load = () => loadStack(openWorkingTree(repository.root), 'contoso');
  return { ...company, folder, init, tell, load };
}

/** What no look can know. */
const ownAnswers = [
  ...['--audit-client-id', 'aaaaaaaa-0000-4000-8000-000000000001'],
  ...['--apply-client-id', 'aaaaaaaa-0000-4000-8000-000000000002'],
  ...['--sender', 'it@contoso.com', '--reviewers', '@contoso/it'],
];

test('tenant, cloud and time zone are taken over, each with where it came from', async () => {
  const { init, load, tenant } = await aLookedAtCompany();
  const { answers } = await init();
  expect(answers.tenantId).toEqual({ answer: tenant.tenantId, from: 'the look of 7 December 2026' });
  expect(answers.cloud.from).toBe('the look of 7 December 2026');
  expect(answers.sender.from).toBe('--sender');
  expect(answers.currency.from).toBe('policy/prices.yaml');
  const { tenant: written } = await load();
  expect(written.value).toMatchObject({ tenantId: tenant.tenantId, cloud: 'emulator', reportNames: 'concealed' });
});

test('likely emergency accounts, titles and domains are offered, and nothing of them is assumed', async () => {
  const { init, load } = await aLookedAtCompany();
  const { offered } = await init();
  expect(offered.emergency).toEqual(['root@contoso.onmicrosoft.com']);
  expect(offered.internalDomains).toContain('contoso.com');
  const { policy } = await load();
  expect(policy.value.risk.emergencyAccessAccounts).not.toContain('root@contoso.onmicrosoft.com');
  expect(policy.value.notifications.internalDomains).toEqual(['*']);
});

test('whom the rules recognise, and which groups give licences, is told to who adopts', async () => {
  const { tell } = await aLookedAtCompany();
  const printed = await tell();
  expect(printed).toMatch(/The look recognised .*emergency access accounts? such as root@contoso\.onmicrosoft\.com/);
  expect(printed).toContain(
    'Groups that give licences and that policy.yaml does not name: nobody is taken out of them',
  );
  expect(printed).toMatch(
    / {2}Licensing: Microsoft 365 E3: SPE_E3 for 2 accounts, 1 of them inactive \([0-9a-f-]{36}\)/,
  );
});

test('no group is named without a word: then by its id, and it is offered no more', async () => {
  const { init, load } = await aLookedAtCompany();
  const { offered } = await init();
  expect(offered.licenseGroups).toHaveLength(1);
  expect((await load()).policy.value.licenses).toBeUndefined();
  const [id] = offered.licenseGroups;
  expect((await init('--license-groups', id)).offered.licenseGroups).toBeUndefined();
  expect((await load()).policy.value.licenses).toEqual({ groups: [{ id }] });
  expect((await init()).offered.licenseGroups).toBeUndefined();
});

test('what is taken is in the policy, and is offered no more', async () => {
  const { init, load } = await aLookedAtCompany();
  const taken = ['--emergency', 'root@contoso.onmicrosoft.com', '--internal-domains', 'contoso.com'];
  const { offered, answers } = await init(...taken);
  expect(offered.emergency).toBeUndefined();
  expect(answers.emergency.from).toBe('--emergency');
  const { policy } = await load();
  expect(policy.value.risk.emergencyAccessAccounts).toContain('root@contoso.onmicrosoft.com');
  expect(policy.value.notifications.internalDomains).toEqual(['contoso.com']);
});

test('a folder without a look is refused before anything is written', async () => {
  const { init } = await aLookedAtCompany();
  await expect(init('--look', '/nowhere')).rejects.toMatchObject({
    exitCode: 2,
    stdout: expect.stringContaining('/nowhere/look.json'),
  });
});
