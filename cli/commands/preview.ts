// dormant preview: what merging would do, from the state, the files and new reads. Writes nothing to the tenant.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, Option } from 'commander';
import { getOutFolder } from '../../audit/out-folder.ts';
import { requirePrivateRepository } from '../../forge/github/require-private.ts';
import type { Identity } from '../../graph/credential.ts';
import { requireStackName } from '../../policy/files/stack-files.ts';
import { buildBrokenRun } from '../../stacks/record/broken-run.ts';
import { type Changes, renderChangesComment, renderChangesSummary } from '../../stacks/record/changes-comment.ts';
import { describeClocks } from '../../stacks/record/describe-clocks.ts';
import { summariseChanges } from '../../stacks/record/summarise-changes.ts';
import { previewStack } from '../../stacks/run-stack.ts';
import { annotateRun } from '../annotations.ts';
import { printChanges } from '../apply/print-changes.ts';
import { publishPreview, type Review, requireReview } from '../apply/publish-preview.ts';
import { buildRunOptions } from '../apply/run-options.ts';
import { describeOldAudit } from '../audit/describe-old-audit.ts';
import { appendSummary } from '../github-actions.ts';
import { getGlobals, parsePullNumber, printJson } from '../globals.ts';
import { readHidingStyle } from '../read-hiding-style.ts';

interface Options {
  today?: string;
  pull?: number;
  base?: string;
  identity: Identity;
}

export function createPreviewCommand(): Command {
  return new Command('preview')
    .description('Say what applying the files would do, and to whom; write nothing to the tenant.')
    .argument('<stack>', 'a folder of stacks/')
    .option('--pull <number>', 'the pull request to comment on (with GITHUB_TOKEN)', parsePullNumber)
    .option('--base <ref>', 'what the files are held against (default: the remote’s main, as fetched last)')
    .addOption(
      new Option('--identity <name>', 'the identity to read with').choices(['audit', 'apply']).default('audit'),
    )
    .option('--today <day>', 'the day of the apply, or with an hour 2026-12-07T18:30 (embedded tenant only)')
    .action(preview);
}

async function preview(stack: string, { pull, ...options }: Options, command: Command): Promise<void> {
  requireStackName(stack);
  const { repo, json, verbose } = getGlobals(command);
  const review = pull === undefined ? null : requireReview(pull, { repo, verbose });
  if (review) await requirePrivateRepository(review.github);
  const changes = await runAndPublish(review, { repo, stack }, async () => {
    const run = await buildRunOptions({
      repo,
      stack,
      today: options.today,
      identity: options.identity,
      verbose,
      base: options.base ?? null,
    });
    const outcome = await previewStack(run);
    const { files } = outcome;
    const warnings = await describeOldAudit(review?.github ?? null, run.today);
    if (!json) annotateRun(warnings);
    const notes = [...outcome.notes, ...warnings];
    return { ...summariseChanges({ ...outcome, notes }, files), clocks: describeClocks(outcome, files, run.today) };
  });
  await writePreview(repo, changes);
  if (json) printJson(changes);
  else printChanges(changes);
  const isLimited = (changes.limited ?? null) !== null;
  if (changes.stopped !== null || isLimited || changes.refused.length > 0) process.exitCode = 1;
}

/** A preview that fails is published like a result, and then its error is thrown. */
async function runAndPublish(
  review: Review | null,
  { repo, stack }: { repo: string; stack: string },
  runPreview: () => Promise<Changes>,
): Promise<Changes> {
  if (review === null) return runPreview();
  const result = await runPreview().then(
    (changes) => ({ changes, isBroken: false, error: null }),
    async (error: unknown) => {
      const names = await readHidingStyle(repo);
      return {
        changes: { ...buildBrokenRun(stack, 'preview', error), ...(names && { names }) },
        isBroken: true,
        error,
      };
    },
  );
  await publishPreview(review, result.changes, result.isBroken);
  if (!result.isBroken) return result.changes;
  await appendSummary(renderSummary(result.changes));
  throw result.error;
}

async function writePreview(repo: string, changes: Changes): Promise<void> {
  const folder = getOutFolder(repo, changes.stack);
  const text = renderChangesComment(changes);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'preview.md'), text);
  await appendSummary(renderSummary(changes));
}

function renderSummary(changes: Changes): string {
  const where = `Who is concerned stands in the pull request’s comment, and in the artifact \`preview-${changes.stack}\` of this run.`;
  return renderChangesSummary(changes, where);
}
