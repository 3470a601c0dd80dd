// The guide's command for one person's record, in a repository where every file looks like every other one.
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { beforeAll, expect, test } from 'vitest';
import { accountId, accountText } from '../audit/proposal/proposal.fixture.ts';
import type { Stage } from '../policy/schemas/account.ts';

const guide = readFileSync(new URL('./guides/audit-trail.md', import.meta.url), 'utf8');
const [, written = ''] = /^(git log -p [^#\n]*ana\.reyes@contoso\.com\.yaml\S*)/m.exec(guide) ?? [];
const people = Array.from({ length: 30 }, (_, at) => `p${at}`);

let folder: string;
/** What main had to say about each person: subjects of merges, the oldest first, each with the stage; null: without a file. */
let truth: Map<string, [subject: string, stage: Stage | null][]>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-trail-'));
  truth = new Map(people.map((name) => [name, []]));
  await run('init', '--quiet', '--initial-branch=main');
  await run('commit', '--quiet', '--allow-empty', '--message=first');
  const [some, others] = [people.slice(0, 15), people.slice(15)];
  await merge('first wave', some, 'notify');
  // A file that goes and one like it that comes, in one commit: what git takes for a rename.
  await merge('archive and second wave', others, 'notify', () => moveAll(some.slice(0, 8), 'accounts', 'archive'));
  await merge('disable', others, 'disable');
  await squash('squashed', some.slice(8, 12), 'keep');
  await merge('come back', some.slice(0, 4), 'restore', () => moveAll(some.slice(0, 4), 'archive', 'accounts'));
  await merge('taken out', others.slice(0, 3), null);
  await run('revert', '--no-edit', '-m', '1', 'HEAD');
  for (const name of others.slice(0, 3)) record(name, 'Revert "taken out"', 'disable');
  return () => rm(folder, { recursive: true, force: true });
});

const run = async (...args: string[]) =>
  (await execa('git', ['-C', folder, '-c', 'user.name=Riley', '-c', 'user.email=r@contoso.com', ...args])).stdout;

function record(name: string, subject: string, stage: Stage | null): void {
  truth.get(name)?.push([subject, stage]);
}

async function merge(subject: string, names: readonly string[], stage: Stage | null, first = async () => {}) {
  await run('switch', '--quiet', '--create', 'side');
  await write(subject, names, stage, first);
  await run('switch', '--quiet', 'main');
  await run('merge', '--quiet', '--no-ff', `--message=${subject}`, 'side');
  await run('branch', '--quiet', '--delete', 'side');
}

async function squash(subject: string, names: readonly string[], stage: Stage) {
  await write(subject, names, stage, async () => {});
}

async function write(subject: string, names: readonly string[], stage: Stage | null, first: () => Promise<unknown>) {
  await first();
  for (const name of names) {
    const path = join(folder, pathIn('accounts', name));
    await mkdir(dirname(path), { recursive: true });
    if (stage === null) await rm(path);
    else await writeFile(path, accountText(name, stage));
    record(name, subject, stage);
  }
  await run('add', '--all');
  await run('commit', '--quiet', `--message=${subject}`);
}

async function moveAll(names: readonly string[], from: string, to: string) {
  await mkdir(join(folder, 'stacks/contoso', to), { recursive: true });
  for (const name of names) {
    await rename(join(folder, pathIn(from, name)), join(folder, pathIn(to, name)));
    if (to === 'archive') record(name, 'archive and second wave', 'notify');
  }
}

function pathIn(where: string, name: string): string {
  return `stacks/contoso/${where}/${name}@contoso.com.yaml`;
}

/** The guide's own line, through a shell, for this person. */
async function readRecord(name: string, command = written): Promise<string> {
  const line = command.replace('ana.reyes', name).replace('git log', 'git log --format=subject:%s');
  return (await execa('sh', ['-c', line], { cwd: folder, env: { GIT_PAGER: '' } })).stdout;
}

test('a person’s record has every change of theirs on main, and nobody else', async () => {
  expect((await readdir(join(folder, 'stacks/contoso/archive'))).length).toBe(4);
  for (const name of people) {
    const text = await readRecord(name);
    const subjects = [...text.matchAll(/^subject:(.*)$/gm)].map(([, subject]) => subject).reverse();
    const expected = truth.get(name) ?? [];
    expect([name, subjects]).toEqual([name, expected.map(([subject]) => subject)]);
    const ids = new Set([...text.matchAll(/^[ +-].*(0{8}-0{4}-4000-8000-\d{12})/gm)].map(([, id]) => id));
    expect([name, ids]).toEqual([name, new Set([accountId(name)])]);
    const parts = text
      .split(/^subject:.*$/m)
      .slice(1)
      .reverse();
    for (const [at, [, stage]] of expected.entries()) {
      const isNew = at === 0 || expected[at - 1]?.[1] !== stage;
      if (isNew && stage !== null)
        expect([name, parts[at]]).toEqual([name, expect.stringContaining(`+stage: ${stage}`)]);
    }
  }
});

test('--follow would lead into the files of others', async () => {
  const followed = 'git log -p --follow stacks/contoso/accounts/ana.reyes@contoso.com.yaml';
  const misled: string[] = [];
  for (const name of people.slice(15)) {
    const text = await readRecord(name, followed);
    if (people.some((other) => other !== name && text.includes(accountId(other)))) misled.push(name);
  }
  expect(misled).not.toEqual([]);
});
