// dormant erase: takes people out of a stack's records whose time is over, or one person out of files and records.
import { Command } from 'commander';
import { createGit } from '../../forge/git/git.ts';
import { requireBase } from '../../forge/git/known-main.ts';
import { openRecordStore } from '../../forge/store/open-record-store.ts';
import type { RecordStore } from '../../forge/store/record-store.ts';
import { addDays, type Day } from '../../policy/evidence.ts';
import { loadStack, type StackFiles } from '../../policy/files/stack-files.ts';
import { identifyRun } from '../../stacks/record/apply-log.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { findProtectedPeople, type MainView, readMainView } from '../erase/ask-main.ts';
import { describeErasure, type ErasureReport } from '../erase/describe-erasure.ts';
import { type ErasedPerson, planPersonErasure, writeErasure } from '../erase/erase-person.ts';
import { eraseParts, findDueParts } from '../erase/erase-records.ts';
import { findPersonFolders, type NamedPerson } from '../erase/find-folders.ts';
import { sanitiseLog } from '../github-actions.ts';
import { getGlobals, printJson } from '../globals.ts';
import { createProgressLine } from '../progress.ts';
import { readRecordSigner } from '../record/record-signer.ts';
import { resolveToday } from '../today.ts';

interface Options {
  dryRun?: boolean;
  base?: string;
  today?: string;
}

export function createEraseCommand(): Command {
  return new Command('erase')
    .description(
      'Erase from the records whose time is over by privacy.eraseAfterDays, or one person from files and records.',
    )
    .argument('<stack>', 'a folder of stacks/')
    .argument('[person]', 'userPrincipalName, object id or file: all of this person, whatever the days')
    .option('--dry-run', 'only say what would go')
    .option('--base <branch>', 'main, which says from whom something is taken (default: the remote’s own)')
    .option('--today <YYYY-MM-DD>', 'the day that counts as today; the embedded tenant only')
    .action(runErase);
}

async function runErase(stack: string, person: string | undefined, options: Options, command: Command): Promise<void> {
  const { repo, json } = getGlobals(command);
  const files = await loadStack(openWorkingTree(repo), stack);
  const today = await resolveToday(files.tenant.value.cloud, options.today);
  const ref = await requireBase(createGit(repo), options.base);
  const main = await readMainView(repo, files, { today, ref });
  const planned = person === undefined ? null : await planPersonErasure({ repo, stack, name: person, ref, today });
  const dryRun = options.dryRun ?? false;
  const records = await eraseFromRecords(repo, files, { main, planned, dryRun });
  if (planned !== null && !dryRun) await writeErasure(repo, planned);
  const report = {
    stack,
    planned,
    records,
    dryRun,
    eraseAfterDays: files.policy.value.privacy?.eraseAfterDays ?? null,
  };
  const { lines, document } = describeErasure(report);
  if (json) printJson(document);
  else console.log(sanitiseLog(lines.join('\n')));
  if (records !== null && records.kept > 0) process.exitCode = 1;
}

interface Erasing {
  main: MainView;
  planned: ErasedPerson | null;
  dryRun: boolean;
}

/** null: there are no records, or no days that would end anything. */
async function eraseFromRecords(
  repo: string,
  { stack, tenant, policy }: StackFiles,
  { main, planned, dryRun }: Erasing,
): Promise<ErasureReport['records']> {
  const { records, tenantId, cloud, signing = null } = tenant.value;
  const days = policy.value.privacy?.eraseAfterDays;
  if (records === undefined || (planned === null && days === undefined)) return null;
  const { today } = main;
  const store = await openRecordStore(records.store, { root: repo, cloud, env: process.env });
  const until: Day | null = planned === null && days !== undefined ? addDays(today, -days) : null;
  const people = planned && (await findFolders(store, stack, planned.person));
  const due = await findDueParts(store, stack, {
    ...{ until, people, today },
    findProtected: (folders) => findProtected(folders, main, planned),
  });
  if (dryRun) return { ...due, place: store.place, erased: due.names.length, kept: 0, record: null };
  const signer = readRecordSigner(process.env, records, { kind: 'erasure', day: today, tenantPath: tenant.path });
  const link = {
    ...{ format: 1, stack, tenantId, day: today, run: identifyRun(process.env), commit: null },
    ...{
      because: planned === null ? `privacy.eraseAfterDays: ${days}` : 'asked for',
      keys: records.keys ?? [],
      signing,
    },
  };
  const progress = createProgressLine(process.stderr, { verbose: false });
  const tell = (done: number, total: number) => progress.update({ source: 'erased', done, total });
  const erased = await eraseParts(store, due, { link, signer, tell }).finally(() => progress.end());
  return { ...due, place: store.place, ...erased };
}

async function findFolders(store: RecordStore, stack: string, person: NamedPerson): Promise<Set<string>> {
  const progress = createProgressLine(process.stderr, { verbose: false });
  const tell = (done: number) => progress.update({ source: 'parts of people', done });
  return findPersonFolders(store, stack, person, tell).finally(() => progress.end());
}

/** All folders of one person are of one account: what stands against one stands against each. */
function findProtected(
  folders: ReadonlySet<string>,
  main: MainView,
  planned: ErasedPerson | null,
): ReadonlySet<string> {
  const found = findProtectedPeople(folders, main);
  return planned !== null && found.size > 0 ? folders : found;
}
