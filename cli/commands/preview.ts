// dormant preview: what merging would do, from the engine's own plan and fresh reads. Writes nothing to the tenant.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { changesComment } from '../../audit/proposal/body-changes.ts';
import { outFolder } from '../../audit/write.ts';
import { previewStack } from '../../stacks/run.ts';
import { changesOf } from '../apply/changes.ts';
import { printChanges } from '../apply/print-changes.ts';
import { runOptions } from '../apply/run-options.ts';
import { globals, printJson } from '../globals.ts';

export function previewCommand(): Command {
  return new Command('preview')
    .description('Say what applying the files would do, and to whom; write nothing to the tenant.')
    .argument('<stack>', 'a folder of stacks/')
    .option('--today <day>', 'the day of the apply (embedded tenant only)')
    .action(preview);
}

async function preview(stack: string, { today }: { today?: string }, command: Command): Promise<void> {
  const { repo, json } = globals(command);
  const options = await runOptions(repo, stack, today);
  const changes = changesOf(await previewStack(options), options.files);
  const folder = outFolder(repo, stack);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'preview.md'), changesComment(changes));
  if (json) printJson(changes);
  else printChanges(changes);
  if (changes.stopped !== null || changes.refused.length > 0) process.exitCode = 1;
}
