// docs/guides/keys.md, section by section: its commands are run as they stand, and the rules of signing say what is good then.
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashRules, readPrivateKey, verifySignature } from '../../forge/facts-key.ts';
import { readMainLine } from '../../forge/git/main-line.ts';
import { anAccountFile } from '../../policy/account-file.fixture.ts';
import { addDays } from '../../policy/evidence.ts';
import { getAccountsFolder, parseAccountFile, serialiseAccountFile } from '../../policy/files/account-file.ts';
import { loadTenant } from '../../policy/files/stack-files.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import type { FurthestStage } from '../../policy/schemas/signing.ts';
import { createSigningContext } from '../../policy/signing/account-past.ts';
import { judgeFiles } from '../../policy/signing/judge-files.ts';
import { findKey, listKeys } from '../../policy/signing/keys.ts';
import { signFile } from '../../policy/signing/signed-line.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { aRepository, type ScratchRepository } from '../init/repository.fixture.ts';
import { readToday } from '../today.ts';

const stack = 'contoso';
const guide = await readFile(new URL('../../docs/guides/keys.md', import.meta.url), 'utf8');
const program = join(import.meta.dirname, '../dormant.ts');

let repository: ScratchRepository;
let tools = '';

beforeEach(async () => {
  repository = await aRepository();
  tools = join(repository.root, 'tools');
  await mkdir(tools);
  // `gh` keeps what is set, and merges what is asked for; the program is run from its source.
  await writeTool('gh', gh);
  await writeTool('npx', 'exec "$@"');
  await writeTool('dormant', `exec '${process.execPath}' '${program}' "$@" --repo '${repository.root}'`);
  await writeFile(join(repository.root, '.gitignore'), 'tools/\norigin.git/\n');
  const ids = ['--audit-client-id', 'aaaaaaaa-0000-4000-8000-000000000001'];
  ids.push('--apply-client-id', 'aaaaaaaa-0000-4000-8000-000000000002', '--reviewers', '@contoso/it');
  const tenant = ['--tenant-id', '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e', '--sender', 'it@contoso.com'];
  await run(`dormant init ${stack} ${[...tenant, ...ids].join(' ')}`);
  await run('git init --quiet --initial-branch=main && git add --all && git commit --quiet --message=Adopt');
  await run('git init --quiet --bare origin.git && git remote add origin origin.git && git push --quiet origin main');
});
afterEach(() => repository.remove());

/** Merging is what the owners do with the pull request. */
const gh = `case "$1" in
  secret) cat > '%tools%/secret' ;;
  pr) branch=$(git branch --show-current) && git switch --quiet main &&
      git merge --quiet --no-ff --message "Merge $branch" "$branch" && git push --quiet origin main ;;
esac`;

async function writeTool(name: string, script: string): Promise<void> {
  await writeFile(join(tools, name), `#!/bin/bash\nset -e\n${script.replaceAll('%tools%', tools)}\n`);
  await chmod(join(tools, name), 0o755);
}

async function run(script: string): Promise<void> {
  const who = { GIT_AUTHOR_NAME: 'Lee', GIT_AUTHOR_EMAIL: 'lee@contoso.com' };
  await execa('bash', ['-e', '-o', 'pipefail', '-c', script], {
    cwd: repository.root,
    env: {
      ...{ ...who, GIT_COMMITTER_NAME: 'Lee', GIT_COMMITTER_EMAIL: 'lee@contoso.com' },
      ...{ PATH: `${tools}:${process.env.PATH}`, CI: 'true', GITHUB_ACTIONS: undefined },
    },
    stdin: 'ignore',
  });
}

/** The blocks of one section, with this year's names. */
function listBlocks(title: string): string[] {
  const [, section = ''] = guide.split(`\n## ${title}\n`);
  const [own = ''] = section.split('\n## ');
  const year = new Date().toISOString().slice(0, 4);
  const blocks = [...own.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text = '']) => text);
  expect(blocks.length).toBeGreaterThan(0);
  return blocks.map((text) => text.replaceAll('contoso-2026', `contoso-${year}`));
}

const readSigning = async () => (await loadTenant(openWorkingTree(repository.root), stack)).value.signing ?? {};
const readSecret = () => readFile(join(tools, 'secret'), 'utf8');

function buildFile(person: string, stage: FurthestStage, on: string): AccountFile {
  const file = anAccountFile(stage, { account: { userPrincipalName: `${person}@contoso.com` } });
  return { ...file, evidence: { ...file.evidence, auditedOn: on } };
}

/** The person's file as an audit of this day writes it, with the secret that it is given. */
async function sign(person: string, stage: FurthestStage, on: string): Promise<AccountFile> {
  const { publicKey, sign } = readPrivateKey(await readSecret());
  const key = listKeys(await readSigning()).find((each) => each.publicKey === publicKey)?.name ?? 'not listed';
  const file = buildFile(person, stage, on);
  const rules = hashRules('policy', 'prices');
  const tenant = { stack, tenantId: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e' };
  return signFile(file, stage, tenant, { key, rules, sign });
}

const pathOf = (person: string) => `${getAccountsFolder(stack)}/${person}.yaml`;

async function merge(person: string, file: AccountFile): Promise<void> {
  const path = join(repository.root, pathOf(person));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, serialiseAccountFile(file));
  await run(`git add --all && git commit --quiet --message='${person}' && git push --quiet origin main`);
}

