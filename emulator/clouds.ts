// The clouds a tenant can be in: names of the services, audiences of their tokens, and differences from the global cloud.
import type { Switches } from './options.ts';

export const CLOUD_NAMES = ['global', 'usgov', 'usgov-dod', 'china'] as const;
export type CloudName = (typeof CLOUD_NAMES)[number];

interface EmulatedCloud {
  /** Azure Resource Manager's name for it. */
  readonly azureName: string;
  /** Graph's root, which is the audience of its tokens (microsoft-graph-docs-contrib, concepts/deployments.md). */
  readonly graph: string;
  /** Exchange's resources; the first one answers unless the switch `exchangeHost` names another. */
  readonly exchange: readonly string[];
  /** Entra's login host, in the address of its page on errors. */
  readonly login: string;
  /** The issuer of v1 tokens, Graph's among them (Azure/aks-engine, pkg/api/defaults-apiserver.go, for 21Vianet). */
  readonly sts: string;
  /** The audience of a federated token that is exchanged in this cloud. */
  readonly tokenExchange: string;
  /** Differences from `DEFAULT_SWITCHES`. */
  readonly switches: Partial<Switches>;
}

/** Microsoft's names for the columns that 21Vianet's report of active users does not have (beta page of the report). */
const CHINA_MISSING_COLUMNS = ['Yammer', 'Teams'].flatMap((service) => [
  `Has ${service} License`,
  `${service} Last Activity Date`,
  `${service} License Assign Date`,
]);

/**
 * Exchange's hosts are those of cisagov/ScubaGear (Get-ExchangeOnlineScope). 21Vianet's is partner.outlook.cn in every
 * client seen, but outlook.office365.cn on the pages of the admin API: unverified. Agent users in national clouds are a
 * guess, too.
 */
export const CLOUDS: Readonly<Record<CloudName, EmulatedCloud>> = {
  global: {
    azureName: 'AzureCloud',
    graph: 'https://graph.microsoft.com',
    exchange: ['https://outlook.office365.com', 'https://outlook.office.com'],
    login: 'login.microsoftonline.com',
    sts: 'sts.windows.net',
    tokenExchange: 'api://AzureADTokenExchange',
    switches: {},
  },
  usgov: {
    azureName: 'AzureUSGovernment',
    graph: 'https://graph.microsoft.us',
    exchange: ['https://outlook.office365.us'],
    login: 'login.microsoftonline.us',
    sts: 'sts.windows.net',
    tokenExchange: 'api://AzureADTokenExchangeUSGov',
    switches: { agentUsers: false },
  },
  'usgov-dod': {
    azureName: 'AzureUSGovernment',
    graph: 'https://dod-graph.microsoft.us',
    exchange: ['https://outlook-dod.office365.us'],
    login: 'login.microsoftonline.us',
    sts: 'sts.windows.net',
    tokenExchange: 'api://AzureADTokenExchangeUSGov',
    switches: { agentUsers: false, oneDriveClock: 'off' },
  },
  china: {
    azureName: 'AzureChinaCloud',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    exchange: ['https://partner.outlook.cn', 'https://outlook.office365.cn'],
    login: 'login.partner.microsoftonline.cn',
    sts: 'sts.chinacloudapi.cn',
    tokenExchange: 'api://AzureADTokenExchangeChina',
    switches: { agentUsers: false, reportLacks: CHINA_MISSING_COLUMNS },
  },
};

/** The resource at which this tenant's Exchange answers. */
export function getExchangeHost(cloud: CloudName, { exchangeHost: chosen }: Switches): string {
  return chosen ?? CLOUDS[cloud].exchange[0] ?? '';
}
