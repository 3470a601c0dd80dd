// For tests: whether the azuread plugin is on this machine, in the version that package.json pins for the program.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import manifest from '../package.json' with { type: 'json' };

const version = manifest.dependencies['@pulumi/azuread'];
const places = [
  join(process.env.PULUMI_HOME ?? join(homedir(), '.pulumi'), 'plugins', `resource-azuread-v${version}`),
  ...(process.env.PATH ?? '').split(delimiter),
];
const isInstalled = places.some((place) => existsSync(join(place, 'pulumi-resource-azuread')));

export const azureadPlugin = {
  version,
  isInstalled,
  /** The title of a test that needs it: a skip says how to run it. */
  titled: (title: string) =>
    isInstalled ? title : `${title} (skipped: pulumi plugin install resource azuread ${version})`,
};
