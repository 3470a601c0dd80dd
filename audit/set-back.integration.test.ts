// Who was taken back on main, read by real git: by an audit's own commit, or by a person.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { signMessage } from '../forge/git/signature.ts';
import { anAccountFile } from '../policy/account-file.fixture.ts';
import { toUtcDay } from '../policy/evidence.ts';
import { serialiseAccountFile } from '../policy/files/account-file.ts';
import { aSignedFile } from '../policy/signing/signing.fixture.ts';
import { readStackHistory } from './history/stack-history.ts';
import { readSetBack } from './set-back.ts';

const path = 'stacks/contoso/accounts/ana.yaml';

async function aMain() {
  const repository = await mkdtemp(join(tmpdir(), 'set-back-'));
  onTestFinished(() => rm(repository, { recursive: true, force: true }));
  const identity = ['-c', 'user.name=A', '-c', 'user.email=a@x', '-c', 'commit.gpgSign=false'];
  const git = (...args: string[]) => execa('git', ['-C', repository, ...identity, ...args]);
  await git('init', '-q', '-b', 'main');
  await git('commit', '-qm', 'Begin', '--allow-empty');
  await git('checkout', '-q', '-b', 'proposal');
  await mkdir(dirname(join(repository, path)), { recursive: true });
  await writeFile(join(repository, path), serialiseAccountFile(aSignedFile(anAccountFile('notify'))));
  await git('add', '-A');
  await git('commit', '-qm', 'Propose');
  await git('checkout', '-q', 'main');
  await git('merge', '-q', '--no-ff', '-m', 'Merge the wave', 'proposal');
  const read = async (since = '2026-01-01') => {
    const dated = { stack: 'contoso', today: toUtcDay(new Date()) };
    const { line, read, lineRules } = await readStackHistory(repository, 'main', dated);
    return readSetBack(repository, { line: { ...line, days: lineRules.days }, read, since });
  };
  return { git, read };
}

test('git revert of a merged wave is a decision, on main itself or by a pull request', async () => {
  const { git, read } = await aMain();
  expect(await read()).toEqual([]);
  await git('revert', '--no-edit', '-m', '1', 'HEAD');
  expect(await read()).toMatchObject([{ path, from: 'notify', to: null }]);
  await git('reset', '-q', '--hard', 'HEAD^');
  await git('checkout', '-q', '-b', 'revert');
  await git('revert', '--no-edit', '-m', '1', 'HEAD');
  await git('checkout', '-q', 'main');
  await git('merge', '-q', '--no-ff', '-m', 'Merge the revert', 'revert');
  expect(await read()).toMatchObject([{ path, from: 'notify', to: null }]);
  expect(await read('2999-01-01')).toEqual([]);
});

test.each(['merge', 'squash'] as const)('what an audit took out is none, merged by %s', async (way) => {
  const { git, read } = await aMain();
  await git('checkout', '-q', '-b', 'dormant/contoso');
  await git('rm', '-q', path);
  const { headline, body } = signMessage('Nothing left', { stack: 'contoso', day: '2026-12-07' }, [[path, null]]);
  await git('commit', '-qm', headline, '-m', body);
  await git('checkout', '-q', 'main');
  if (way === 'merge') await git('merge', '-q', '--no-ff', '-m', 'Merge', 'dormant/contoso');
  else {
    await git('merge', '-q', '--squash', 'dormant/contoso');
    await git('commit', '-qm', `${headline} (#7)`, '-m', body);
  }
  expect(await read()).toEqual([]);
});
