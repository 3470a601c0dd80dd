// The Pulumi engine as this product runs it: the program inline, the m365 provider from this folder, structured events.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CommandError,
  LocalWorkspace,
  type PulumiCommand,
  type PulumiFn,
  type Stack,
} from '@pulumi/pulumi/automation/index.js';
import { stringify } from 'yaml';
import { DormantError } from '../../policy/errors.ts';
import { homeWithoutLog } from './home.ts';

export interface StackOptions {
  stack: string;
  program: PulumiFn;
  pulumiCommand: PulumiCommand;
  /** Where the state is: `file://…`, `azblob://…`, `s3://…`, `gs://…` or Pulumi Cloud. */
  backendUrl: string;
  /** For the engine's own settings; it may be deleted between runs: the state holds no secret that its salt would open. */
  workDir: string;
  /** Reaches the provider's process as it is, and never the state: endpoints, credentials. */
  environment?: Record<string, string>;
  /** The folder of `pulumi-resource-m365`. */
  provider?: string;
}

/** The project's name is part of every URN: it must be the one in Pulumi.yaml, or plain `pulumi` sees another stack. */
const projectName = 'dormant';

/**
 * How many resource operations may wait for the provider at once. Graph takes 20 requests per $batch: the default of
 * 4 per processor never fills one, and more than a few hundred only costs the engine memory.
 */
export const parallel = 64;

/** The stack, made on its first use. Throws what the Automation API throws: StackNotFoundError, CommandError. */
export async function createStack(options: StackOptions): Promise<Stack> {
  const { stack, program, pulumiCommand, workDir } = options;
  await mkdir(workDir, { recursive: true });
  await writeFile(join(workDir, 'Pulumi.yaml'), projectFile(options));
  return LocalWorkspace.createOrSelectStack(
    { stackName: stack, projectName, program },
    { workDir, pulumiCommand, envVars: environmentOf(options, await homeWithoutLog(workDir)) },
  );
}

/** Written as a file because the Automation API's own project settings know no plugins. */
function projectFile({
  provider = fileURLToPath(new URL('../provider', import.meta.url)),
}: StackOptions): string {
  return stringify({
    name: projectName,
    runtime: 'nodejs',
    plugins: { providers: [{ name: 'm365', path: provider }] },
  });
}

function environmentOf(
  { backendUrl, environment }: StackOptions,
  home: string | null,
): Record<string, string> {
  return {
    PULUMI_BACKEND_URL: withoutSidecars(backendUrl),
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    ...(home === null ? {} : { PULUMI_HOME: home }),
    // The state holds no secret, so an empty passphrase protects as much as any; whoever sets one keeps it.
    ...(hasPassphrase() ? {} : { PULUMI_CONFIG_PASSPHRASE: '' }),
    // The provider runs on the Node that runs this, whatever an older one on the PATH is.
    DORMANT_NODE: process.execPath,
    ...environment,
  };
}

/**
 * Beside each file of a `file://` backend the engine writes another with its attributes, which nobody reads, and not in one
 * move as it does the state: killed in between it finds that one empty ever after, and opens the stack no more.
 */
function withoutSidecars(backendUrl: string): string {
  if (!backendUrl.startsWith('file://') || /[?&]metadata=/.test(backendUrl)) return backendUrl;
  return `${backendUrl}${backendUrl.includes('?') ? '&' : '?'}metadata=skip`;
}

/** What the engine's CLI ended with, as a sentence; every other error as it is. */
export function engineFailure(error: unknown): unknown {
  if (!(error instanceof CommandError)) return error;
  const said = [...error.message.matchAll(/^\s*error: (.+)$/gm)].map(([, text]) => text).join('; ');
  return new DormantError('engine-failed', `The Pulumi engine stopped: ${said || 'it gave no reason.'}`, {
    remedy: 'Mend what it names, then run the same command again; doctor tells whether the backend answers.',
    cause: error,
  });
}

function hasPassphrase(): boolean {
  return 'PULUMI_CONFIG_PASSPHRASE' in process.env || 'PULUMI_CONFIG_PASSPHRASE_FILE' in process.env;
}
