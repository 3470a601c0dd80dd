import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ARepository, aRepository } from '@dormant-m365/emulator/github';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { createGit } from '../../forge/git/git.ts';
import { aPolicy } from '../../policy/policy.fixture.ts';
import { buildMatrix, findSharedApps } from './matrix.ts';

let repository: ARepository;
let clone: string;

beforeEach(async () => {
  repository = await aRepository({
    'stacks/contoso/tenant.yaml': 'x',
    'stacks/contoso-eu/tenant.yaml': 'x',
    'stacks/fabrikam/tenant.yaml': 'x',
    'stacks/provider/host.ts': 'x',
  });
  await repository.commit('main', { 'stacks/contoso/accounts/ana.yaml': 'x' });
  clone = await repository.clone();
});

afterEach(() => repository.remove());

it('every folder with a tenant.yaml is a stack', async () => {
  expect(await buildMatrix(clone, { shard: 1 })).toEqual({
    stacks: ['contoso', 'contoso-eu', 'fabrikam'],
    more: null,
  });
});

it('only what changed since a commit is asked for, and everything when nobody knows that commit', async () => {
  const since = async (changedSince: string) => (await buildMatrix(clone, { changedSince, shard: 1 })).stacks;
  expect(await since('HEAD^1')).toEqual(['contoso']);
  expect(await since(await createGit(clone).run(['rev-parse', 'HEAD']))).toEqual([]);
  for (const unknown of ['', '0'.repeat(40), 'f'.repeat(40), '--output=x']) {
    expect(await since(unknown)).toHaveLength(3);
  }
});

it('more stacks than a matrix holds go into several runs, each naming the next', async () => {
  expect(await buildMatrix(clone, { shard: 1, most: 2 })).toEqual({
    stacks: ['contoso', 'contoso-eu'],
    more: 2,
  });
  expect(await buildMatrix(clone, { shard: 2, most: 2 })).toEqual({ stacks: ['fabrikam'], more: null });
  expect(await buildMatrix(clone, { shard: 3, most: 2 })).toEqual({ stacks: [], more: null });
});

const tenant = (more = '') => `tenantId: 11111111-1111-4111-8111-111111111111
cloud: global
audit: { clientId: 11111111-1111-4111-8111-111111111111 }
apply: { clientId: 22222222-2222-4222-8222-222222222222 }
notifications: { sender: dormant@contoso.com, replyTo: it@contoso.com }
timeZone: Europe/Berlin
currency: EUR
${more}`;
const write = (path: string, text: string) => writeFile(join(clone, path), text);

it('every day only stacks are compared that a calendar or a pause can hold up, and those that nobody can read', async () => {
  const held = async () => (await buildMatrix(clone, { shard: 1, withCalendar: true })).stacks;
  const policy = stringify(aPolicy());
  expect(await held()).toHaveLength(3);
  await mkdir(join(clone, 'policy'));
  await write('policy/policy.yaml', policy);
  await write('stacks/contoso/tenant.yaml', tenant());
  await write('stacks/contoso-eu/tenant.yaml', tenant('paused: { until: 2027-01-06, reason: a merger }\n'));
  expect(await held()).toEqual(['contoso-eu', 'fabrikam']);
  await write('policy/policy.yaml', `${policy}calendar: { closed: { weekdays: [friday] } }\n`);
  expect(await held()).toHaveLength(3);
  await write('policy/policy.yaml', `${policy}paused: { until: 2027-01-06, reason: a merger }\n`);
  expect(await held()).toHaveLength(3);
});

it('every month only stacks are looked at that keep records for a time', async () => {
  const kept = async () => (await buildMatrix(clone, { shard: 1, withRecords: true })).stacks;
  await mkdir(join(clone, 'policy'), { recursive: true });
  await write('policy/policy.yaml', stringify(aPolicy()));
  for (const stack of ['contoso', 'contoso-eu', 'fabrikam']) await write(`stacks/${stack}/tenant.yaml`, tenant());
  await write('stacks/contoso/tenant.yaml', tenant('records: { store: { folder: /mnt/records } }\n'));
  expect(await kept()).toEqual([]);
  await write('policy/policy.yaml', stringify({ ...aPolicy(), privacy: { eraseAfterDays: 730 } }));
  expect(await kept()).toEqual(['contoso']);
});

it('stacks that one app reads are named, whatever else cannot be read', async () => {
  const tenant = (app: string) => `tenantId: 11111111-1111-4111-8111-111111111111
cloud: global
audit:
  clientId: ${app}
apply:
  clientId: 22222222-2222-4222-8222-222222222222
notifications:
  sender: dormant@contoso.com
  replyTo: it@contoso.com
timeZone: Europe/Berlin
currency: EUR
`;
  const [shared, own] = ['33333333-3333-4333-8333-333333333333', '44444444-4444-4444-8444-444444444444'];
  await repository.commit('main', {
    'stacks/contoso/tenant.yaml': tenant(shared),
    'stacks/contoso-eu/tenant.yaml': tenant(shared),
    'stacks/adatum/tenant.yaml': tenant(own),
  });
  const fresh = await repository.clone();
  expect(await findSharedApps(fresh, ['adatum', 'contoso', 'contoso-eu', 'fabrikam'])).toEqual(
    new Map([[shared, ['contoso', 'contoso-eu']]]),
  );
});
