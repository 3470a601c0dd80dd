// Runs one step: an action reimplemented here, or its `run:` in bash with Actions' files for outputs and summary.
import { cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import picomatch from 'picomatch';
import { parse } from 'yaml';
import { createGit } from '../../forge/git/git.ts';
import { productionInstall } from '../../tools/production-packages.ts';
import { type Contexts, interpolate } from './expressions.ts';
import type { WorkflowStep } from './workflow-file.ts';
import type { WorkflowRunOptions } from './workflow-run-options.ts';

export interface StepRun {
  name: string;
  exitCode: number;
  /** Standard output and error, as they came. */
  log: string;
  outputs: Record<string, string>;
  summary: string;
}

export interface StepScope {
  /** The job's folder: `work` is its workspace, `temp` its RUNNER_TEMP. */
  folder: string;
  contexts: Contexts;
  jobEnv: Record<string, string | number>;
  /** Variables that the job's environment adds. */
  signIn: Record<string, string>;
  options: WorkflowRunOptions;
}

/** CI's own work, which would run the tests that this one is of; it passes here. */
const ofTheCode = ['npm ci', 'npm start', 'npm test', 'npm run check', 'npm run sbom'];

export async function runStep(step: WorkflowStep, scope: StepScope): Promise<StepRun> {
  const name = step.name ?? step.uses ?? step.run ?? '';
  const fill = (value: string | number | boolean) => interpolate(String(value), scope.contexts);
  const inputs = Object.fromEntries(Object.entries(step.with ?? {}).map(([key, value]) => [key, fill(value)]));
  const quiet = { name, exitCode: 0, log: '', outputs: {}, summary: '' };
  if (step.uses?.startsWith('./')) return { ...quiet, ...(await runOwnAction(step.uses, inputs, scope)) };
  if (step.uses !== undefined)
    return useAction(step.uses, inputs, scope).then(
      (outputs) => ({ ...quiet, outputs }),
      (error: unknown) => ({ ...quiet, exitCode: 1, log: String(error) }),
    );
  if (step.run !== undefined && step.run === scope.options.failingStep) return { ...quiet, exitCode: 1 };
  if (step.run !== undefined && ofTheCode.includes(step.run)) return quiet;
  if (step.run === productionInstall) {
    await symlink(scope.options.installed, join(getWorkspace(scope), 'node_modules'));
    return quiet;
  }
  return { ...quiet, ...(await runInBash(fill(step.run ?? ''), step, scope)) };
}

async function useAction(
  uses: string,
  inputs: Record<string, string>,
  scope: StepScope,
): Promise<Record<string, string>> {
  const action = uses.slice(0, uses.indexOf('@'));
  if (action === 'actions/checkout') return checkout(inputs, scope);
  if (action === 'actions/upload-artifact') await upload(inputs, scope);
  if (action === 'actions/download-artifact') await download(inputs, scope);
  if (action === 'actions/create-github-app-token') return createAppToken(inputs, scope.options);
  const known = ['actions/upload-artifact', 'actions/download-artifact', 'actions/setup-node'];
  if (!known.includes(action)) throw new Error(`The action ${uses} is not supported here.`);
  return {};
}

/** https://github.com/actions/create-github-app-token: only with the App's key, and of its rights those that are asked for. */
function createAppToken(inputs: Record<string, string>, { app }: WorkflowRunOptions): Record<string, string> {
  if (app === null || inputs['client-id'] !== app.clientId) throw new Error('Integration not found');
  if (inputs['private-key'] !== app.privateKey) throw new Error('Input required and not supplied: private-key');
  const asked = Object.entries(inputs).flatMap(([name, level]) => {
    const [, permission] = /^permission-(.+)$/.exec(name) ?? [];
    return permission === undefined ? [] : [[permission.replaceAll('-', '_'), level]];
  });
  return { token: app.createToken(Object.fromEntries(asked)), 'app-slug': 'dormant-app' };
}

/** An action of the repository: the steps of the file that was checked out, whoever has written it. */
async function runOwnAction(uses: string, inputs: Record<string, string>, scope: StepScope) {
  const file = parse(await readFile(join(getWorkspace(scope), uses, 'action.yml'), 'utf8'));
  const logs: string[] = [];
  for (const step of file.runs.steps as WorkflowStep[]) {
    const run = await runStep(step, { ...scope, contexts: { ...scope.contexts, inputs } });
    logs.push(run.log);
    if (run.exitCode !== 0) return { exitCode: run.exitCode, log: logs.join('\n') };
  }
  return { log: logs.join('\n') };
}

/** Like actions/checkout: a detached head, and main's whole history only with `fetch-depth: 0`. */
async function checkout(inputs: Record<string, string>, scope: StepScope): Promise<Record<string, string>> {
  const { bare, event } = scope.options;
  const folder = join(getWorkspace(scope), inputs.path ?? '');
  const ref = inputs.ref || event.commit;
  const depth = inputs['fetch-depth'] ?? '1';
  await mkdir(folder, { recursive: true });
  const git = createGit(folder);
  await git.run(['init', '--quiet', '--initial-branch=main']);
  await git.run(['remote', 'add', 'origin', `file://${bare}`]);
  const all = ['+refs/heads/*:refs/remotes/origin/*'];
  const limits = depth === '0' ? [] : [`--depth=${depth}`];
  await git.run(['fetch', '--quiet', '--no-tags', ...limits, 'origin', ref, ...(depth === '0' ? all : [])]);
  const tip = await findTip(scope, ref);
  await git.run(['checkout', '--quiet', '--detach', tip]);
  return { ref, commit: tip };
}

async function findTip({ options }: StepScope, ref: string): Promise<string> {
  return createGit(options.bare).run(['rev-parse', `${ref}^{commit}`]);
}

/** Like actions/upload-artifact: what lies in the folder, but nothing whose name begins with a dot. */
async function upload(inputs: Record<string, string>, scope: StepScope): Promise<void> {
  const from = join(getWorkspace(scope), inputs.path ?? '');
  const to = join(scope.options.artifacts, inputs.name ?? 'artifact');
  const filter = (path: string) => !basename(path).startsWith('.');
  await rm(to, { recursive: true, force: true }); // an earlier run's is not this run's
  await cp(from, to, { recursive: true, filter }).catch(() => {}); // if-no-files-found: warn
  scope.options.retention.set(inputs.name ?? 'artifact', inputs['retention-days'] ?? '');
}

/** Like actions/download-artifact with `pattern` and `merge-multiple`, the only way in which it is used. */
async function download(inputs: Record<string, string>, scope: StepScope): Promise<void> {
  const { pattern = '', path = '', 'merge-multiple': isMerged } = inputs;
  if (isMerged !== 'true') throw new Error('Only merge-multiple is supported here.');
  const isWanted = picomatch(pattern);
  const names = await readdir(scope.options.artifacts);
  for (const name of names.filter((each) => isWanted(each)))
    await cp(join(scope.options.artifacts, name), join(getWorkspace(scope), path), { recursive: true });
}

async function runInBash(script: string, step: WorkflowStep, scope: StepScope) {
  const temp = join(scope.folder, 'temp');
  await mkdir(temp, { recursive: true });
  await mkdir(getWorkspace(scope), { recursive: true });
  const files = {
    output: join(temp, 'output'),
    summary: join(temp, 'summary'),
    event: join(temp, 'event.json'),
  };
  await Promise.all([
    writeFile(files.output, ''),
    writeFile(files.summary, ''),
    writeFile(files.event, JSON.stringify(scope.options.event.payload)),
  ]);
  const { exitCode = 1, all } = await execa('bash', ['-e', '-c', script], {
    cwd: getWorkspace(scope),
    env: { ...buildEnvironment(step, scope), ...buildPointers(files, temp) },
    extendEnv: false,
    reject: false,
    all: true,
    stdin: 'ignore',
  });
  const [output, summary] = await Promise.all([readFile(files.output, 'utf8'), readFile(files.summary, 'utf8')]);
  return { exitCode, log: all, outputs: parseOutputs(output), summary };
}

function buildEnvironment(
  step: WorkflowStep,
  { contexts, jobEnv, signIn, options }: StepScope,
): Record<string, string> {
  const { PATH = '', HOME = '', XDG_CACHE_HOME = '', NODE_COMPILE_CACHE = '', GOGC = '' } = process.env;
  const declared = Object.entries({ ...jobEnv, ...step.env }).map(([key, value]) => [
    key,
    interpolate(String(value), contexts),
  ]);
  return {
    PATH,
    HOME,
    XDG_CACHE_HOME,
    // For speed alone (tools/prepare-test-run.ts).
    ...{ NODE_COMPILE_CACHE, GOGC },
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: options.apiUrl,
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_REPOSITORY: options.repository,
    GITHUB_RUN_ID: '1',
    GITHUB_REF: options.event.ref,
    GITHUB_SHA: options.event.commit,
    GITHUB_EVENT_NAME: options.event.name,
    ...options.env,
    ...signIn,
    ...Object.fromEntries(declared),
  };
}

function buildPointers(files: { output: string; summary: string; event: string }, temp: string) {
  return {
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_EVENT_PATH: files.event,
    RUNNER_TEMP: temp,
  };
}

/** `name=value` lines, and values of several lines between two marks. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const pattern = /^(\w[\w-]*)(?:=(.*)|<<(\S+)\n([\s\S]*?)\n\3)$/gm;
  for (const [, name = '', single, , several] of text.matchAll(pattern)) outputs[name] = single ?? several ?? '';
  return outputs;
}

function getWorkspace({ folder }: StepScope): string {
  return join(folder, 'work');
}
