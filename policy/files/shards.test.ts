import { describe, expect, it } from 'vitest';
import { selectTouchedStacks, splitIntoShards } from './shards.ts';

const tenants = (count: number) => Array.from({ length: count }, (_, n) => `tenant-${n}`);

describe('shards', () => {
  it.each([
    [0, []],
    [1, [1]],
    [256, [256]],
    [257, [256, 1]],
    [600, [256, 256, 88]],
  ])('%i stacks are %j jobs', (count, sizes) => {
    expect(splitIntoShards(tenants(count)).map(({ length }) => length)).toEqual(sizes);
  });

  it('hold every stack once, in order', () => {
    expect(splitIntoShards(tenants(300)).flat()).toEqual(tenants(300));
  });
});

describe('a change', () => {
  const stacks = ['contoso', 'contoso-eu', 'fabrikam'];
  it.each([
    ['stacks/contoso/accounts/ana@contoso.com.yaml', ['contoso']],
    ['stacks/contoso-eu/tenant.yaml', ['contoso-eu']],
    ['exemptions.yaml', stacks],
    ['policy/policy.yaml', stacks],
    ['policy/judge/verdict.ts', []],
    ['stacks/program.ts', []],
    ['README.md', []],
  ])('of %s concerns %j', (path, touched) => {
    expect(selectTouchedStacks([path], stacks)).toEqual(touched);
  });
});
