// dormant key: makes, promotes, revokes and lists the keys that vouch for the facts. It edits tenant.yaml; people merge that.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Argument, Command, Option } from 'commander';
import { createFactsKeyPair } from '../../forge/facts-key.ts';
import { createGit } from '../../forge/git/git.ts';
import { findMainName } from '../../forge/git/known-main.ts';
import { addRecordKey, chooseRecordKeyName } from '../../policy/edit/record-keys.ts';
import { addKey, chooseKeyName, promoteKey, revokeKey } from '../../policy/edit/signing-keys.ts';
import { DormantError } from '../../policy/errors.ts';
import { loadTenant } from '../../policy/files/stack-files.ts';
import { type RecordKind, recordKinds } from '../../policy/schemas/records.ts';
import { Tenant } from '../../policy/schemas/tenant.ts';
import { type ParsedYaml, parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { getGlobals, printJson } from '../globals.ts';
import { nameProgram } from '../installed-folder.ts';
import { describeKeys } from '../keys/describe-keys.ts';
import { buildKeyCommand, buildRecordKeyCommand } from '../keys/key-command.ts';
import { requireMainCommit } from '../keys/main-commit.ts';
import { resolveToday } from '../today.ts';

type Action = 'new' | 'promote' | 'revoke' | 'list';

interface Options {
  commit?: string;
  main?: string;
  records?: RecordKind;
}

interface KeyRequest {
  repo: string;
  json: boolean;
  stack: string;
  tenant: ParsedYaml<Tenant>;
}

export function createKeyCommand(): Command {
  return new Command('key')
    .description('Make, promote, revoke or list the keys that vouch for the facts of a stack’s files.')
    .addArgument(
      new Argument('<action>', 'what to do').choices(['new', 'promote', 'revoke', 'list'] satisfies Action[]),
    )
    .argument('<stack>', 'a folder of stacks/')
    .argument('[name]', 'the key to revoke')
    .option('--commit <oid>', 'revoke: the key stays good for what main had before it (default: main’s tip)')
    .addOption(
      new Option('--records <kind>', 'new: a key for records instead, of audits, applies or erasures').choices(
        recordKinds,
      ),
    )
    .option('--main <branch>', 'the branch that proposals are merged into (default: the remote’s own)')
    .action(runKey);
}

async function runKey(
  action: Action,
  stack: string,
  name: string | undefined,
  options: Options,
  command: Command,
): Promise<void> {
  const { repo, json } = getGlobals(command);
  const tenant = await loadTenant(openWorkingTree(repo), stack);
  const request = { repo, json, stack, tenant };
  switch (action) {
    case 'new':
      return options.records === undefined ? makeKey(request) : makeRecordKey(request, options.records);
    case 'promote':
      return writeKeys(request, promoteKey(tenant, await resolveToday(tenant.value.cloud, undefined)));
    case 'revoke':
      return revoke(request, name, options);
    case 'list':
      return printKeys(request, tenant);
  }
}

/** Standard output is the private half and nothing else, so that a pipe can hand it over. */
async function makeKey(request: KeyRequest): Promise<void> {
  const { repo, json, stack, tenant } = request;
  if (json || process.stdout.isTTY) throw createShownError(buildKeyCommand(stack));
  const name = chooseKeyName(stack, await resolveToday(tenant.value.cloud, undefined), tenant.value.signing ?? null);
  const { publicKey, privateKey } = createFactsKeyPair();
  const text = addKey(tenant, { name, publicKey });
  await writeFile(join(repo, tenant.path), text);
  process.stdout.write(`${privateKey}\n`);
  const role = tenant.value.signing?.current === undefined ? 'current' : 'next';
  console.error(`${tenant.path}: ${name} is listed as ${role}. Its private half was written to standard output, once.`);
  console.error(mergeIt(tenant.path));
  console.error('Seven days after the apply has first seen it, files are taken further on its word.');
}

/** The same for records, each kind of which has a key of its own. */
async function makeRecordKey({ repo, json, stack, tenant }: KeyRequest, kind: RecordKind): Promise<void> {
  if (json || process.stdout.isTTY) throw createShownError(buildRecordKeyCommand(stack, kind));
  const today = await resolveToday(tenant.value.cloud, undefined);
  const name = chooseRecordKeyName({ stack, kind, today }, tenant.value.records?.keys ?? []);
  const { publicKey, privateKey } = createFactsKeyPair();
  const text = addRecordKey(tenant, { name, publicKey, signs: kind });
  await writeFile(join(repo, tenant.path), text);
  process.stdout.write(`${privateKey}\n`);
  console.error(
    `${tenant.path}: ${name} signs records of ${kind}. Its private half was written to standard output, once.`,
  );
  console.error(mergeIt(tenant.path));
}

async function revoke(request: KeyRequest, name: string | undefined, { commit, main }: Options): Promise<void> {
  const { repo, stack, tenant } = request;
  if (name === undefined)
    throw new DormantError('facts-key', 'Which key is to be revoked?', {
      exitCode: 2,
      remedy: `${nameProgram()} key list ${stack} has their names.`,
    });
  const at = await requireMainCommit(repo, main ?? (await findMainName(createGit(repo))), commit);
  await writeKeys(request, revokeKey(tenant, { name, commit: at }));
}

async function writeKeys(request: KeyRequest, text: string): Promise<void> {
  const { repo, tenant } = request;
  await writeFile(join(repo, tenant.path), text);
  printKeys(request, parseYaml(Tenant, tenant.path, text));
  console.error(mergeIt(tenant.path));
}

function printKeys({ json, stack }: KeyRequest, { value: { signing = {} } }: Pick<ParsedYaml<Tenant>, 'value'>): void {
  const keys = describeKeys(signing);
  if (json) {
    printJson({ stack, since: signing.since ?? null, keys });
    return;
  }
  const width = Math.max(...keys.map(({ name }) => name.length));
  for (const { name, role, goodFor } of keys)
    console.log(`${name.padEnd(width)}  ${role.padEnd('current'.length)}  good for ${goodFor}`);
  if (keys.length === 0) console.log(`${stack} has no key: nothing is proposed and nothing is taken.`);
}

function mergeIt(path: string): string {
  return `Nothing is in force yet: commit ${path} to a branch, and let its owners merge the pull request.`;
}

function createShownError(command: string): DormantError {
  return new DormantError('facts-key', 'The private half of a key is not shown: it is handed on by a pipe.', {
    exitCode: 2,
    where: 'dormant key new',
    remedy: command,
  });
}
