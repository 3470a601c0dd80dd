import { afterEach, beforeEach, expect, it } from 'vitest';
import { gitIn } from '../../audit/git/git.ts';
import { type ARepository, aRepository } from '../../emulator/github/a-repository.ts';
import { matrixOf } from './matrix.ts';

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
  expect(await matrixOf(clone, { shard: 1 })).toEqual({
    stacks: ['contoso', 'contoso-eu', 'fabrikam'],
    more: null,
  });
});

it('only what changed since a commit is asked for, and everything when nobody knows that commit', async () => {
  const since = async (changedSince: string) => (await matrixOf(clone, { changedSince, shard: 1 })).stacks;
  expect(await since('HEAD^1')).toEqual(['contoso']);
  expect(await since(await gitIn(clone).run(['rev-parse', 'HEAD']))).toEqual([]);
  for (const unknown of ['', '0'.repeat(40), 'f'.repeat(40), '--output=x']) {
    expect(await since(unknown)).toHaveLength(3);
  }
});

it('more stacks than a matrix holds go into several runs, each naming the next', async () => {
  expect(await matrixOf(clone, { shard: 1, most: 2 })).toEqual({
    stacks: ['contoso', 'contoso-eu'],
    more: 2,
  });
  expect(await matrixOf(clone, { shard: 2, most: 2 })).toEqual({ stacks: ['fabrikam'], more: null });
  expect(await matrixOf(clone, { shard: 3, most: 2 })).toEqual({ stacks: [], more: null });
});
