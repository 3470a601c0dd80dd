// dormant audit: reads a tenant, judges, plans, and writes the results. Writes only the report setting to the tenant.
import { Command } from 'commander';
import { getOutFolder } from '../../audit/out-folder.ts';
import { renderJobSummary } from '../../audit/proposal/markdown/body.ts';
import { openPeopleList } from '../../audit/report/people-list.ts';
import { runAudit } from '../../audit/run-audit.ts';
import { writeResults } from '../../audit/write-results.ts';
import { verifySignature } from '../../forge/facts-key.ts';
import { readGitAccess } from '../../forge/git/access.ts';
import { createGit } from '../../forge/git/git.ts';
import { askMainName } from '../../forge/git/known-main.ts';
import { requireNoOperation } from '../../forge/git/operation.ts';
import { requirePrivateRepository } from '../../forge/github/require-private.ts';
import { loadStack } from '../../policy/files/stack-files.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { readFactsSigner } from '../audit/facts-signer.ts';
import { listenForInterruption } from '../audit/interruption.ts';
import { createNotedReader } from '../audit/noted-state.ts';
import { runAndNotify } from '../audit/notify-github.ts';
import { openAuditedTenant } from '../audit/open-tenant.ts';
import { buildAuditDocument, printAudit } from '../audit/print-audit.ts';
import { preferSmallHeap } from '../audit/small-heap.ts';
import { appendSummary, sanitiseLog } from '../github-actions.ts';
import { createRemote, findArtifactUrl, findGitHub } from '../github-remote.ts';
import { type Globals, getGlobals, printJson } from '../globals.ts';
import { createPrintingLog } from '../print-request.ts';
import { createProgressLine } from '../progress.ts';
import { createQuotaNotifier } from '../quota-notes.ts';
import { resolveToday } from '../today.ts';

interface Options {
  main?: string;
  today?: string;
  keyFile?: string;
}

export function createAuditCommand(): Command {
  return new Command('audit')
    .description('Audit a tenant by real activity; write lists, report and proposal to out/<stack>/, and nothing else.')
    .argument('<stack>', 'a folder of stacks/')
    .option('--main <branch>', 'the branch that proposals are merged into (default: the remote’s own)')
    .option('--today <day>', 'the day to audit on (embedded tenant only)')
    .option('--key-file <path>', 'the key that signs the facts, instead of DORMANT_FACTS_KEY')
    .action(runAuditCommand);
}

async function runAuditCommand(stack: string, options: Options, command: Command): Promise<void> {
  const github = findGitHub(process.env);
  if (github) await requirePrivateRepository(github);
  const globals = getGlobals(command);
  await runAndNotify(github, { repo: globals.repo, stack }, () => runAndWriteAudit(stack, options, globals));
}

async function runAndWriteAudit(
  stack: string,
  { main: named, today: todayOption, keyFile }: Options,
  { repo, json, verbose }: Globals,
): Promise<void> {
  const files = await loadStack(openWorkingTree(repo), stack);
  const git = createGit(repo, readGitAccess(process.env));
  await requireNoOperation(repo, git);
  const main = named ?? (await askMainName(git));
  const signer = await readFactsSigner({ ...(keyFile === undefined ? {} : { keyFile }), env: process.env }, files);
  const today = await resolveToday(files.tenant.value.cloud, todayOption);
  const progress = createProgressLine(process.stderr, { verbose });
  const interruption = listenForInterruption();
  const people = await openPeopleList(getOutFolder(repo, stack), { stack, auditedOn: today });
  preferSmallHeap();
  const run = await runAudit({
    files,
    openTenant: openAuditedTenant,
    remote: createRemote(process.env, main, { verbose }),
    repository: repo,
    signer,
    verify: verifySignature,
    readNoted: createNotedReader(repo, files, (sentence) => console.error(sanitiseLog(sentence))),
    today,
    env: process.env,
    signal: interruption.signal,
    log: createPrintingLog({ verbose }),
    onProgress: progress.update,
    onJudged: people.note,
    onQuotaWait: createQuotaNotifier(progress.print),
  })
    .catch((error: unknown) => {
      people.drop();
      throw error;
    })
    .finally(() => {
      progress.end();
      interruption.release();
    });
  const { view } = run;
  const artifact = findArtifactUrl(process.env);
  const written = await writeResults(run, { repository: repo, main, ...artifact });
  people.keep();
  await appendSummary(renderJobSummary(view, artifact));
  if (json) printJson(buildAuditDocument(view, { folder: getOutFolder(repo, stack), written }));
  else printAudit(view, written);
}
