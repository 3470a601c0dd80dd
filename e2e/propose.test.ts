import {
  type ARepository,
  actionsIdentity,
  appIdentity,
  type GitHubStandIn,
  reviewerIdentity,
} from '@dormant-m365/emulator/github';
import { beforeEach, describe, expect, it } from 'vitest';
import { accountText, aProposal, branch, pathOf, type WantedFiles } from '../audit/proposal/proposal.fixture.ts';
import type { Proposal, ProposalOutcome } from '../audit/proposal/proposal.ts';
import { proposeOnGitHub } from '../audit/proposal/propose.ts';
import { createGit, type Git } from '../forge/git/git.ts';
import { type AGitHub, aGitHub } from '../forge/github/git-hub.fixture.ts';
import { connectGitHub, type GitHub } from '../forge/github/github.ts';

let repository: ARepository;
let standIn: GitHubStandIn;
let connect: AGitHub['connect'];
let git: Git;
let github: GitHub;
let person: GitHub;

const main = {
  'README.md': 'A repository.\n',
  'policy/policy.yaml': 'inactiveAfterDays: 90\n',
  'exemptions.yaml': 'exemptions: []\n',
  '.github/CODEOWNERS': '/stacks/contoso/ @lee @contoso/hr\n',
  [pathOf('mia')]: accountText('mia', 'review'),
};

beforeEach(async () => {
  ({ repository, standIn, connect } = await aGitHub({
    files: main,
    identities: [appIdentity, actionsIdentity, reviewerIdentity],
    settings: { collaborators: ['lee'], teams: ['hr'] },
  }));
  git = createGit(await repository.clone());
  github = connect();
  person = connect(reviewerIdentity);
});

const three: WantedFiles = {
  [pathOf('ana')]: accountText('ana'),
  [pathOf('bo')]: accountText('bo'),
  [pathOf('mia')]: accountText('mia', 'disable'),
};

async function propose(wanted: WantedFiles, more: Partial<Proposal> = {}): Promise<ProposalOutcome> {
  return run(await aProposal(git, wanted, more));
}

async function run(proposal: Proposal): Promise<ProposalOutcome> {
  const [outcome] = await proposeOnGitHub(proposal, git, github);
  if (outcome === undefined) throw new Error('no outcome');
  return outcome;
}

const pull = (number = 1) => {
  const found = standIn.state.issues[number - 1];
  if (!found?.pull) throw new Error(`no pull request ${number}`);
  return { ...found, ...found.pull };
};
const editPull = (changes: Record<string, unknown>, number = 1) =>
  person.request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: number, ...changes });
const mergePull = (method: 'merge' | 'squash' | 'rebase', number = 1) =>
  person.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', {
    pull_number: number,
    merge_method: method,
  });
const changesSince = (count: number) =>
  standIn
    .listWrites()
    .slice(count)
    .filter(({ operation, path }) => operation !== null || path !== '/graphql');

