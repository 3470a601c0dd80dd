import { afterEach, expect, it } from 'vitest';
import { aPerson } from '../../audit/report/person.fixture.ts';
import { type AStack, aStack } from '../../cli/accounts/stack.fixture.ts';
import { parseAccountFile } from '../files/account-file.ts';
import { markRestored } from './mark-restored.ts';
import { requireAccountFile } from './require-account-file.ts';

let stack: AStack;

afterEach(() => stack.remove());

it.each(['disable', 'delicense', 'keep'] as const)(
  'an account at stage %s is given back what it had, with the reason, and people’s comments stay',
  async (stage) => {
    stack = await aStack([aPerson()]);
    const path = await stack.at(stage);
    await stack.write(path, `# Lee has the laptop.\n${await stack.read(path)}`);
    const text = markRestored(requireAccountFile(await stack.files(), 'Ana.Reyes@contoso.com'), 'back from leave');
    expect(text).toContain('# Lee has the laptop.');
    expect(parseAccountFile(path, text)).toMatchObject({
      stage: 'restore',
      reason: 'back from leave',
      desired: { accountEnabled: true, mailbox: 'unchanged', licenses: ['SPE_E3'] },
    });
  },
);

it.each(['notify', 'review'] as const)('an account at stage %s has lost nothing', async (stage) => {
  stack = await aStack([aPerson()]);
  await stack.at(stage);
  const file = requireAccountFile(await stack.files(), 'ana.reyes@contoso.com.yaml');
  expect(() => markRestored(file, 'back')).toThrow(`ana.reyes@contoso.com is at stage ${stage}`);
});

it('a reason of two letters is none', async () => {
  stack = await aStack([aPerson()]);
  await stack.at('disable');
  const file = requireAccountFile(await stack.files(), 'ana.reyes@contoso.com');
  expect(() => markRestored(file, 'ok')).toThrow('reason');
});

it('an account is named by its userPrincipalName, its id, its file or its path; nobody else answers', async () => {
  stack = await aStack([aPerson()]);
  const path = await stack.at('disable');
  const files = await stack.files();
  const id = files.accounts[0]?.value.account.id ?? '';
  for (const name of ['ANA.REYES@contoso.com', id.toUpperCase(), path, 'ana.reyes@contoso.com.yaml'])
    expect(requireAccountFile(files, name).path).toBe(path);
  expect(() => requireAccountFile(files, 'ana')).toThrow('No account file of contoso is about ana.');
});
