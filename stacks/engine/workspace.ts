// The Pulumi engine as Dormant runs it: the program inline, the m365 provider from this folder, structured events.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { fileURLToPath } from 'node:url';
import {
  type InlineProgramArgs,
  LocalWorkspace,
  type LocalWorkspaceOptions,
  type PulumiCommand,
  type PulumiFn,
  type Stack,
  StackAlreadyExistsError,
  StackNotFoundError,
  type Workspace,
} from '@pulumi/pulumi/automation/index.js';
import { parse, stringify } from 'yaml';
import { projectName } from '../provider/resource-name.ts';
import { noPluginFolder } from './azuread-plugin.ts';
import { prepareHomeWithoutLogs } from './pulumi-home.ts';

interface StackOptions {
  stack: string;
  program: PulumiFn;
  pulumiCommand: PulumiCommand;
  /** Where the state is: `file://…`, `azblob://…`, `s3://…`, `gs://…` or Pulumi Cloud. */
  backendUrl: string;
  /** For the engine's own settings; may be deleted between runs: the state holds no secret that its salt would open. */
  workDir: string;
  /** Of the command that starts the engine. */
  env: NodeJS.ProcessEnv;
  /** Passed to the provider's process and never to the state: endpoints, credentials. */
  environment?: Record<string, string>;
  /** The folder of `pulumi-resource-m365`. */
  provider?: string;
}

/**
 * How many resource operations may wait for the provider at once. Graph takes 20 requests per $batch: the default of 4 per
 * processor never fills one, and more than a few hundred only cost the engine memory.
 */
export const maxParallelOperations = 64;

/** The stack, created on its first use. Throws what the Automation API throws. */
export async function createStack(options: StackOptions): Promise<Stack> {
  const [program, workspace] = await prepareWorkspace(options);
  try {
    return await LocalWorkspace.createOrSelectStack(program, workspace);
  } catch (error) {
    // Another first apply was faster.
    if (!(error instanceof StackAlreadyExistsError)) throw error;
    return LocalWorkspace.selectStack(program, workspace);
  }
}

/**
 * The stack for reading: nothing is written to its backend, for which a preview has no right. A stack that does not exist
 * is an empty one in a local folder, which shows what its first apply would do.
 */
export async function selectStack(options: StackOptions): Promise<Stack> {
  const [program, workspace] = await prepareWorkspace(options);
  const envVars = { ...workspace.envVars, ...readOnlyBackendEnv };
  try {
    return await LocalWorkspace.selectStack(program, { ...workspace, envVars });
  } catch (error) {
    if (!(error instanceof StackNotFoundError)) throw error;
    return createEmptyStack(options);
  }
}

/**
 * In a backend without any stack the engine writes its layout down even if it only reads; asked for the old layout it
 * writes nothing. Where there are stacks their layout is known, and this has no effect.
 */
export const readOnlyBackendEnv = {
  PULUMI_DIY_BACKEND_LEGACY_LAYOUT: 'true',
  PULUMI_DIY_BACKEND_IGNORE_DEPRECATION_WARNING: 'true',
};

async function createEmptyStack(options: StackOptions): Promise<Stack> {
  const workDir = join(options.workDir, 'first');
  const state = join(workDir, 'state');
  await rm(workDir, { recursive: true, force: true });
  await mkdir(state, { recursive: true });
  return createStack({ ...options, workDir, backendUrl: `file://${state}` });
}

async function prepareWorkspace(options: StackOptions): Promise<[InlineProgramArgs, LocalWorkspaceOptions]> {
  const { stack, program, pulumiCommand, workDir } = options;
  await mkdir(workDir, { recursive: true });
  await writeFile(join(workDir, 'Pulumi.yaml'), renderProjectFile(options));
  const envVars = buildEnvironment(options, await prepareHomeWithoutLogs(workDir, options.env));
  return [
    { stackName: stack, projectName, program },
    { workDir, pulumiCommand, envVars },
  ];
}

interface ProjectFile {
  plugins: { providers: { name: string; path: string }[] };
}

/** A file, because the Automation API's own project settings have no plugins. Until `usePlugin` the azuread one does nothing. */
function renderProjectFile({
  provider = fileURLToPath(new URL('../provider', import.meta.url)),
}: StackOptions): string {
  return stringify({
    name: projectName,
    runtime: 'nodejs',
    plugins: {
      providers: [
        { name: 'm365', path: provider },
        { name: 'azuread', path: noPluginFolder },
      ],
    },
  });
}

/**
 * From its next command on the engine runs this folder's plugin and no other of that name: it asks its project's file before
 * the PATH and its own plugins (`getPluginInfoAndPath` in
 * https://github.com/pulumi/pulumi/blob/v3.250.0/sdk/go/common/workspace/plugins.go).
 */
export async function usePlugin({ workDir }: Workspace, name: string, path: string): Promise<void> {
  const file = join(workDir, 'Pulumi.yaml');
  const project: ProjectFile = parse(await readFile(file, 'utf8'));
  const providers = project.plugins.providers.filter((provider) => provider.name !== name);
  await writeFile(file, stringify({ ...project, plugins: { providers: [...providers, { name, path }] } }));
}

function buildEnvironment({ backendUrl, env, environment }: StackOptions, home: string | null): Record<string, string> {
  return {
    PULUMI_BACKEND_URL: disableSidecars(backendUrl),
    ...(home === null ? {} : { PULUMI_HOME: home }),
    ...getEngineDefaults(env),
    // It would compare a plugin that it downloads with no hash, and take one of the PATH for any version.
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
    PULUMI_IGNORE_AMBIENT_PLUGINS: 'true',
    // The provider runs on this Node, even if an older one is on the PATH.
    DORMANT_NODE: execPath,
    ...environment,
  };
}

/** Settings that differ from the engine's own, unless `env` sets them. */
export function getEngineDefaults(env: NodeJS.ProcessEnv): Record<string, string> {
  return {
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    // The history keeps each apply's state already; this would keep it once more, also without end.
    PULUMI_DIY_BACKEND_DISABLE_CHECKPOINT_BACKUPS: 'true',
    // The state holds no secret, so an empty passphrase protects as much as any; one that is set is kept.
    ...(hasPassphrase(env) ? {} : { PULUMI_CONFIG_PASSPHRASE: '' }),
  };
}

/**
 * Beside each file of a `file://` backend the engine writes one with its attributes, which is never used, and not
 * atomically as it does the state: killed in between it leaves an empty one, and cannot open the stack again.
 */
function disableSidecars(backendUrl: string): string {
  if (!backendUrl.startsWith('file://') || /[?&]metadata=/.test(backendUrl)) return backendUrl;
  return `${backendUrl}${backendUrl.includes('?') ? '&' : '?'}metadata=skip`;
}

function hasPassphrase(env: NodeJS.ProcessEnv): boolean {
  return 'PULUMI_CONFIG_PASSPHRASE' in env || 'PULUMI_CONFIG_PASSPHRASE_FILE' in env;
}
