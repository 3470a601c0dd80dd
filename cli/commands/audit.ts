// dormant audit: reads a tenant, judges, plans, and writes what it found. Writes nothing to the tenant but the report setting.
import { Command } from 'commander';
import { refusePublicRepository } from '../../audit/proposal/github/refuse-public.ts';
import { jobSummary } from '../../audit/proposal/markdown/body.ts';
import { runAudit } from '../../audit/run.ts';
import { outFolder, writeResults } from '../../audit/write.ts';
import { loadStack } from '../../policy/repository.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { appendSummary } from '../actions.ts';
import { auditDocument, printAudit } from '../audit/print-audit.ts';
import { told } from '../audit/told.ts';
import { type Globals, globals, printJson } from '../globals.ts';
import { requestsToPrint } from '../print-request.ts';
import { progressTo } from '../progress.ts';
import { quotaNotes } from '../quota-notes.ts';
import { artifactUrlFrom, remoteFrom } from '../remote.ts';
import { todayFor } from '../today.ts';

interface Options {
  main: string;
  today?: string;
}

export function auditCommand(): Command {
  return new Command('audit')
    .description(
      'Audit a tenant by real activity; write the account files, and lists and report to out/<stack>/.',
    )
    .argument('<stack>', 'a folder of stacks/')
    .option('--main <branch>', 'the branch that proposals are merged into', 'main')
    .option('--today <day>', 'the day to audit on (embedded tenant only)')
    .action(audit);
}

async function audit(stack: string, options: Options, command: Command): Promise<void> {
  const { github } = remoteFrom(process.env, options.main);
  if (github) await refusePublicRepository(github);
  await told(github, stack, () => auditAndWrite(stack, options, globals(command)));
}

async function auditAndWrite(
  stack: string,
  { main, today: given }: Options,
  { repo, json, verbose }: Globals,
): Promise<void> {
  const files = await loadStack(openWorkingTree(repo), stack);
  const today = await todayFor(files.tenant.value.cloud, given);
  const progress = progressTo(process.stderr, { verbose });
  const run = await runAudit({
    files,
    remote: remoteFrom(process.env, main, { verbose }),
    repository: repo,
    today,
    log: requestsToPrint({ verbose }),
    onProgress: progress.report,
    onQuotaWait: quotaNotes((sentence) => console.error(sentence)),
  }).finally(progress.end);
  const { result } = run;
  const artifact = artifactUrlFrom(process.env);
  const written = await writeResults(run, { repository: repo, main, ...artifact });
  await appendSummary(jobSummary(result, artifact));
  if (json) printJson(auditDocument(result, { folder: outFolder(repo, stack), written }));
  else printAudit(result, written);
}
