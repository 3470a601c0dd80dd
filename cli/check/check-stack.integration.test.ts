// A pull request against its base branch, in real git: what it changes itself is not what it is judged by.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { aPerson } from '../../audit/report/person.fixture.ts';
import { aFactsKey, aPrivateKey } from '../../policy/signing/signing.fixture.ts';
import { type AStack, aStack } from '../accounts/stack.fixture.ts';
import { checkStackFiles } from './check-stack.ts';

let stack: AStack;
/** The day of the audit that `stack` was made from. */
const today = '2026-12-07';

beforeEach(async () => {
  stack = await aStack([aPerson()]);
  await git('init', '--quiet', '--initial-branch=main');
});
afterEach(() => stack.remove());

const git = (...args: string[]) =>
  execa('git', ['-C', stack.root, '-c', 'user.name=Lee', '-c', 'user.email=lee@contoso.com', ...args]);

async function commit(message = 'change'): Promise<string> {
  await git('add', '--all');
  await git('commit', '--quiet', '--allow-empty', `--message=${message}`);
  return (await git('rev-parse', 'HEAD')).stdout;
}
async function edit(path: string, ...changes: (readonly [string | RegExp, string])[]): Promise<void> {
  const text = changes.reduce((now, [from, to]) => now.replace(from, to), await stack.read(path));
  await stack.write(path, text);
}
const check = (day = today) => checkStackFiles({ repo: stack.root, stack: 'contoso', base: 'main', today: day });
const codes = async (day?: string) => (await check(day)).map(({ code }) => code);

test('the base branch’s policy judges: a pull request does not use the rule that it loosens', async () => {
  await stack.at('notify');
  await edit('policy/policy.yaml', [/notifyDays: \d+/, 'notifyDays: 90']);
  await commit();
  await stack.at('review');
  await edit('policy/policy.yaml', [/notifyDays: \d+/, 'notifyDays: 1']);
  expect(await codes()).toContain('stage-too-early');
});

test('an exemption protects against the pull request that takes it out', async () => {
  const path = await stack.at('notify');
  const exemption = `exemptions:\n  - { account: ana.reyes@contoso.com, reason: on leave, owner: Lee, until: 2027-01-20 }\n`;
  await stack.write('exemptions.yaml', exemption);
  await commit();
  await stack.at('review');
  await stack.write('exemptions.yaml', 'exemptions: []\n');
  expect(await codes('2026-12-31')).toContain('protected-account');
  expect((await check('2026-12-31')).find(({ code }) => code === 'protected-account')?.path).toBe(path);
});

test('a pull request that brings its own key has nothing signed by it', async () => {
  await commit();
  await edit('stacks/contoso/tenant.yaml', [
    /name: tests, publicKey: .{44}/,
    `name: eve, publicKey: ${aFactsKey('eve').publicKey}`,
  ]);
  await stack.at('notify');
  expect(aPrivateKey('eve')).not.toBe(aPrivateKey());
  expect(await codes()).toEqual(['signing-keys']);
  await git('checkout', '--quiet', '--', 'stacks/contoso/tenant.yaml');
  expect(await codes()).toEqual([]);
});

test('signing begins at a commit of main, once', async () => {
  const first = await commit('first');
  await git('checkout', '--quiet', '-b', 'side');
  const side = await commit('side');
  const since = (id: string) => edit('stacks/contoso/tenant.yaml', [/signing: \{/, `signing: { since: ${id},`]);
  await since(side);
  expect(await check()).toMatchObject([
    { path: 'stacks/contoso/tenant.yaml', line: 8, code: 'signing-keys', message: expect.stringContaining(side) },
  ]);
  await git('checkout', '--quiet', '--', 'stacks/contoso/tenant.yaml');
  await since(first);
  expect(await codes()).toEqual([]);
});

test('forged facts of a new file are named by what the audit wrote on the branch, also once GitHub has merged it', async () => {
  await commit();
  await git('checkout', '--quiet', '-b', 'proposal');
  const path = await stack.at('notify');
  await commit('the audit');
  await edit(path, ['department: Sales', 'department: HR'], [/inactiveDays: \d+/, 'inactiveDays: 900']);
  await commit('somebody');
  expect(await check()).toMatchObject([
    {
      path,
      code: 'not-signed',
      message: expect.stringMatching(/^(account\.department: found HR|evidence\.inactiveDays: found 900)/),
    },
  ]);
  await git('checkout', '--quiet', '--detach', 'main');
  await git('merge', '--quiet', '--no-ff', '--no-edit', 'proposal');
  expect((await check())[0]?.message).toMatch(/found (HR|900)/);
});

test('a file that main has at disable is not taken out, and one that came to main later is not missed', async () => {
  await commit();
  await git('checkout', '--quiet', '-b', 'behind');
  await git('checkout', '--quiet', 'main');
  const path = await stack.at('disable');
  await commit();
  await rm(join(stack.root, path));
  expect(await check()).toMatchObject([{ path, code: 'file-taken-out' }]);
  await git('checkout', '--quiet', '--', path);
  await git('checkout', '--quiet', 'behind');
  expect(await codes()).toEqual([]);
});

test('an archived file is what main had, byte for byte', async () => {
  const path = await stack.at('delicense');
  await commit();
  const archive = path.replace('/accounts/', '/archive/');
  await stack.write(archive, await stack.read(path));
  expect(await codes()).toEqual(['duplicate-account']);
  await rm(join(stack.root, path));
  expect(await codes()).toEqual([]);
  await edit(archive, ['enabled', 'enabled '], [/accountEnabled: \w+/g, 'accountEnabled: true']);
  expect(await codes()).toEqual(['file-taken-out', 'archive-edited']);
});
