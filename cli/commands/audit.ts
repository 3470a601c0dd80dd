// dormant audit: reads a tenant, judges, plans, and writes what it found. Writes nothing to the tenant but the report setting.
import { Command } from 'commander';
import { runAudit } from '../../audit/run.ts';
import { outFolder, writeResults } from '../../audit/write.ts';
import { loadStack } from '../../policy/repository.ts';
import { workingTree } from '../../stacks/working-tree.ts';
import { printAudit } from '../audit/print-audit.ts';
import { globals, printJson } from '../globals.ts';
import { progressTo } from '../progress.ts';
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
  const { repo, json, verbose } = globals(command);
  const files = await loadStack(workingTree(repo), stack);
  const today = await todayFor(files.tenant.value.cloud, options.today);
  const remote = remoteFrom(process.env, options.main);
  const progress = progressTo(process.stderr, { verbose });
  const run = await runAudit({ files, remote, repository: repo, today, onProgress: progress.report }).finally(
    progress.end,
  );
  const written = await writeResults(run, {
    repository: repo,
    main: options.main,
    ...artifactUrlFrom(process.env),
  });
  if (json)
    printJson({
      stack,
      auditedOn: today,
      folder: outFolder(repo, stack),
      written,
      counts: run.result.counts,
    });
  else printAudit(run.result, written);
}
