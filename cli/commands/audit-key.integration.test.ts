import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { aPrivateKey } from '../../policy/signing/signing.fixture.ts';
import { aStack } from '../doctor/stack.fixture.ts';

const accountPath = 'stacks/contoso/accounts/ida@contoso.com.yaml';

/** A company with one inactive person, in a clone of a bare repository. */
async function aClone() {
  const ida = { kind: 'ida', userPrincipalName: 'ida@contoso.com', inactiveDays: 160 };
  const stack = await aStack({ people: [ida, { kind: 'sender', userPrincipalName: 'it@contoso.com' }] });
  onTestFinished(() => stack.close());
  const { emulator, repository } = stack;
  const { root } = repository;
  const git = async (...args: string[]) => {
    const names = ['-c', 'user.name=a', '-c', 'user.email=a@b.c'];
    return (await execa('git', ['-C', root, ...names, ...args])).stdout;
  };
  await git('init', '-q', '--bare', join(root, 'remote.git'));
  await git('remote', 'add', 'origin', join(root, 'remote.git'));
  await git('add', '-A', 'policy', 'stacks', 'exemptions.yaml', '.github');
  await git('commit', '-q', '--allow-empty', '-m', 'x');
  await git('push', '-q', 'origin', 'main');
  const run = async (args: readonly string[], key?: string) => {
    const env = {
      ...stack.env('audit'),
      ...{ GITHUB_TOKEN: '', GITHUB_REPOSITORY: '', NODE_EXTRA_CA_CERTS: emulator.caFile },
      ...(key === undefined ? {} : { DORMANT_FACTS_KEY: key }),
    };
    const command = new URL('../dormant.ts', import.meta.url).pathname;
    const [name = '', ...more] = args;
    const options = { env, extendEnv: false, reject: false } as const;
    const { stdout, stderr, exitCode } = await execa(
      process.execPath,
      [command, name, 'contoso', '--repo', root, ...more],
      options,
    );
    return { exitCode, text: `${stdout}\n${stderr}` };
  };
  return { git, run, read: repository.read };
}

test('an audit without a key lists everybody and proposes nothing; with one, each file carries its line', async () => {
  const { git, run, read } = await aClone();
  expect((await run(['audit'])).text).toContain('had no key for the facts');
  const unsigned = await read('out/contoso/audit.json');
  expect(unsigned).toContain('"signedBy": null');
  expect(unsigned).toContain('ida@contoso.com');
  expect(unsigned).not.toContain('"signed":');
  await expect(read(accountPath)).rejects.toThrow('ENOENT');
  expect(await run(['propose'])).toMatchObject({ exitCode: 0, text: expect.stringContaining('proposes nothing') });
  expect(await git('ls-remote', 'origin', 'refs/heads/dormant/*')).toBe('');

  expect(await run(['audit'], aPrivateKey('stolen'))).toMatchObject({
    exitCode: 2,
    text: expect.stringContaining('neither the current nor the next one'),
  });
  expect(await run(['audit'], aPrivateKey())).toMatchObject({ exitCode: 0 });
  await expect(read(accountPath)).rejects.toThrow('ENOENT');
  expect(await read('out/contoso/audit.json')).toMatch(/"signed":"1\.tests\.notify\./);
  expect(await run(['propose'])).toMatchObject({ exitCode: 0 });
  const branch = await git('ls-remote', 'origin', 'refs/heads/dormant/*');
  expect(branch).toContain('refs/heads/dormant/contoso');
  expect(await git('show', `${branch.slice(0, 40)}:${accountPath}`)).toMatch(/^signed: 1\.tests\.notify\./m);

  await run(['audit']);
  expect(await run(['propose', '--json'])).toMatchObject({
    exitCode: 0,
    text: expect.stringContaining('"outcomes": []'),
  });
  expect(await git('ls-remote', 'origin', 'refs/heads/dormant/*')).toBe(branch);
});