/** What the rules say to this file in a pull request, by the keys that main has. */
async function judge(person: string, file: AccountFile): Promise<string[]> {
  const line = await readMainLine(repository.root, 'refs/heads/main', [`${getAccountsFolder(stack)}/`]);
  const { value } = await loadTenant(openWorkingTree(repository.root), stack);
  const context = createSigningContext(stack, value, { verify: verifySignature, places: line.places });
  const path = pathOf(person);
  const text = serialiseAccountFile(file);
  const files = [{ path, text, value: parseAccountFile(path, text) }];
  return judgeFiles({ files, versions: line.versions }, context).flatMap(({ problems }) =>
    problems.map(({ code }) => code),
  );
}

async function readMainFile(person: string): Promise<AccountFile> {
  return parseAccountFile(pathOf(person), await repository.read(pathOf(person)));
}

async function adoptKey(): Promise<void> {
  await run(`dormant key new ${stack} | gh secret set DORMANT_FACTS_KEY --env ${stack}-audit`);
  await run('git commit --quiet --all --message=Key && git push --quiet origin main');
}

/** The audits of three weeks; the last is today's. */
const days = [addDays(readToday(), -14), addDays(readToday(), -7), readToday()] as const;

test('A repository from before keys: what main has counts as signed until it moves, and no file is touched', async () => {
  await merge('ana', buildFile('ana', 'review', days[1]));
  const before = await repository.read(pathOf('ana'));
  const [block = ''] = listBlocks('A repository from before keys');
  await run(block);
  expect(await repository.read(pathOf('ana'))).toBe(before);
  const ana = await readMainFile('ana');
  expect(await judge('ana', ana)).toEqual([]);
  expect(await judge('ana', { ...ana, stage: 'disable' })).toEqual(['not-proposed']);
  const forged = { ...ana, evidence: { ...ana.evidence, inactiveDays: 400 } };
  expect(await judge('ana', forged)).toEqual(['not-signed']);
  expect(await judge('ana', await sign('ana', 'disable', days[2]))).toEqual([]);
});

test('A new key in time: both are good while they overlap, and then the old one for its own audits only', async () => {
  await adoptKey();
  const old = await readSecret();
  await merge('ana', await sign('ana', 'notify', days[0]));
  const waiting = await sign('bo', 'notify', days[0]);
  const [next = '', promote = ''] = listBlocks('A new key in time');
  await run(next);
  expect(listKeys(await readSigning()).map(({ role }) => role)).toEqual(['current', 'next']);
  const review = await sign('ana', 'review', days[1]);
  expect(await judge('ana', review)).toEqual([]);
  expect(await judge('bo', waiting)).toEqual([]);
  await run(promote);
  expect(listKeys(await readSigning()).map(({ role }) => role)).toEqual(['current', 'retired']);
  for (const [person, file] of [
    ['ana', review],
    ['bo', waiting],
  ] as const)
    expect(await judge(person, file)).toEqual([]);
  await writeFile(join(tools, 'secret'), old);
  expect(await judge('cy', await sign('cy', 'notify', '2999-12-07'))).toEqual(['not-signed']);
});

test('A lost key: one pull request, and what it has signed stays good', async () => {
  await adoptKey();
  await merge('ana', await sign('ana', 'notify', days[0]));
  const open = await sign('ana', 'review', days[1]);
  const lost = (await readSigning()).current;
  const [block = '', ...others] = listBlocks('A lost key');
  expect(others).toEqual([]);
  await run(block);
  const { current, retired } = await readSigning();
  expect(current?.name).not.toBe(lost?.name);
  expect(retired).toEqual([expect.objectContaining(lost ?? {})]);
  expect(await judge('ana', open)).toEqual([]);
  expect(await judge('ana', await sign('ana', 'review', days[2]))).toEqual([]);
});

test('A stolen key: what main had before stays good, what it signed since does not, and the next audit signs it anew', async () => {
  await adoptKey();
  const stolen = await readSecret();
  await merge('ana', await sign('ana', 'notify', days[0]));
  await merge('bo', await sign('bo', 'notify', days[0]));
  const open = await sign('ana', 'review', days[1]);
  const [block = '', aside = ''] = listBlocks('A stolen key');
  await run(block);
  const { current, revoked } = await readSigning();
  expect(findKey({ revoked: revoked ?? [] }, revoked?.[0]?.name ?? '')?.role).toBe('revoked');
  expect(readPrivateKey(await readSecret()).publicKey).toBe(current?.publicKey);
  expect(await judge('ana', await readMainFile('ana'))).toEqual([]);
  expect(await judge('ana', open)).toEqual(['not-signed']);
  // Main's tip brought this one.
  expect(await judge('bo', await readMainFile('bo'))).toEqual(['not-signed']);
  expect(await judge('bo', await sign('bo', 'notify', days[1]))).toEqual([]);
  // A key that is kept aside goes through no terminal either.
  await run(aside.replaceAll('/media/safe', tools));
  const { next } = await readSigning();
  expect(readPrivateKey(await readSecret()).publicKey).toBe(next?.publicKey);
  expect(stolen).not.toBe(await readSecret());
});

// What old code does with a state of today is seen in e2e/apply-older-code.long.test.ts.
const isAboutOldRuns = (title: string) => title === 'Runs from before';

test('every section of the guide is run here', async () => {
  const own = await readFile(new URL(import.meta.url), 'utf8');
  const titles = [...guide.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title);
  expect(titles).toHaveLength(5);
  for (const title of titles.filter((each) => !isAboutOldRuns(each)))
    expect([title, own.includes(`test('${title}:`)]).toEqual([title, true]);
});
