// The clients that the embedded tenant is held against: programs of others, each in a folder with the versions it is pinned to.
import { fileURLToPath } from 'node:url';
import { cargo, go, maven, npm, python, type Toolchain } from './toolchains.ts';

export interface Client {
  /** Its folder below `clients/`, which is also its name on the command line. */
  readonly folder: string;
  /** The package whose version is shown, as its registry calls it. */
  readonly package: string;
  readonly toolchain: Toolchain;
  /**
   * How it finds the tenant: by settings that its documentation names, or, where it has Microsoft's hosts built in, by a proxy
   * that leads them here.
   */
  readonly reach: 'settings' | 'proxy';
  /** It has no calls of Graph. */
  readonly isForSignIn?: true;
}

export const clients: readonly Client[] = [
  {
    folder: 'microsoft-graph-client',
    package: '@microsoft/microsoft-graph-client',
    toolchain: npm,
    reach: 'settings',
  },
  { folder: 'msgraph-sdk-typescript', package: '@microsoft/msgraph-sdk', toolchain: npm, reach: 'settings' },
  { folder: 'pnp-graph', package: '@pnp/graph', toolchain: npm, reach: 'settings' },
  { folder: 'cli-microsoft365', package: '@pnp/cli-microsoft365', toolchain: npm, reach: 'proxy' },
  { folder: 'msgraph-sdk-python', package: 'msgraph-sdk', toolchain: python, reach: 'settings' },
  { folder: 'o365-python', package: 'O365', toolchain: python, reach: 'proxy' },
  {
    folder: 'office365-rest-python-client',
    package: 'Office365-REST-Python-Client',
    toolchain: python,
    reach: 'proxy',
  },
  { folder: 'msgraph-sdk-go', package: 'github.com/microsoftgraph/msgraph-sdk-go', toolchain: go, reach: 'settings' },
  { folder: 'hamilton', package: 'github.com/manicminer/hamilton', toolchain: go, reach: 'settings' },
  { folder: 'graph-rs-sdk', package: 'graph-rs-sdk', toolchain: cargo, reach: 'proxy' },
  { folder: 'msgraph-sdk-java', package: 'com.microsoft.graph:microsoft-graph', toolchain: maven, reach: 'settings' },
  { folder: 'msal-node', package: '@azure/msal-node', toolchain: npm, reach: 'settings', isForSignIn: true },
  { folder: 'azure-identity', package: '@azure/identity', toolchain: npm, reach: 'settings', isForSignIn: true },
  { folder: 'msal-python', package: 'msal', toolchain: python, reach: 'settings', isForSignIn: true },
];

export const clientsFolder = fileURLToPath(new URL('clients', import.meta.url));
