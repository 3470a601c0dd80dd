import type { ARepository, GitHubStandIn } from '@dormant-m365/emulator/github';
import { beforeEach, describe, expect, it } from 'vitest';
import { readProposedFiles } from '../audit/history/tracked-files.ts';
import { accountFile, aProposal, branch, pathOf, stack, type WantedFiles } from '../audit/proposal/proposal.fixture.ts';
import type { ProposalOutcome } from '../audit/proposal/proposal.ts';
import { proposeOnGitHub, proposeWithGit } from '../audit/proposal/propose.ts';
import { type ProposalBranch, readBranch } from '../forge/git/branch.ts';
import { createGit, type Git } from '../forge/git/git.ts';
import { aGitHub } from '../forge/github/git-hub.fixture.ts';
import type { GitHub } from '../forge/github/github.ts';
import { buildFileAnchor } from '../forge/markdown/file-link.ts';
import { aTenantFile } from '../policy/check/check.fixture.ts';
import { parseAccountFile, serialiseAccountFile } from '../policy/files/account-file.ts';
import type { Stage } from '../policy/schemas/account.ts';
import { aSignedFile, aSigning } from '../policy/signing/signing.fixture.ts';

/** As the audit of this day signs it. */
function audited(name: string, stage: Stage, day = '2026-11-23'): string {
  const file = accountFile(name, stage);
  return serialiseAccountFile(aSignedFile({ ...file, evidence: { ...file.evidence, auditedOn: day } }));
}

/** A person's edit of two lines, in the browser. */
function decide(text: string, stage: Stage, reason = ''): string {
  return text.replace(/^stage: \w+/m, `stage: ${stage}${reason && `\nreason: ${reason}`}`);
}

const mia = pathOf('mia');
const exemption = (name: string) =>
  `  - { account: ${name}@contoso.com, reason: on leave, owner: HR, until: 2027-03-01 }\n`;
const main = {
  'README.md': 'One.\n\nTwo.\n\nThree.\n',
  'exemptions.yaml': 'exemptions: []\n',
  'stacks/contoso/tenant.yaml': aTenantFile(aSigning()).document.toString(),
  [mia]: audited('mia', 'review', '2026-11-16'),
};
const two: WantedFiles = { [pathOf('ana')]: audited('ana', 'notify'), [mia]: audited('mia', 'disable') };
const three: WantedFiles = { ...two, [pathOf('bo')]: audited('bo', 'notify') };
const { [mia]: _, ...threeWithoutMia } = three;

let repository: ARepository;
let standIn: GitHubStandIn;
let git: Git;
let clone: string;
let github: GitHub;

beforeEach(async () => {
  const found = await aGitHub({ files: main });
  ({ repository, standIn } = found);
  github = found.connect();
  clone = await repository.clone();
  git = createGit(clone);
});

async function readProposal(): Promise<ProposalBranch> {
  await git.run(['fetch', '--quiet', 'origin']);
  const found = await readBranch(git, { main: 'refs/remotes/origin/main', remote: 'origin', branch });
  if (found === null) throw new Error('there is no proposal');
  return found;
}

const forges = {
  GitHub: async (wanted: WantedFiles) => proposeOnGitHub(await aProposal(git, wanted), git, github),
  'plain git': async (wanted: WantedFiles) => {
    const author = { name: 'Dormant', email: 'dormant@contoso.com' };
    return proposeWithGit(await aProposal(git, wanted), git, author);
  },
};

