// What a helpdesk does: `dormant restore` for somebody from whom something was taken, now and then for somebody else, each
// merged as a pull request of its own; and one that somebody pushes past the check.
import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { AccountState } from '@dormant-m365/emulator';
import { stringify } from 'yaml';
import { stack } from '../../demo/company.ts';
import { readAccountFiles, takeSnapshot } from '../../demo/proof.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import { GiveBack } from '../../policy/schemas/give-back.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { requireChecked } from './check-change.ts';
import { runUndisturbed } from './disturb-command.ts';
import type { Story } from './story.fixture.ts';

const folder = `stacks/${stack}/give-back`;

interface Wanted {
  who: string;
  /** null: it depends. */
  isGiven: boolean | null;
}

/** Asks for one person; merged if the command and the check allow it. */
export async function giveSomebodyBack(story: Story): Promise<void> {
  const { company, counts, tell, rules, givenOn } = story;
  const wanted = await pickWanted(story);
  if (wanted === null) return;
  const today = company.today();
  const isFull = givenOn.filter((day) => day === today).length >= (rules.perDay ?? 10);
  const args = ['restore', stack, wanted.who, '--asked-by', 'Helpdesk', '--reason', 'back from leave'];
  const { exitCode, output } = await runUndisturbed(story, args);
  if (exitCode !== 0) {
    assertRefused(output, exitCode);
    assert.ok(isFull || wanted.isGiven !== true, `${wanted.who} is not given back:\n${output}`);
    assert.equal(await company.git('status', '--porcelain'), '', 'a refused give-back left files');
    counts['give-backs refused'] += 1;
    return;
  }
  assert.ok(!isFull, `${wanted.who} is one give-back more than a day allows`);
  assert.ok(wanted.isGiven !== false, `${wanted.who} is to be given back, from whom nothing was taken:\n${output}`);
  tell(`a give-back is merged: ${wanted.who}`);
  counts['give-backs'] += 1;
  givenOn.push(today);
  await mergeGiveBack(story);
}

function assertRefused(output: string, exitCode: number | null): void {
  assert.equal(exitCode, 2, output);
  assert.match(output, /^error /m, `it does not say why:\n${output}`);
  assert.doesNotMatch(output, /^\s+at .+:\d+:\d+\)?$/m, `a stack instead of a sentence:\n${output}`);
}

async function mergeGiveBack(story: Story): Promise<void> {
  const { git } = story.company;
  await git('switch', '--quiet', '--force-create', 'give-back');
  await git('add', '--all', folder);
  await git('commit', '--quiet', '--message', 'Give one account back');
  await requireChecked(story);
  await git('switch', '--quiet', 'main');
  await git('merge', '--quiet', '--no-ff', '--message', 'Merge a give-back', 'give-back');
  await git('push', '--quiet', 'origin', 'main');
}

/** Most of them with something to be given back. */
async function pickWanted(story: Story): Promise<Wanted | null> {
  const { chance, company } = story;
  const files = await readAccountFiles(company);
  const taken = files.filter(({ stage }) => stage === 'disable' || stage === 'delicense');
  const standing = await readGiveBacks(story);
  if (taken.length > 0 && chance.maybe(0.7)) return describeTaken(story, chance.pick(taken), standing);
  const untold = await listUntold(story);
  const warned = files.filter(({ account, stage }) => stage === 'notify' && !story.takenIds.has(account.id));
  const gone = files.filter(({ account }) => story.deletedIds.has(account.id));
  const others: (Wanted | null)[] = [
    { who: `nobody${chance.between(1, 9)}@contoso.com`, isGiven: false },
    untold.length === 0 ? null : { who: chance.pick(untold).id, isGiven: false },
    warned.length === 0 ? null : { who: chance.pick(warned).account.id, isGiven: null },
    gone.length === 0 ? null : { who: chance.pick(gone).account.id, isGiven: null },
    standing.length === 0 ? null : { who: chance.pick(standing).account.id, isGiven: false },
  ];
  return chance.pick(others);
}

/** By the tenant's own log something was taken, by a file that audits have signed with keys that still count. */
function describeTaken(story: Story, { account }: AccountFile, standing: readonly GiveBack[]): Wanted {
  const { chance, takenIds, forgedIds, hasRevokedKey } = story;
  const isStanding = standing.some((each) => each.account.id === account.id);
  const isPlain = takenIds.has(account.id) && !forgedIds.has(account.id) && !hasRevokedKey;
  const who = chance.pick([account.id, account.userPrincipalName, account.displayName]);
  // Two people may have one name.
  const isSure = isPlain && who === account.id;
  return { who, isGiven: isStanding && who === account.id ? false : isSure || null };
}

/** For somebody about whom main never had a file; the check refuses it, and somebody pushes it all the same. */
export async function forgeGiveBack(story: Story): Promise<void> {
  const { company, chance, counts, tell, givenOn } = story;
  const untold = await listUntold(story);
  if (untold.length === 0) return;
  const { id, userPrincipalName, displayName } = chance.pick(untold);
  const path = `${folder}/forged.${counts.forgeries}.yaml`;
  const account = { id, userPrincipalName, displayName };
  const text = stringify({ account, reason: 'is missed', askedBy: 'Helpdesk', askedOn: company.today() });
  tell(`somebody pushes ${path}`);
  counts.forgeries += 1;
  // Each file counts on its day, whatever comes of it.
  givenOn.push(company.today());
  await mkdir(dirname(join(company.repository, path)), { recursive: true });
  await writeFile(join(company.repository, path), text);
  await company.git('add', '--all', folder);
  await company.git('commit', '--quiet', '--message', 'a give-back that nobody may have');
  const { exitCode, output } = await company.start('check', stack).ended;
  assert.ok(exitCode === 2 && output.includes(path), `the check lets it pass:\n${output}`);
  await company.git('push', '--quiet', 'origin', 'main');
}

/** About whom main never had a file. */
async function listUntold(story: Story): Promise<AccountState[]> {
  for (const { account } of await readAccountFiles(story.company)) story.everFiledIds.add(account.id);
  return [...takeSnapshot(story.company).values()].filter(({ id }) => !story.everFiledIds.has(id));
}

/** As the working tree has them. */
export async function readGiveBacks({ company: { repository } }: Story): Promise<(GiveBack & { path: string })[]> {
  const names = await readdir(join(repository, folder)).catch(() => []);
  return Promise.all(
    names.sort().map(async (name) => {
      const path = `${folder}/${name}`;
      return { path, ...parseYaml(GiveBack, path, await readFile(join(repository, path), 'utf8')).value };
    }),
  );
}
