// For tests: whether this machine has the azuread plugin, in the version that package.json pins.
import { azureadVersion, hasAzureadPlugin, installCommand } from '../stacks/on-premises/azuread-plugin.ts';

const isInstalled = hasAzureadPlugin(process.env);

export const azureadPlugin = {
  version: azureadVersion,
  isInstalled,
  /** The title of a test that needs it; if it is skipped, the title says how to install it. */
  titled: (title: string) => (isInstalled ? title : `${title} (skipped: ${installCommand})`),
};
