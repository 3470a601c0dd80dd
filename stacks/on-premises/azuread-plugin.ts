// The azuread plugin, which the engine needs only for the quarantine: whether it is installed, and installing it.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Workspace } from '@pulumi/pulumi/automation/index.js';
import manifest from '../../package.json' with { type: 'json' };

/** The program's SDK asks for exactly this version. */
export const azureadVersion = manifest.dependencies['@pulumi/azuread'];
export const installCommand = `pulumi plugin install resource azuread ${azureadVersion}`;

/** Where the engine looks: on the PATH, then among its own plugins. */
export function hasAzureadPlugin(env: NodeJS.ProcessEnv): boolean {
  const home = env.PULUMI_HOME ?? join(env.HOME ?? homedir(), '.pulumi');
  const places = [...(env.PATH ?? '').split(delimiter), join(home, 'plugins', `resource-azuread-v${azureadVersion}`)];
  const names = ['pulumi-resource-azuread', 'pulumi-resource-azuread.exe'];
  return places.some((place) => place !== '' && names.some((name) => existsSync(join(place, name))));
}

/** Downloads it if it is missing. Returns why that failed, as a sentence; null: it is there. */
export async function ensureAzureadPlugin(workspace: Workspace, env: NodeJS.ProcessEnv): Promise<string | null> {
  if (hasAzureadPlugin(env)) return null;
  try {
    await workspace.installPlugin('azuread', `v${azureadVersion}`);
    return null;
  } catch {
    return `The azuread plugin ${azureadVersion} is not on this machine and cannot be downloaded, so the quarantine stays as it is. Install it with \`${installCommand}\`.`;
  }
}

/**
 * The engine loads the plugin of everything in its state, even of what it leaves alone, and stops if it cannot. This stands
 * in for it: it starts, and does nothing.
 */
export function substituteAbsentPlugin(workspace: Workspace, { PATH = '' }: NodeJS.ProcessEnv): void {
  const folder = fileURLToPath(new URL('no-plugin', import.meta.url));
  workspace.envVars = { ...workspace.envVars, PATH: [folder, PATH].join(delimiter) };
}