describe('the first run', () => {
  it('opens one pull request with the files in a signed commit, a label and the code owners asked', async () => {
    const outcome = await propose(three);
    expect(outcome).toMatchObject({ kind: 'opened', branch, commits: 1, changedFiles: 3, notes: [] });
    expect(await repository.read(branch, pathOf('ana'))).toBe(three[pathOf('ana')]);
    expect(standIn.state.signed).toContain(await repository.findHead(branch));
    expect(pull()).toMatchObject({
      title: 'Dormant contoso: notify 3',
      labels: ['dormant'],
      reviewers: ['lee'],
      teams: ['hr'],
      draft: false,
    });
  });

  it('writes nothing at all where there is nothing to propose', async () => {
    expect(await proposeOnGitHub(await aProposal(git, {}), git, github)).toEqual([]);
    expect(changesSince(0)).toEqual([]);
  });

  it('stays a draft while data quality is poor, and asks nobody', async () => {
    await propose(three, { isDraft: true });
    expect(pull()).toMatchObject({ draft: true, reviewers: [] });
    await propose(three, { isDraft: false });
    expect(pull().draft).toBe(false);
    await propose(three, { isDraft: true });
    expect(pull().draft).toBe(true);
  });

  it('says that checks wait for somebody where only GITHUB_TOKEN is there', async () => {
    github = connect(actionsIdentity);
    await propose(three);
    expect(pull().body).toMatch(/somebody with\n> write access chooses “Approve workflows to run”/);
  });

  it('says which setting forbids workflows to open pull requests, and goes on from its branch once it is changed', async () => {
    github = connect(actionsIdentity);
    standIn.state.settings.actionsMayOpenPulls = false;
    await expect(propose(three)).rejects.toMatchObject({
      code: 'github-refused',
      remedy: expect.stringContaining('allow GitHub Actions to create pull requests'),
    });
    standIn.state.settings.actionsMayOpenPulls = true;
    expect(await propose(three)).toMatchObject({ kind: 'opened', commits: 0, changedFiles: 3 });
  });

  it('is refused in a public repository before anything is written', async () => {
    standIn.state.settings.private = false;
    await expect(propose(three)).rejects.toMatchObject({ code: 'public-repository' });
    expect(changesSince(0)).toEqual([]);
  });

  it('goes on without drafts and without reviewers where GitHub refuses them', async () => {
    standIn.state.settings.draftsSupported = false;
    standIn.state.settings.teams = [];
    expect((await propose(three, { isDraft: true })).notes.join()).toContain('no drafts');
    expect(pull().draft).toBe(false);
  });

  it('waits as long as GitHub’s secondary rate limit says', async () => {
    const waits: number[] = [];
    github = connectGitHub({
      token: appIdentity.token,
      repository: 'contoso/dormant',
      apiUrl: standIn.url,
      onWait: (seconds) => waits.push(seconds),
    });
    const fault = { kind: 'secondary-rate-limit', retryAfterSeconds: 1, status: 403 } as const;
    standIn.faults.add({ method: 'POST', path: /\/pulls$/, times: 1, fault });
    expect(await propose(three)).toMatchObject({ kind: 'opened' });
    expect(waits).toEqual([1]);
  }, 20_000);
});

describe('the same again', () => {
  it('changes nothing', async () => {
    await propose(three);
    const writes = standIn.listWrites().length;
    expect(await propose(three)).toMatchObject({ kind: 'unchanged', commits: 0 });
    expect(changesSince(writes)).toEqual([]);
  });

  it('opens the pull request that a killed run did not come to open', async () => {
    standIn.faults.add({
      method: 'POST',
      path: /\/pulls$/,
      times: 9,
      fault: { kind: 'status', status: 502 },
    });
    const stubborn = { ...github, attempt: () => Promise.reject(new Error('killed')) };
    await expect(proposeOnGitHub(await aProposal(git, three), git, stubborn)).rejects.toThrow('killed');
    standIn.faults.clear();
    expect(await propose(three)).toMatchObject({ kind: 'opened' });
  });
});

describe('new data', () => {
  it('appends one commit: new accounts in, accounts that are active again out', async () => {
    await propose(three);
    const first = await repository.findHead(branch);
    const outcome = await propose({ [pathOf('ana')]: accountText('ana'), [pathOf('cy')]: accountText('cy') });
    expect(outcome).toMatchObject({ kind: 'updated', commits: 1, changedFiles: 2 });
    expect(await repository.read(branch, pathOf('bo'))).toBeNull();
    expect(await repository.read(branch, pathOf('mia'))).toBe(main[pathOf('mia')]);
    expect(
      await git.runOrNull(['merge-base', '--is-ancestor', first ?? '', (await repository.findHead(branch)) ?? '']),
    ).toBeNull();
    await git.run(['fetch', '--quiet', 'origin']);
    expect(await git.runOrNull(['merge-base', '--is-ancestor', first ?? '', `origin/${branch}`])).not.toBeNull();
  });

  it('closes the pull request when nothing is left in it', async () => {
    await propose(three);
    expect(await proposeOnGitHub(await aProposal(git, {}), git, github)).toMatchObject([{ kind: 'withdrawn' }]);
    expect(pull()).toMatchObject({ state: 'closed', merged_at: null });
  });
});

