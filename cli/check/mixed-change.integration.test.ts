import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AStack, aStack } from '../accounts/stack.fixture.ts';
import { checkChange } from './mixed-change.ts';

let stack: AStack;
const git = (...args: string[]) =>
  execa('git', ['-C', stack.root, '-c', 'user.name=Lee', '-c', 'user.email=lee@contoso.com', ...args]);

beforeEach(async () => {
  stack = await aStack([]);
  await git('init', '--quiet', '--initial-branch=main');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=main');
});
afterEach(() => stack.remove());

async function changing(...paths: string[]) {
  for (const path of paths) await stack.write(path, '# changed\n');
  await git('add', '--all', '--force');
  await git('commit', '--quiet', '--message=change');
  return (await checkChange(stack.root, 'HEAD^')).map(({ path, code }) => [path, code]);
}

test('the list for HR is people’s state, like an account file: it changes with them, and not with the rules', async () => {
  const list = 'stacks/contoso/escalations.yaml';
  expect(await changing(list, 'stacks/contoso/accounts/ana.yaml', 'exemptions.yaml')).toEqual([]);
  await stack.write(list, '# again\n');
  expect(await changing('policy/policy.yaml')).toEqual([['policy/policy.yaml', 'mixed-change']]);
});

test('a pause changes settings alone, and so is no mixed change', async () => {
  expect(await changing('stacks/contoso/tenant.yaml')).toEqual([]);
  await stack.write('stacks/contoso/tenant.yaml', '# again\n');
  expect(await changing('policy/policy.yaml')).toEqual([]);
});

test('a whole stack is removed in one pull request, and no part of one together with its settings', async () => {
  const [tenant, account] = ['stacks/contoso/tenant.yaml', 'stacks/contoso/accounts/ana.yaml'];
  await changing(account);
  const remove = async (...paths: string[]) => {
    await git('rm', '--quiet', '-r', ...paths);
    await git('commit', '--quiet', '--message=remove');
    return (await checkChange(stack.root, 'HEAD^')).map(({ path, code }) => [path, code]);
  };
  expect(await remove('stacks/contoso')).toEqual([]);
  await git('revert', '--no-edit', 'HEAD');
  await changing('stacks/contoso/accounts/bo.yaml');
  expect(await remove(tenant, account)).toEqual([[tenant, 'mixed-change']]);
});
