// For tests: whether this machine has the azuread plugin, in the version that package.json pins.
import { azureadVersion, findAzureadArchive, findAzureadPlugin } from '../stacks/engine/azuread-plugin.ts';

const folder = findAzureadPlugin(await findAzureadArchive(), process.env);

export const azureadPlugin = {
  version: azureadVersion,
  folder,
  isInstalled: folder !== null,
  /** The title of a test that needs it; if it is skipped, the title says how to install it. */
  titled: (title: string) => (folder !== null ? title : `${title} (skipped: npm run pulumi-cli)`),
};