describe.each(Object.entries(forges))('main and the open proposal change one file, on %s', (forge, run) => {
  const propose = async (wanted: WantedFiles): Promise<ProposalOutcome> => {
    const [outcome] = await run(wanted);
    if (outcome === undefined) throw new Error('no outcome');
    return outcome;
  };

  it('a keep on main stands, and what else the audit proposes goes on', async () => {
    await propose(two);
    const keep = decide(main[mia] ?? '', 'keep', 'on leave');
    await repository.commit('main', { [mia]: keep }, 'Keep Mia');
    expect(await propose(threeWithoutMia)).toMatchObject({ kind: 'updated', conflicts: [], changedFiles: 2 });
    expect(await repository.read(branch, mia)).toBe(keep);
    expect((await readProposal()).touchedByPeople).toEqual(new Set());
    expect(await propose(threeWithoutMia)).toMatchObject({ kind: 'unchanged', commits: 0 });
  });

  it('a file that main took out is out, and may be proposed anew', async () => {
    await propose(two);
    await repository.commit('main', { [mia]: null }, 'Revert');
    expect(await propose(threeWithoutMia)).toMatchObject({ kind: 'updated', conflicts: [] });
    expect(await repository.read(branch, mia)).toBeNull();
  });

  it('a person’s word on the branch stays theirs beside main’s newer facts, and the audit weighs it so', async () => {
    await propose(two);
    await repository.commit(branch, { [mia]: `${decide(two[mia] ?? '', 'keep', 'on leave')}# ask Lee\n` }, 'Keep Mia');
    const newer = audited('mia', 'review', '2026-11-30');
    await repository.commit('main', { [mia]: newer, 'README.md': 'One.\n\nTwo.\n\nThree and more.\n' });
    await git.run(['fetch', '--quiet', 'origin', '+refs/heads/*:refs/remotes/origin/*']);
    const proposed = await readProposedFiles(clone, 'refs/remotes/origin/main', stack, { remote: 'origin', branch });
    const seen = proposed.find(({ path }) => path === mia);
    expect(seen).toMatchObject({
      touchedByPerson: true,
      file: { stage: 'keep', evidence: { auditedOn: '2026-11-30' } },
    });
    expect(await propose({ ...three, [mia]: seen?.text ?? null })).toMatchObject({ kind: 'updated', undecided: [] });
    const text = (await repository.read(branch, mia)) ?? '';
    expect(text).toBe(seen?.text);
    expect(text).toContain('# ask Lee');
    expect(parseAccountFile(mia, text).signed).toBe(parseAccountFile(mia, newer).signed);
    expect(await repository.read(branch, 'README.md')).toContain('Three and more.');
    // The merge is nobody's edit, and hides none.
    const { edits, touchedByPeople } = await readProposal();
    expect(touchedByPeople).toEqual(new Set([mia]));
    expect(edits).toHaveLength(1);
    if (forge === 'GitHub') for (const commit of await listOwnCommits()) expect(standIn.state.signed).toContain(commit);
  });

  it('what main has merged and reverted comes back by no comment that was left on the branch', async () => {
    await propose(two);
    const commented = `# ask Lee\n${two[mia]}`;
    await repository.commit(branch, { [mia]: commented }, 'Ask Lee');
    await repository.commit('main', { [mia]: commented }, 'Merge the proposal as one commit');
    await repository.commit('main', { [mia]: main[mia] ?? null }, 'Revert "Merge the proposal as one commit"');
    await git.run(['fetch', '--quiet', 'origin', '+refs/heads/*:refs/remotes/origin/*']);
    const proposed = await readProposedFiles(clone, 'refs/remotes/origin/main', stack, { remote: 'origin', branch });
    expect(proposed.find(({ path }) => path === mia)?.file?.stage).toBe('review');
    expect(await propose(threeWithoutMia)).toMatchObject({ kind: 'updated', conflicts: [], undecided: [] });
    expect(await repository.read(branch, mia)).toBe(main[mia]);
  });

  it('two people’s different words are told with both lines, once, and everything else goes on', async () => {
    const base = audited('mia', 'disable', '2026-11-16');
    await repository.commit('main', { [mia]: base });
    const next = { ...three, [mia]: audited('mia', 'delicense') };
    await propose(next);
    await repository.commit(branch, { [mia]: decide(next[mia] ?? '', 'notify') }, 'Mia is still here');
    await repository.commit('main', { [mia]: decide(base, 'review') }, 'Not yet');
    const outcome = await propose({ ...threeWithoutMia, [pathOf('cy')]: audited('cy', 'notify') });
    const words = { path: mia, main: 'stage: review', branch: 'stage: notify' };
    expect(outcome).toMatchObject({ kind: 'updated', conflicts: [], undecided: [words], changedFiles: 3 });
    expect(await repository.read(branch, mia)).toBe(decide(base, 'review'));
    const comments = () => standIn.state.issues.flatMap((issue) => issue.comments.map(({ body }) => body));
    const told = comments();
    if (forge === 'GitHub') {
      expect(told).toHaveLength(1);
      for (const line of [mia, 'stage: review', 'stage: notify']) expect(told[0]).toContain(line);
    }
    await propose({ ...threeWithoutMia, [pathOf('cy')]: audited('cy', 'notify') });
    expect(comments()).toEqual(told);
    // Who says it once more on the branch has decided.
    await repository.commit(branch, { [mia]: decide(base, 'notify') }, 'Mia is still here');
    await repository.commit('main', { 'policy/policy.yaml': 'x: 1\n' });
    const said = decide(base, 'notify');
    expect(await propose({ ...threeWithoutMia, [mia]: said })).toMatchObject({ undecided: [] });
    expect(await repository.read(branch, mia)).toBe(said);
  });

  it('exemptions of main and of a person on the branch are merged by entry', async () => {
    await propose(two);
    await repository.commit(branch, { 'exemptions.yaml': `exemptions:\n${exemption('ana')}` }, 'Exempt Ana');
    await repository.commit('main', { 'exemptions.yaml': `exemptions:\n${exemption('bo')}` }, 'Exempt Bo');
    expect(await propose(two)).toMatchObject({ kind: 'updated', conflicts: [] });
    const text = await repository.read(branch, 'exemptions.yaml');
    for (const name of ['ana', 'bo']) expect(text).toContain(`${name}@contoso.com`);
    expect((await readProposal()).touchedByPeople).toEqual(new Set(['exemptions.yaml']));
  });
});

