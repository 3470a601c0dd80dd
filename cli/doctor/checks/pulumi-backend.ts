// The Pulumi backend: where the state is, and whether this identity may do what its command does: the preview reads, the
// apply writes. Writing is tried with an empty stack of another project, which is removed again: no tenant's state is
// touched.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PulumiCommand } from '@pulumi/pulumi/automation/index.js';
import { execa } from 'execa';
import { isFields } from '../../../graph/json-fields.ts';
import { extractEngineMessage, findBackendFault } from '../../../stacks/engine/engine-errors.ts';
import { findPulumi, findPulumiArchive } from '../../../stacks/engine/pulumi-cli/pulumi-cli.ts';
import { getEngineDefaults, readOnlyBackendEnv } from '../../../stacks/engine/workspace.ts';
import { projectName } from '../../../stacks/provider/resource-name.ts';
import { type Check, type Finding, fail, pass, skip } from '../check.ts';
import type { DoctorContext } from '../context.ts';

const timeoutMs = 60_000;

export const pulumiBackend: Check = {
  name: 'Pulumi backend',
  needs: null,
  async run(context) {
    const pulumi = await findPulumi(await findPulumiArchive(), context.env);
    if (pulumi === null) return skip('not checked, because the Pulumi CLI is missing');
    if (!context.env.PULUMI_BACKEND_URL)
      return fail(
        'PULUMI_BACKEND_URL is not set, so it is unknown where the state is',
        `gh variable set PULUMI_BACKEND_URL --env ${context.stack}-apply --body 'azblob://<container>?storage_account=<account>'`,
      );
    return useProbeFolder((folder) => examine(context, createPulumiRunner(pulumi.command, context.env, folder)));
  },
};

/** Runs the CLI with these arguments; `failure`: how it failed, as a finding. */
type PulumiRunner = (
  args: readonly string[],
  env?: NodeJS.ProcessEnv,
) => Promise<{ output: string; failure: Finding | null }>;

async function examine({ stack, identity, env }: DoctorContext, runPulumi: PulumiRunner): Promise<Finding> {
  const list = await runPulumi(['stack', 'ls', '--all', '--json'], readOnlyBackendEnv);
  if (list.failure) return list.failure;
  const name = findStackName(list.output, stack);
  const read = name === null ? null : await runPulumi(['stack', 'export', '--stack', name], readOnlyBackendEnv);
  if (read?.failure) return read.failure;
  const holds = name === null ? 'the first apply makes this stack' : 'holds this stack';
  if (identity === 'audit') return pass(`answers, and can be read; ${holds}`);
  // Pulumi Cloud manages rights itself, and must not get a project for a probe.
  if (/^https?:/.test(env.PULUMI_BACKEND_URL ?? '')) return pass(`answers; ${holds}`);
  const writeFailure = await tryToWrite(stack, runPulumi);
  return writeFailure ?? pass(`answers, and can be read and written; ${holds}`);
}

/** The bootstrap's stack ends with the same name, in another project. */
function findStackName(list: string, stack: string): string | null {
  const stacks: unknown = JSON.parse(list);
  const names = (Array.isArray(stacks) ? stacks : []).filter(isFields).map(({ name }) => String(name));
  return names.find((name) => name.endsWith(`/${projectName}/${stack}`)) ?? null;
}

/** null: writing is allowed. */
async function tryToWrite(stack: string, runPulumi: PulumiRunner): Promise<Finding | null> {
  const name = `organization/${probeProject}/${stack}-${process.pid}`;
  const created = await runPulumi(['stack', 'init', name]);
  if (created.failure) return created.failure;
  const removed = await runPulumi(['stack', 'rm', '--yes', '--remove-backups', '--stack', name]);
  return removed.failure;
}

const probeProject = 'dormant-doctor';

/** A folder with its own project: this repository's project must not get a stack. */
async function useProbeFolder(use: (folder: string) => Promise<Finding>): Promise<Finding> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-doctor-'));
  try {
    await writeFile(join(folder, 'Pulumi.yaml'), `name: ${probeProject}\nruntime: nodejs\n`);
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function createPulumiRunner(pulumi: PulumiCommand, env: NodeJS.ProcessEnv, cwd: string): PulumiRunner {
  return async (args, more = {}) => {
    const { exitCode, stdout, stderr } = await execa(pulumi.command, [...args, '--non-interactive'], {
      cwd,
      env: { ...getEngineDefaults(env), ...env, ...more },
      extendEnv: false,
      reject: false,
      stdin: 'ignore',
      timeout: timeoutMs,
    });
    return { output: stdout, failure: exitCode === 0 ? null : toFailure(stderr) };
  };
}

function toFailure(stderr: string): Finding {
  const message = extractEngineMessage(stderr) || 'no answer in a minute';
  const fault = findBackendFault(message);
  return fault === null
    ? fail(`does not answer: ${message}`, 'pulumi login "$PULUMI_BACKEND_URL"')
    : fail(`${fault.means}: ${message}`, fault.remedy);
}
