// What people do to proposal and main within a week, drawn at random: at their desk, by git alone.
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays } from '../../policy/evidence.ts';
import { editAccountFile } from '../../policy/files/account-file.ts';
import { getStageOrder, isTakingStage } from '../../policy/files/stage.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { commitAll, type NamedFile, stack } from './git-company.fixture.ts';
import type { YearStory } from './git-year.fixture.ts';

const branch = `dormant/${stack}`;

type Act = (story: YearStory) => Promise<void>;

/** The first ones are more likely: in most weeks the proposal is merged. */
const acts: readonly Act[] = [
  ...Array<Act>(6).fill(mergeProposal),
  ...Array<Act>(2).fill(decideOnMain),
  decideOnMain,
  exemptOnMain,
  editProposal,
  editProposal,
  revertMerge,
  deleteBranch,
  resetBranch,
];

export async function actAsPerson(story: YearStory): Promise<void> {
  await refreshDesk(story);
  await story.chance.pick(acts)(story);
}

/** As from a browser: main and the proposal as the remote has them. */
async function refreshDesk({ company: { desk } }: YearStory): Promise<void> {
  await desk.git('fetch', '--quiet', '--prune', 'origin');
  await desk.git('switch', '--quiet', '--force-create', 'main', 'origin/main');
}

async function hasProposal({ company: { desk } }: YearStory): Promise<boolean> {
  return (await desk.git('branch', '--remotes', '--list', `origin/${branch}`)) !== '';
}

async function pushMain(story: YearStory): Promise<void> {
  const { company, pending } = story;
  await company.desk.git('push', '--quiet', 'origin', 'main');
  pending.push({ commit: await company.desk.git('rev-parse', 'HEAD') });
}

/** In one of the four ways; where git says that it conflicts, it stays open until the next audit. */
async function mergeProposal(story: YearStory): Promise<void> {
  const { company, chance, tell, counts } = story;
  if (!(await hasProposal(story))) return;
  if (chance.maybe(0.4)) await editProposal(story);
  await refreshDesk(story);
  const { git } = company.desk;
  const how = chance.pick(['merge', 'squash', 'rebase', 'fast-forward'] as const);
  const message = `--message=Merge the proposal of ${company.today()}`;
  try {
    if (how === 'merge') await git('merge', '--quiet', '--no-ff', message, `origin/${branch}`);
    if (how === 'fast-forward') await git('merge', '--quiet', '--ff', message, `origin/${branch}`);
    if (how === 'squash') await git('merge', '--quiet', '--squash', `origin/${branch}`);
    if (how === 'squash') await commitAll(company.desk, `The proposal of ${company.today()}`);
    if (how === 'rebase') {
      await git('switch', '--quiet', '--force-create', 'rebased', `origin/${branch}`);
      await git('rebase', '--quiet', 'origin/main');
      await git('switch', '--quiet', 'main');
      await git('merge', '--quiet', '--ff-only', 'rebased');
    }
  } catch {
    tell(`a ${how} conflicts, so it waits for the next audit`);
    for (const args of [
      ['rebase', '--abort'],
      ['merge', '--abort'],
      ['reset', '--quiet', '--hard'],
    ])
      await git(...args).catch(() => {});
    return;
  }
  for (const path of (await git('diff', '--name-only', 'origin/main', 'HEAD')).split('\n')) story.reverted.delete(path);
  tell(`merged by ${how}: ${await git('diff', '--shortstat', 'origin/main', 'HEAD')}`);
  await pushMain(story);
  if (chance.maybe(0.6)) await git('push', '--quiet', 'origin', `:${branch}`);
  counts.merges += 1;
  story.onBranch.clear();
  story.onMain.clear();
}

/** A veto, an edit of a reason or of a new file that is taken out, on the proposal's branch. */
async function editProposal(story: YearStory): Promise<void> {
  const { company, chance, tell } = story;
  if (!(await hasProposal(story))) return;
  const { desk } = company;
  await desk.git('switch', '--quiet', '--force-create', 'work', `origin/${branch}`);
  const found = await pickFile(story);
  if (found !== null) {
    const isNew = (await desk.git('ls-tree', '--name-only', 'origin/main', found.path)) === '';
    const what = chance.pick(isNew ? (['keep', 'remove'] as const) : (['keep', 'comment'] as const));
    tell(`on the proposal: ${what} ${found.path}`);
    if (what === 'keep') await edit(story, found, { stage: 'keep', reason: `needed, said on ${company.today()}` });
    if (what === 'remove') await rm(join(desk.folder, found.path));
    if (what === 'comment') await addComment(story, found.path);
    await commitAll(desk, `${what} ${found.path}`);
    await desk.git('push', '--quiet', 'origin', `work:${branch}`);
    story.onBranch.add(found.path);
  }
  await desk.git('switch', '--quiet', 'main');
}

