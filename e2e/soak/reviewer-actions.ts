// What people do with the proposal: edit it, merge it or not, revert a merge, restore somebody.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Company, stack } from '../../demo/company.ts';
import { exempt, veto } from '../../demo/people.ts';
import { editAccountFile, parseAccountFile } from '../../policy/files/account-file.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { runUndisturbed } from './disturb-command.ts';
import type { Story } from './story.fixture.ts';

const branch = `dormant/${stack}`;
const folder = `stacks/${stack}/accounts`;

/** Edits the proposal's branch, then merges it; false if nothing was merged. */
export async function reviewAndMerge(story: Story): Promise<boolean> {
  const { company, chance, tell } = story;
  const { git } = company;
  await git('fetch', '--quiet', '--prune', 'origin');
  const branches = await git('branch', '--remotes', '--list', `origin/${branch}`);
  if (branches === '' || chance.maybe(0.1)) return false;
  if (await isDraft(company)) {
    tell('the pull request is a draft, which GitHub does not merge');
    return false;
  }
  await git('switch', '--quiet', '--force-create', branch, `origin/${branch}`);
  for (let edit = chance.between(0, 2); edit > 0; edit--) await editOne(story);
  await git('switch', '--quiet', 'main');
  await git('merge', '--quiet', '--no-ff', `--message=Merge the proposal of ${company.today()}`, branch);
  await git('push', '--quiet', 'origin', 'main', `:${branch}`);
  tell(`merged: ${await git('diff', '--shortstat', 'HEAD^1', 'HEAD')}`);
  return true;
}

/** As the audit has proposed it: where it could not see all that policy asks for. */
async function isDraft({ repository }: Company): Promise<boolean> {
  const proposal = await readFile(join(repository, 'out', stack, 'proposal.json'), 'utf8');
  return JSON.parse(proposal).isDraft;
}

/** Directly on main: reverts a merge for one person, or restores somebody. */
export async function changeMind(story: Story): Promise<void> {
  const { company, chance, tell } = story;
  const { git } = company;
  const path = await pickAccountPath(story);
  if (path === null) return;
  const action = chance.pick(['restore', 'revert', 'remove'] as const);
  tell(`${path}: ${action} on main`);
  if (action === 'restore') await runUndisturbed(story, ['restore', stack, path, '--in-file', '--reason', 'is missed']);
  if (action === 'remove') await rm(join(company.repository, path));
  if (action === 'revert') {
    const [, before] = (await git('log', '--format=%H', '--first-parent', '--', path)).split('\n');
    if (before === undefined) return;
    await git('checkout', '--quiet', before, '--', path).catch(() => {}); // the file was not there yet
  }
  await commit(story, `${action} ${path}`);
  await git('push', '--quiet', 'origin', 'main');
}

async function editOne(story: Story): Promise<void> {
  const { company, chance, tell } = story;
  const path = await pickAccountPath(story);
  if (path === null) return;
  const { account } = parseAccountFile(path, await readFile(join(company.repository, path), 'utf8'));
  const character = { ...account, path };
  const action = chance.pick(['veto', 'exempt', 'remove', 'comment', 'release', 'keep a group'] as const);
  tell(`a reviewer: ${action} ${path}`);
  if (action === 'veto') await veto(company, character);
  if (action === 'exempt') await exempt(company, character);
  if (action === 'remove') await rm(join(company.repository, path));
  if (action === 'release') await editDesired(story, path, () => ({ oneDrive: 'release' }));
  if (action === 'keep a group') await editDesired(story, path, keepOneGroup);
  if (action === 'comment') {
    const text = await readFile(join(company.repository, path), 'utf8');
    await writeFile(join(company.repository, path), `# asked Lee about this one\n${text}`);
  }
  await commit(story, `${action} ${path}`);
}

function keepOneGroup({ desired, restore }: AccountFile): Partial<AccountFile['desired']> {
  if (desired.groups === undefined) return {};
  const [first] = restore.groups?.filter(({ id }) => !desired.groups?.includes(id)) ?? [];
  return first === undefined ? {} : { groups: [...desired.groups, first.id] };
}

/** Edits a line, as a person does in the browser. */
async function editDesired(
  { company }: Story,
  path: string,
  edit: (file: AccountFile) => Partial<AccountFile['desired']>,
): Promise<void> {
  const text = await readFile(join(company.repository, path), 'utf8');
  const file = parseAccountFile(path, text);
  const desired = { ...file.desired, ...edit(file) };
  await writeFile(join(company.repository, path), editAccountFile({ path, text }, { ...file, desired }));
}

async function pickAccountPath({ company, chance }: Story): Promise<string | null> {
  const paths = await listAccountPaths(company);
  return paths.length === 0 ? null : chance.pick(paths);
}

/** Of the working tree, sorted. */
export async function listAccountPaths({ repository }: Company): Promise<string[]> {
  const names = await readdir(join(repository, folder)).catch(() => []);
  return names.sort().map((name) => `${folder}/${name}`);
}

async function commit({ company }: Story, message: string): Promise<void> {
  await company.git('add', '--all', 'stacks', 'exemptions.yaml');
  await company.git('commit', '--quiet', '--allow-empty', '--message', message);
}
