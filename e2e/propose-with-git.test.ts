import { type ARepository, aRepository } from '@dormant-m365/emulator/github';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { accountText, aProposal, branch, pathOf, stack, type WantedFiles } from '../audit/proposal/proposal.fixture.ts';
import type { Proposal } from '../audit/proposal/proposal.ts';
import { proposeWithGit } from '../audit/proposal/propose.ts';
import { createGit, type Git } from '../forge/git/git.ts';

let repository: ARepository;
let git: Git;
const author = { name: 'Dormant', email: 'dormant@contoso.com' };
const two: WantedFiles = {
  [pathOf('ana')]: accountText('ana'),
  [pathOf('mia')]: accountText('mia', 'disable'),
};

beforeEach(async () => {
  repository = await aRepository({ [pathOf('mia')]: accountText('mia', 'review'), 'README.md': 'Words.\n' });
  git = createGit(await repository.clone());
});

afterEach(() => repository.remove());

async function propose(wanted: WantedFiles, more: Partial<Proposal> = {}) {
  return proposeWithGit(await aProposal(git, wanted, more), git, author);
}

it('the branch is pushed with one commit, and the clone’s own working tree is not touched', async () => {
  expect(await propose(two)).toMatchObject([{ kind: 'updated', branch, commits: 1, changedFiles: 2, pull: null }]);
  expect(await repository.read(branch, pathOf('mia'))).toBe(two[pathOf('mia')]);
  expect(await git.run(['status', '--porcelain'])).toBe('');
  expect(await git.run(['for-each-ref', 'refs/dormant'])).toBe('');
});

it('the same again changes nothing', async () => {
  await propose(two);
  const head = await repository.findHead(branch);
  expect(await propose(two)).toMatchObject([{ kind: 'unchanged', commits: 0 }]);
  expect(await repository.findHead(branch)).toBe(head);
});

it('a reviewer’s commit stays, and main is merged when it matters', async () => {
  await propose(two);
  const keep = accountText('ana', 'keep');
  await repository.commit(branch, { [pathOf('ana')]: keep }, 'Keep Ana');
  await repository.commit('main', { 'policy/policy.yaml': 'x: 1\n' });
  expect(await propose({ ...two, [pathOf('ana')]: keep, [pathOf('bo')]: accountText('bo') })).toMatchObject([
    { kind: 'updated', commits: 2 },
  ]);
  expect(await repository.read(branch, pathOf('ana'))).toBe(keep);
  expect(await repository.read(branch, 'policy/policy.yaml')).toBe('x: 1\n');
});

it('a conflict in a file without meaning for us is told and the branch left', async () => {
  await propose(two);
  await repository.commit(branch, { 'README.md': 'Words of the branch.\n' }, 'Their words');
  const head = await repository.findHead(branch);
  await repository.commit('main', { 'README.md': 'Words of main.\n', 'policy/policy.yaml': 'x: 1\n' });
  expect(await propose(two)).toMatchObject([{ kind: 'conflict', conflicts: ['README.md'] }]);
  expect(await repository.findHead(branch)).toBe(head);
});

it.each(['merge', 'squash'])('after a %s the branch starts anew from main, always forward', async (method) => {
  await propose(two);
  await repository.commit(branch, { [pathOf('ana')]: accountText('ana', 'keep') }, 'Keep Ana');
  const before = (await repository.findHead(branch)) ?? '';
  const admin = createGit(await repository.clone());
  const merge = method === 'merge' ? ['merge', '--quiet', '--no-ff'] : ['merge', '--quiet', '--squash'];
  const identity = ['-c', 'user.name=Ana', '-c', 'user.email=ana@contoso.com'];
  await admin.run([...identity, ...merge, `origin/${branch}`]);
  if (method === 'squash') await admin.run([...identity, 'commit', '--quiet', '-m', 'Squashed']);
  await admin.run(['push', '--quiet', 'origin', 'main']);

  expect(await propose({ [pathOf('ana')]: accountText('ana', 'notify') })).toMatchObject([
    { kind: 'updated', kept: [], changedFiles: 1 },
  ]);
  await git.run(['fetch', '--quiet', 'origin']);
  expect(await git.runOrNull(['merge-base', '--is-ancestor', before, `origin/${branch}`])).not.toBeNull();
  expect(await git.run(['diff', '--name-only', `origin/main...origin/${branch}`])).toBe(pathOf('ana'));
});

it('what was proposed and no longer is, is taken back', async () => {
  await propose(two);
  expect(await propose({})).toMatchObject([{ kind: 'updated', changedFiles: 0 }]);
  expect(await git.run(['fetch', '--quiet', 'origin'])).toBe('');
  expect(await git.run(['diff', '--name-only', `origin/main...origin/${branch}`])).toBe('');
});

it('each department has a branch of its own, and another stack’s branch is none of ours', async () => {
  await repository.commit('dormant/contoso-eu', { 'a.txt': 'a' });
  const group = (name: string) => ({
    branch: `dormant/${stack}/${name}`,
    title: name,
    body: '',
    files: new Map([[pathOf(name), accountText(name)]]),
  });
  const outcomes = await propose({}, { groups: [group('sales'), group('research')] });
  expect(outcomes.map(({ branch: name }) => name)).toEqual(['dormant/contoso/sales', 'dormant/contoso/research']);
  expect(await repository.read('dormant/contoso/sales', pathOf('research'))).toBeNull();
});

it('without a remote the branch is made in the repository itself, with the same commit', async () => {
  await git.run(['remote', 'remove', 'origin']);
  const outcomes = await propose({ ...two, [pathOf('mia')]: null });
  expect(outcomes).toMatchObject([{ kind: 'updated', branch, commits: 1, changedFiles: 2, pull: null }]);
  expect(outcomes[0]?.notes[0]).toContain(`git merge --no-ff ${branch}`);
  expect(await git.run(['diff', '--no-renames', '--name-status', `main...${branch}`])).toBe(
    `A\t${pathOf('ana')}\nD\t${pathOf('mia')}`,
  );
  expect(await git.run(['status', '--porcelain'])).toBe('');
  expect(await propose({ ...two, [pathOf('mia')]: null })).toMatchObject([{ kind: 'unchanged', commits: 0 }]);

  await git.run(['switch', '--quiet', branch]);
  const more = propose({ ...two, [pathOf('bo')]: accountText('bo') });
  await expect(more).rejects.toMatchObject({ code: 'push-refused', remedy: expect.stringContaining('checked out') });
});