/** While the proposal may be open: somebody is kept or restored. */
async function decideOnMain(story: YearStory): Promise<void> {
  const { company, chance, tell } = story;
  const found = await pickFile(story);
  if (found === null || getStageOrder(found.file.stage) < 0) return;
  const stage = isTakingStage(found.file.stage) && chance.maybe(0.6) ? 'restore' : 'keep';
  tell(`on main: ${stage} ${found.path}`);
  await edit(story, found, { stage, reason: `missed, said on ${company.today()}` });
  await commitAll(company.desk, `${stage} ${found.path}`);
  await pushMain(story);
  story.onMain.add(found.path);
}

async function exemptOnMain(story: YearStory): Promise<void> {
  const { company, tell } = story;
  const found = await pickFile(story);
  if (found === null) return;
  const { userPrincipalName } = found.file.account;
  const path = join(company.desk.folder, 'exemptions.yaml');
  const text = await readFile(path, 'utf8');
  if (text.includes(userPrincipalName)) return;
  tell(`on main: exempt ${userPrincipalName}`);
  const entry = `  - account: ${userPrincipalName}\n    reason: parental leave\n    owner: HR\n    until: ${addDays(company.today(), 60)}\n`;
  await writeFile(path, `${text.replace('exemptions: []\n', 'exemptions:\n')}${entry}`);
  await commitAll(company.desk, `Exempt ${userPrincipalName}`);
  await pushMain(story);
  story.onMain.add('exemptions.yaml');
}

/** Of the last merge of a proposal, if git can do it by itself. */
async function revertMerge(story: YearStory): Promise<void> {
  const { company, tell, counts } = story;
  const { git } = company.desk;
  const listed = await git('log', '--first-parent', '--format=%H %P', '--grep=he proposal of', '-1');
  const [commit = '', ...parents] = listed.split(' ');
  if (commit === '') return;
  const before = await readOrders(story);
  const mainline = parents.length > 1 ? ['--mainline', '1'] : [];
  try {
    await git('revert', '--no-edit', ...mainline, commit);
  } catch {
    await git('reset', '--quiet', '--hard');
    return;
  }
  const paths = (await git('diff', '--name-only', 'HEAD^', 'HEAD')).split('\n');
  tell(`on main: revert of ${commit.slice(0, 8)}, ${paths.length} files`);
  await pushMain(story);
  counts.reverts += 1;
  const after = await readOrders(story);
  for (const path of paths) {
    story.onMain.add(path);
    const [was, order] = [before.get(path) ?? -1, after.get(path) ?? -1];
    if (order < was) story.reverted.set(path, { on: company.today(), order });
    // A revert of a revert takes the decision back.
    if (order > was) story.reverted.delete(path);
  }
}

/** How far each account of the desk's working tree has come. */
async function readOrders({ company }: YearStory): Promise<Map<string, number>> {
  const files = await company.readFiles(company.desk);
  return new Map(files.map(({ path, file }) => [path, getStageOrder(file.stage)]));
}

async function deleteBranch(story: YearStory): Promise<void> {
  if (!(await hasProposal(story))) return;
  story.tell('the proposal’s branch is deleted');
  await story.company.desk.git('push', '--quiet', 'origin', `:${branch}`);
  story.onBranch.clear();
}

/** A push by force that takes the last commit away. */
async function resetBranch(story: YearStory): Promise<void> {
  if (!(await hasProposal(story))) return;
  story.tell('the proposal’s branch is set back by force');
  await story.company.desk.git('push', '--quiet', '--force', 'origin', `origin/${branch}^:refs/heads/${branch}`);
}

async function edit(
  { company: { desk } }: YearStory,
  { path, file }: NamedFile,
  change: Pick<AccountFile, 'stage' | 'reason'>,
): Promise<void> {
  const place = join(desk.folder, path);
  const text = await readFile(place, 'utf8');
  await writeFile(place, editAccountFile({ path, text }, { ...file, ...change }));
}

async function addComment({ company: { desk } }: YearStory, path: string): Promise<void> {
  const place = join(desk.folder, path);
  await writeFile(place, `# asked Lee about this one\n${await readFile(place, 'utf8')}`);
}

/** Of the desk's working tree. */
async function pickFile({ company, chance }: YearStory): Promise<NamedFile | null> {
  const files = await company.readFiles(company.desk);
  return files.length === 0 ? null : chance.pick(files);
}
