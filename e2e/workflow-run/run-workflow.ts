// Runs a workflow file unchanged on this machine: its jobs in order, its `run:` steps in bash, in fresh clones, with the
// environment of GitHub Actions, and what Actions gives to a run from there. The five actions that the workflows use are
// reimplemented, and actions of the repository itself run from its files.
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { admitsRef, limitPermissions } from '@dormant-m365/emulator/github';
import { createGit } from '../../forge/git/git.ts';
import { type Contexts, evaluateIf, evaluateTyped, interpolate, type JobStatus, type Json } from './expressions.ts';
import { runStep, type StepRun } from './run-step.ts';
import { listNeeds, parseWorkflow, sortJobs, type Workflow, type WorkflowJob } from './workflow-file.ts';
import type { WorkflowRunOptions } from './workflow-run-options.ts';

export interface JobRun {
  id: string;
  name: string;
  environment: string | null;
  conclusion: JobStatus;
  steps: StepRun[];
  /** Everything that its steps wrote to GITHUB_STEP_SUMMARY. */
  summary: string;
  outputs: Record<string, string>;
}

/** Every job, skipped ones too, in the order they ran; one per entry of a matrix. */
export async function runWorkflow(options: WorkflowRunOptions): Promise<JobRun[]> {
  const text = await createGit(options.bare).run(['show', `${options.event.commit}:.github/workflows/${options.file}`]);
  const workflow = parseWorkflow(text);
  const runs: JobRun[] = [];
  for (const [id, job] of sortJobs(workflow.jobs)) {
    const needs = listNeeds(job).map((need) => runs.filter((run) => run.id === need));
    const contexts = {
      ...buildBaseContexts(options, workflow),
      needs: buildNeedsContext(listNeeds(job), needs),
    };
    if (!evaluateIf(job.if, contexts, joinConclusions(needs.flat()))) {
      runs.push(buildSkippedJob(id, job));
      continue;
    }
    for (const matrix of expandMatrix(job, contexts)) {
      // One after the other in the same place, as on a hosted runner: Node has compiled the same files before.
      const folder = join(dirname(options.bare), 'job');
      await mkdir(folder);
      const run = runJob({ id, job, workflow, contexts: { ...contexts, matrix }, options, folder });
      runs.push(await run.finally(() => rm(folder, { recursive: true, force: true })));
    }
  }
  return runs;
}

function buildBaseContexts(
  { event, repository, vars = {}, secrets = {}, dependabotSecrets = {} }: WorkflowRunOptions,
  workflow: Workflow,
) {
  const given = { repository: secrets, fork: {}, dependabot: dependabotSecrets };
  const trigger = workflow.on[event.name];
  const defaults = Object.entries(trigger?.inputs ?? {}).map(([name, input]): [string, Json] => [
    name,
    input.default ?? null,
  ]);
  const github = {
    event_name: event.name,
    // A schedule's event has no repository: https://github.com/github/codeql-action/pull/1211
    event: { ...(event.name === 'schedule' ? {} : { repository: { default_branch: 'main' } }), ...event.payload },
    repository,
    ref: event.ref,
    sha: event.commit,
    token: '',
  };
  return { github, vars, secrets: given[event.from], inputs: { ...Object.fromEntries(defaults), ...event.inputs } };
}

/** What a job that needs these is asked about; a matrix counts as one. */
function joinConclusions(runs: readonly JobRun[]): JobRun['conclusion'] {
  const worst = (['failure', 'cancelled', 'skipped'] as const).find((each) =>
    runs.some(({ conclusion }) => conclusion === each),
  );
  return worst ?? 'success';
}

function buildNeedsContext(names: readonly string[], runs: readonly JobRun[][]): Json {
  return Object.fromEntries(
    names.map((name, index) => {
      const [first] = runs[index] ?? [];
      return [name, { result: joinConclusions(runs[index] ?? []), outputs: first?.outputs ?? {} }];
    }),
  );
}

