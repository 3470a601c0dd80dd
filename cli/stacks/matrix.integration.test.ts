import { type ARepository, aRepository } from '@dormant-m365/emulator/github';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createGit } from '../../forge/git/git.ts';
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
