// The Pulumi CLI of exactly the SDK's version, in ~/.pulumi/versions: found there or on the PATH, else downloaded, else
// built from its Go module, so that a machine without internet runs the same engine. Once per machine.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { PulumiCommand } from '@pulumi/pulumi/automation/index.js';
import { version as pulumiVersion } from '@pulumi/pulumi/version.js';
import { DormantError } from '../../../policy/errors.ts';
import { runWithMachineLock } from './machine-lock.ts';
import { buildPulumi, type ReportProgress } from './pulumi-build.ts';

interface EnsurePulumiOptions {
  /** Takes sentences about the progress, at most one a second; default: standard error. */
  say?: ReportProgress;
  installerUrl?: string;
  /** How long to wait for the network of a machine that may have no internet, in milliseconds. */
  probeMs?: number;
  /** The official download into `root`. */
  download?: (root: string) => Promise<unknown>;
}

/**
 * The Pulumi CLI for the Automation API; the first call on a machine may take minutes.
 * Throws `pulumi-cli-missing` when it can be neither downloaded nor built, `pulumi-cli-build` when building failed.
 */
export async function ensurePulumi(options: EnsurePulumiOptions = {}): Promise<PulumiCommand> {
  const root = getInstallRoot();
  return (await findInstalled(root)) ?? (await findOnPath()) ?? (await installOnce(root, options));
}

/** Where the Automation API and the npm package `pulumi` look, too. */
function getInstallRoot(): string {
  return join(homedir(), '.pulumi', 'versions', pulumiVersion);
}

/** Runs it: a half written file does not print its version. */
async function findInstalled(root: string): Promise<PulumiCommand | undefined> {
  const isThere = ['pulumi', 'pulumi.exe'].some((file) => existsSync(join(root, 'bin', file)));
  return isThere ? selectThisVersion(PulumiCommand.get({ root })) : undefined;
}

function findOnPath(): Promise<PulumiCommand | undefined> {
  return selectThisVersion(PulumiCommand.get());
}

async function selectThisVersion(found: Promise<PulumiCommand>): Promise<PulumiCommand | undefined> {
  const command = await found.catch(() => undefined);
  return command?.version?.version === pulumiVersion ? command : undefined;
}

async function installOnce(root: string, options: EnsurePulumiOptions): Promise<PulumiCommand> {
  const { say = () => {} } = options;
  const wait = () => say(`waiting for another process that installs the Pulumi CLI ${pulumiVersion}`);
  return runWithMachineLock(join(root, 'install.lock'), wait, async () => {
    const installed = (await findInstalled(root)) ?? (await downloadPulumi(root, options, say));
    if (installed) return installed;
    await buildPulumi(root, pulumiVersion, say);
    const built = await findInstalled(root);
    if (built) return built;
    throw new DormantError('pulumi-cli-build', `The Pulumi CLI that was built does not run as ${pulumiVersion}.`, {
      where: join(root, 'bin'),
      remedy: 'Delete that folder and run the same command again.',
    });
  });
}

/** undefined: there is no internet, or the installer failed. */
async function downloadPulumi(
  root: string,
  { installerUrl = 'https://get.pulumi.com/install.sh', probeMs = 3_000, download }: EnsurePulumiOptions,
  say: ReportProgress,
): Promise<PulumiCommand | undefined> {
  if (!(await canReach(installerUrl, probeMs))) return undefined;
  say(`downloading the Pulumi CLI ${pulumiVersion}`);
  try {
    await (download ?? runOfficialInstaller)(root);
  } catch (error) {
    say(`the Pulumi CLI could not be downloaded: ${getFirstLine(error)}`);
  }
  return findInstalled(root);
}

function runOfficialInstaller(root: string): Promise<PulumiCommand> {
  return PulumiCommand.install({ root });
}

/** Without this check, the installer hangs for minutes on a network that drops packets. */
async function canReach(url: string, probeMs: number): Promise<boolean> {
  try {
    const response = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(probeMs) });
    return response.ok;
  } catch {
    return false;
  }
}

function getFirstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0] ?? text;
}