describe('where names are hidden', () => {
  const propose = async (wanted: WantedFiles) =>
    proposeOnGitHub(await aProposal(git, wanted, { names: 'initials' }), git, github);
  const listComments = () => standIn.state.issues.flatMap((issue) => issue.comments.map(({ body }) => body));

  it('two people’s different words are a link to the file, without what they wrote', async () => {
    const base = audited('mia', 'disable', '2026-11-16');
    await repository.commit('main', { [mia]: base });
    const next = { ...three, [mia]: audited('mia', 'delicense') };
    await propose(next);
    await repository.commit(branch, { [mia]: decide(next[mia] ?? '', 'notify', 'Mia is still here') }, 'Still here');
    await repository.commit('main', { [mia]: decide(base, 'review', 'Mia is not here yet') }, 'Not yet');
    await propose({ ...threeWithoutMia, [pathOf('cy')]: audited('cy', 'notify') });
    expect(listComments()).toEqual([expect.stringContaining('### Two people said different things')]);
    expect(listComments()[0]).not.toMatch(/mia/i);
    expect(listComments()[0]).toContain(`[\`stacks/contoso/accounts/(a file)\`](https://github.com/`);
    expect(listComments()[0]).toContain(`/files${buildFileAnchor(mia)}) | in the file | in the file |`);
  });

  it('a new pull request’s rows lead to its own files from the first moment that it has a number', async () => {
    const link = `[\`6f6ad3a2\`](${buildFileAnchor(mia)})`;
    const proposal = await aProposal(git, two, { names: 'initials' });
    const linked = { ...proposal, groups: proposal.groups.map((group) => ({ ...group, body: `${link}\n` })) };
    const [outcome] = await proposeOnGitHub(linked, git, github);
    expect(outcome).toMatchObject({ kind: 'opened' });
    expect(standIn.state.issues[0]?.body).toContain(
      `[\`6f6ad3a2\`](${outcome?.pull?.url}/files${buildFileAnchor(mia)})`,
    );
    const again = { ...linked, audited: (await aProposal(git, two)).audited };
    expect(await proposeOnGitHub(again, git, github)).toMatchObject([{ kind: 'unchanged' }]);
  });
});

async function listOwnCommits(): Promise<string[]> {
  const listed = await git.run(['log', '--format=%H', '--grep=^Dormant-Audit', `origin/main..origin/${branch}`]);
  return listed.split('\n');
}