describe('a reviewer', () => {
  const keep = accountText('ana', 'keep');

  it('who commits to the branch keeps the commit and its decision when the schedule runs again', async () => {
    await propose(three);
    const theirs = await repository.commit(branch, { [pathOf('ana')]: keep }, 'Keep Ana');
    // The next audit reads the branch and takes the decision over.
    const outcome = await propose({ ...three, [pathOf('ana')]: keep, [pathOf('cy')]: accountText('cy') });
    expect(outcome).toMatchObject({ kind: 'updated', commits: 1 });
    expect(await repository.read(branch, pathOf('ana'))).toBe(keep);
    expect(await repository.listSubjects(branch)).toEqual([
      'Dormant contoso: notify 3',
      'Keep Ana',
      'Dormant contoso: notify 4',
    ]);
    await git.run(['fetch', '--quiet', 'origin']);
    expect(await git.runOrNull(['merge-base', '--is-ancestor', theirs, `origin/${branch}`])).not.toBeNull();
  });

  it('who commits while the audit runs is not overruled by it', async () => {
    await propose(three);
    const proposal = await aProposal(git, three);
    await repository.commit(branch, { [pathOf('ana')]: keep }, 'Keep Ana');
    expect(await run(proposal)).toMatchObject({ kept: [pathOf('ana')], commits: 0 });
    expect(await repository.read(branch, pathOf('ana'))).toBe(keep);
  });

  it('who takes a file out of the proposal does not find it there again', async () => {
    await propose(three);
    const proposal = await aProposal(git, three);
    await repository.commit(branch, { [pathOf('bo')]: null }, 'Not Bo');
    expect(await run(proposal)).toMatchObject({ kept: [pathOf('bo')] });
    expect(await repository.read(branch, pathOf('bo'))).toBeNull();
  });

  it('who amends the pipeline’s own commit, message and all, is still a person', async () => {
    await propose(three);
    const proposal = await aProposal(git, three);
    const theirs = createGit(await repository.clone());
    await theirs.run(['checkout', '--quiet', branch]);
    const message = await theirs.run(['log', '-1', '--format=%B']);
    await repository.commit('rewritten', { ...three, [pathOf('ana')]: keep }, message);
    await theirs.run(['fetch', '--quiet', 'origin', 'rewritten']);
    await theirs.run(['push', '--quiet', '--force', 'origin', `FETCH_HEAD:refs/heads/${branch}`]);
    const outcome = await run(proposal);
    expect(outcome.kept).toContain(pathOf('ana'));
    expect(await repository.read(branch, pathOf('ana'))).toBe(keep);
  });

  it('who adds an exemption on the branch keeps it, although the plan would write that file too', async () => {
    await propose({ ...three, 'exemptions.yaml': 'exemptions: [] # expired ones gone\n' });
    const theirs = 'exemptions:\n  - { account: ana@contoso.com }\n';
    await repository.commit(branch, { 'exemptions.yaml': theirs }, 'Exempt Ana');
    await propose({ ...three, 'exemptions.yaml': 'exemptions: [] # expired ones gone\n' });
    expect(await repository.read(branch, 'exemptions.yaml')).toBe(theirs);
  });

  it('who edits the list for HR keeps it as the audit has read it, less whom the audit takes off; what came later stays whole', async () => {
    const list = 'stacks/contoso/escalations.yaml';
    await propose({ ...three, [list]: 'escalations: [] # cara, zoe\n' });
    await repository.commit(branch, { [list]: 'escalations: [] # zoe, seen by HR\n' }, 'Cara is away');
    await propose({ ...three, [list]: 'escalations: [] # seen by HR\n' });
    expect(await repository.read(branch, list)).toBe('escalations: [] # seen by HR\n');
    const proposal = await aProposal(git, { ...three, [list]: 'escalations: [] # nobody\n' });
    await repository.commit(branch, { [list]: 'escalations: [] # ask Jo\n' }, 'Ask Jo');
    expect((await run(proposal)).kept).toEqual([list]);
    expect(await repository.read(branch, list)).toBe('escalations: [] # ask Jo\n');
  });

  it('who writes around the block, ticks in it, and gives a new title keeps all of that', async () => {
    await propose(three);
    const body = pull().body ?? '';
    const edited = `Please look at Bo first.\r\n\r\n${body.replace('[ ] HR', '[x] HR')}\r\n\r\nApproved by HR, Ana.`;
    await editPull({ body: edited, title: 'December clean-up' });
    await propose({ ...three, [pathOf('cy')]: accountText('cy') });
    expect(pull().title).toBe('December clean-up');
    expect(pull().body).toMatch(/^Please look at Bo first\.\n\n/);
    expect(pull().body).toMatch(/\n\nApproved by HR, Ana\.$/);
    expect(pull().body).toContain('Accounts: 4');
    expect(pull().body).toContain('- [x] HR has looked at it');
    const writes = standIn.listWrites().length;
    await propose({ ...three, [pathOf('cy')]: accountText('cy') });
    expect(changesSince(writes)).toEqual([]);
  });

  it('who makes the pull request ready, or a draft, has decided that', async () => {
    await propose(three, { isDraft: true });
    const issue = standIn.state.issues[0];
    if (issue?.pull) issue.pull.draft = false;
    await propose(three, { isDraft: true });
    expect(pull().draft).toBe(false);
  });
});

