// For tests: whether the azuread plugin is on this machine, in the version that package.json pins for the program.
import { azureadVersion, hasAzureadPlugin, installCommand } from '../stacks/on-premises/azuread-plugin.ts';

const isInstalled = hasAzureadPlugin();

export const azureadPlugin = {
  version: azureadVersion,
  isInstalled,
  /** The title of a test that needs it: a skip says how to run it. */
  titled: (title: string) => (isInstalled ? title : `${title} (skipped: ${installCommand})`),
};
