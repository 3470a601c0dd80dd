// What preview and apply need to run the engine: the stack's files, the Pulumi CLI, and where the state is.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Identity } from '../../graph/credential.ts';
import { DormantError } from '../../policy/errors.ts';
import { loadStack } from '../../policy/files/stack-files.ts';
import { isEmulated } from '../../policy/schemas/tenant.ts';
import { type CommitMap, parseCommitMap } from '../../policy/signing/commit-map.ts';
import { readAppliedMain } from '../../stacks/applied-main.ts';
import type { StackRunOptions } from '../../stacks/engine/engine-plan.ts';
import { ensurePulumi } from '../../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { createPrintingLog } from '../print-request.ts';
import { createQuotaNotifier } from '../quota-notes.ts';
import { resolveMoment } from '../today.ts';
import { readPreviewedMain } from './main-base.ts';
import { readStageDays } from './stage-days.ts';

interface RunQuery {
  repo: string;
  stack: string;
  /** --today; if absent, the present day. */
  today: string | undefined;
  identity: Identity;
  verbose: boolean;
  /** Of a preview, the ref that it is held against; null: main as it is known here. Absent: HEAD is applied. */
  base?: string | null;
  /** --rewound-to, of an apply. */
  rewoundTo?: string | undefined;
  /** --commit-map, of an apply: a file's path. */
  commitMap?: string | undefined;
}

export async function buildRunOptions(query: RunQuery): Promise<StackRunOptions> {
  const { repo: repository, stack, today, identity, verbose, base, rewoundTo, commitMap } = query;
  const files = await loadStack(openWorkingTree(repository), stack);
  const { cloud } = files.tenant.value;
  const { today: day, startsAt } = await resolveMoment(files.tenant.value, today);
  return {
    repository,
    env: process.env,
    files,
    main:
      base === undefined
        ? await readAppliedMain(repository, files, { env: process.env, rewoundTo })
        : await readPreviewedMain(repository, stack, base),
    today: day,
    commits: commitMap === undefined ? undefined : await readCommitMap(commitMap),
    startsAt,
    backendUrl: await resolveBackendUrl(repository, stack, isEmulated(cloud)),
    pulumiCommand: await ensurePulumi({ env: process.env, say: (sentence) => console.error(sentence) }),
    since: await readStageDays(repository, files, day),
    requests: createPrintingLog({ verbose }),
    requestsOfProvider: verbose,
    onQuotaWait: createQuotaNotifier((sentence) => console.error(sentence)),
    identity,
  };
}

/** Relative to where the command is run. Throws `commit-map` (exit code 2). */
async function readCommitMap(path: string): Promise<CommitMap> {
  return parseCommitMap(await readFile(path, 'utf8').catch(() => `${path} cannot be read`));
}

/** The embedded tenant's state is beside its results. A real tenant's must outlive the machine, so it must be named. */
export async function resolveBackendUrl(repository: string, stack: string, isEmbedded: boolean): Promise<string> {
  const url = process.env.PULUMI_BACKEND_URL;
  if (url) return url;
  if (!isEmbedded) {
    throw new DormantError('no-backend', 'PULUMI_BACKEND_URL does not say where the state is.', {
      exitCode: 2,
      remedy: 'Set it to azblob://…, s3://…, gs://…, file://… or Pulumi Cloud’s address.',
    });
  }
  const folder = join(repository, 'out', stack, 'state');
  await mkdir(folder, { recursive: true });
  return `file://${folder}`;
}