describe('a branch behind main', () => {
  it('merges main first when there is something to add', async () => {
    await propose(three);
    await repository.commit('main', { 'README.md': 'New words.\n' });
    const outcome = await propose({ ...three, [pathOf('cy')]: accountText('cy') });
    expect(outcome).toMatchObject({ kind: 'updated', commits: 2 });
    expect(await repository.read(branch, 'README.md')).toBe('New words.\n');
    expect(await repository.listSubjects(branch)).toContain(`Merge main into ${branch}`);
  });

  it('is left in peace when main changed only what is none of its business', async () => {
    await propose(three);
    await repository.commit('main', { 'README.md': 'New words.\n' });
    expect(await propose(three)).toMatchObject({ kind: 'unchanged', commits: 0 });
  });

  it('that contradicts main in a file without meaning for us is left as it is, and says so in one comment', async () => {
    await propose(three);
    await repository.commit(branch, { 'README.md': 'Words of the branch.\n' }, 'Their words');
    await repository.commit('main', { 'README.md': 'Words of main.\n', 'policy/policy.yaml': 'x: 1\n' });
    const head = await repository.findHead(branch);
    expect(await propose(three)).toMatchObject({ kind: 'conflict', conflicts: ['README.md'] });
    await propose(three);
    expect(await repository.findHead(branch)).toBe(head);
    expect(pull().comments).toHaveLength(1);
    expect(pull().comments[0]?.body).toContain('README.md');
    // A person resolves it; their resolution is kept, and the comment is updated.
    const mainHead = (await repository.findHead('main')) ?? '';
    const theirs = createGit(await repository.clone());
    await theirs.run(['checkout', '--quiet', branch]);
    await theirs.run([...author, 'merge', '--quiet', '-X', 'theirs', '-m', 'Resolve', mainHead]);
    await theirs.run(['push', '--quiet', 'origin', branch]);
    await propose(three);
    expect(await repository.read(branch, 'README.md')).toBe('Words of main.\n');
    expect(pull().comments[0]?.body).toContain('can be merged again');
  });
});

const author = ['-c', 'user.name=Ana Lind', '-c', 'user.email=ana@contoso.com'];