/** Every combination of the matrix's lists. They run one after another here, whatever `max-parallel` allows. */
function expandMatrix({ strategy }: WorkflowJob, contexts: Contexts): Record<string, Json>[] {
  const setting = strategy?.['max-parallel'] ?? 1;
  const most = typeof setting === 'string' ? evaluateTyped(setting, contexts) : setting;
  if (typeof most !== 'number' || most < 1) throw new Error(`max-parallel must be a number above 0, not ${most}`);
  let combinations: Record<string, Json>[] = [{}];
  for (const [key, setting] of Object.entries(strategy?.matrix ?? {})) {
    const values = typeof setting === 'string' ? evaluateTyped(setting, contexts) : setting;
    if (!Array.isArray(values)) throw new Error(`the matrix's ${key} must be a list`);
    combinations = combinations.flatMap((entry) => values.map((value: Json) => ({ ...entry, [key]: value })));
  }
  return combinations;
}

interface JobScope {
  id: string;
  job: WorkflowJob;
  workflow: Workflow;
  contexts: Contexts;
  options: WorkflowRunOptions;
  folder: string;
}

async function runJob({ id, job, workflow, contexts, options, folder }: JobScope): Promise<JobRun> {
  const { event } = options;
  const environment = job.environment === undefined ? null : interpolate(job.environment, contexts);
  if (environment !== null && !admitsRef(options.settings, environment, event)) {
    const log = `${event.ref} is not allowed to deploy to ${environment} due to environment protection rules.`;
    const step = { name: 'Set up job', exitCode: 1, log, outputs: {}, summary: '' };
    return { ...buildSkippedJob(id, job), environment, conclusion: 'failure', steps: [step] };
  }
  const { vars = {}, ...ofEnvironment } = options.environments?.[environment ?? ''] ?? {};
  const permissions = limitPermissions(job.permissions ?? workflow.permissions ?? {}, event);
  const token = options.createToken(permissions);
  const secrets = event.from === 'repository' ? ofEnvironment.secrets : {};
  const signIn = permissions['id-token'] === 'write' ? (ofEnvironment.env ?? {}) : {};
  const scope: Record<string, Json> = {
    ...contexts,
    github: { ...toRecord(contexts.github), token },
    vars: { ...toRecord(contexts.vars), ...vars },
    secrets: { ...toRecord(contexts.secrets), ...secrets },
    runner: { temp: join(folder, 'temp') },
  };
  // `outcome` is how a step ended, `conclusion` the same after its `continue-on-error`:
  // https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#steps-context
  const outputs: Record<string, Json> = {};
  const steps: StepRun[] = [];
  let status: JobStatus = 'success';
  for (const step of job.steps) {
    const seen = { ...scope, steps: outputs };
    if (!evaluateIf(step.if, seen, status)) {
      if (step.id !== undefined) outputs[step.id] = { outputs: {}, outcome: 'skipped', conclusion: 'skipped' };
      continue;
    }
    options.beforeStep?.(step.name ?? step.uses ?? step.run ?? '');
    const jobEnv = { ...workflow.env, ...job.env };
    const run = await runStep(step, { folder, contexts: seen, jobEnv, signIn, options });
    steps.push(run);
    const outcome = run.exitCode === 0 ? 'success' : 'failure';
    const conclusion = step['continue-on-error'] === true ? 'success' : outcome;
    if (step.id !== undefined) outputs[step.id] = { outputs: run.outputs, outcome, conclusion };
    if (conclusion === 'failure') status = 'failure';
  }
  const named = Object.entries(job.outputs ?? {}).map(([name, value]) => [
    name,
    interpolate(value, { ...scope, steps: outputs }),
  ]);
  return {
    id,
    name: interpolate(job.name ?? id, scope),
    environment,
    conclusion: status,
    steps,
    summary: steps.map(({ summary }) => summary).join(''),
    outputs: Object.fromEntries(named),
  };
}

function buildSkippedJob(id: string, { name = id }: WorkflowJob): JobRun {
  return { id, name, environment: null, conclusion: 'skipped', steps: [], summary: '', outputs: {} };
}

function toRecord(value: Json | undefined): Readonly<Record<string, Json>> {
  return isRecord(value) ? value : {};
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