describe('a pull request that is over', () => {
  it.each(['merge', 'squash'] as const)(
    'merged by %s is followed by a new one with only what is new',
    async (method) => {
      await propose(three);
      await repository.commit(branch, { [pathOf('bo')]: accountText('bo', 'keep') }, 'Keep Bo');
      await mergePull(method);
      const next = {
        [pathOf('ana')]: accountText('ana', 'review'),
        [pathOf('bo')]: accountText('bo', 'notify'),
      };
      expect(await propose(next)).toMatchObject({
        kind: 'opened',
        pull: { number: 2 },
        changedFiles: 2,
        kept: [],
      });
      expect(pull(2).headSha).toBe(await repository.findHead(branch));
      const files = await person.listAll('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
        pull_number: 2,
      });
      expect(files).toMatchObject([{ filename: pathOf('ana') }, { filename: pathOf('bo') }]);
    },
  );

  it('closed unmerged is not opened again, and a new one begins without its accounts', async () => {
    await propose(three);
    await editPull({ state: 'closed' });
    expect(await proposeOnGitHub(await aProposal(git, {}), git, github)).toEqual([]);
    expect(await propose({ [pathOf('cy')]: accountText('cy') })).toMatchObject({
      kind: 'opened',
      pull: { number: 2 },
      changedFiles: 1,
    });
    expect(pull(1).state).toBe('closed');
    expect(await repository.read(branch, pathOf('ana'))).toBeNull();
  });

  it('merged while the audit ran leaves nothing to propose, and what reviewers changed before stands', async () => {
    await propose(three);
    const proposal = await aProposal(git, three);
    await repository.commit(branch, { [pathOf('ana')]: accountText('ana', 'keep') }, 'Keep Ana');
    await mergePull('squash');
    expect(await run(proposal)).toMatchObject({ kind: 'nothing', overtaken: [pathOf('ana')] });
    expect(await repository.read('main', pathOf('ana'))).toBe(accountText('ana', 'keep'));
    expect(standIn.state.issues).toHaveLength(1);
  });
});

describe('while the audit ran', () => {
  it.each(['policy/policy.yaml', 'exemptions.yaml'])('a change of %s on main stops the proposal', async (path) => {
    await propose(three);
    const proposal = await aProposal(git, { [pathOf('cy')]: accountText('cy') });
    await repository.commit('main', { [path]: 'changed: true\n' });
    const head = await repository.findHead(branch);
    await expect(run(proposal)).rejects.toMatchObject({ code: 'main-moved' });
    expect(await repository.findHead(branch)).toBe(head);
  });

  it('another run may have been faster: both end well, with one pull request and every file', async () => {
    const clones = await Promise.all([repository.clone(), repository.clone()]);
    const both = clones.map((clone) => createGit(clone));
    const proposals = await Promise.all(both.map((clone) => aProposal(clone, three)));
    const outcomes = await Promise.all(
      both.map((clone, index) => proposeOnGitHub(proposals[index] ?? fail(), clone, connect(appIdentity))),
    );
    expect(
      outcomes
        .flat()
        .map(({ kind }) => kind)
        .every((kind) => kind !== 'conflict'),
    ).toBe(true);
    expect(standIn.state.issues).toHaveLength(1);
    expect(await repository.listSubjects(branch)).toHaveLength(1);
    for (const [path, text] of Object.entries(three)) expect(await repository.read(branch, path)).toBe(text);
  });
});

function fail(): never {
  throw new Error('no proposal');
}

describe('many files', () => {
  it('1,200 of them go in twelve commits of at most 100, each on the head of the one before', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 1200 }, (_, n) => [pathOf(`person-${n}`), accountText(`person-${n}`)]),
    );
    expect(await propose(many)).toMatchObject({ kind: 'opened', commits: 12, changedFiles: 1200 });
    expect(await propose(many)).toMatchObject({ kind: 'unchanged', commits: 0 });
    const body = 'x'.repeat(80_000).replace(/x{100}/g, '| $& |\n');
    const [group] = (await aProposal(git, many)).groups;
    if (group) await propose(many, { groups: [{ ...group, body }] });
    expect(pull().body?.length).toBeLessThanOrEqual(65_536);
    expect(pull().body).toContain('Cut at GitHub’s limit');
  }, 60_000);
});
