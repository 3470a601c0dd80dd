// Which cloud the tenant is in: what its services are called there, whose tokens they take, and how it differs from the others.
import type { Switches } from './options.ts';

export const CLOUD_NAMES = ['global', 'usgov', 'usgov-dod', 'china'] as const;
export type CloudName = (typeof CLOUD_NAMES)[number];

export interface EmulatedCloud {
  /** Azure Resource Manager's name for it. */
  readonly azureName: string;
  /** Graph's root, which is the audience of its tokens (microsoft-graph-docs-contrib, concepts/deployments.md). */
  readonly graph: string;
  /** The resources that stand for Exchange; the first one answers unless the switch `exchangeHost` says otherwise. */
  readonly exchange: readonly string[];
  /** What a token of an outside issuer is made out to, if it is to be exchanged in this cloud. */
  readonly tokenExchange: string;
  /** What is otherwise than `DEFAULT_SWITCHES` says. */
  readonly switches: Partial<Switches>;
}

/** Microsoft's names for the columns that 21Vianet's report of active users does not have (beta page of the report). */
const CHINA_MISSING_COLUMNS = ['Yammer', 'Teams'].flatMap((service) => [
  `Has ${service} License`,
  `${service} Last Activity Date`,
  `${service} License Assign Date`,
]);

/**
 * Exchange's hosts are those of cisagov/ScubaGear (Get-ExchangeOnlineScope). 21Vianet's is partner.outlook.cn in every client that was
 * seen and outlook.office365.cn on the pages of the admin API: nobody knows. Agent users in national clouds are a guess, too.
 */
export const CLOUDS: Readonly<Record<CloudName, EmulatedCloud>> = {
  global: {
    azureName: 'AzureCloud',
    graph: 'https://graph.microsoft.com',
    exchange: ['https://outlook.office365.com', 'https://outlook.office.com'],
    tokenExchange: 'api://AzureADTokenExchange',
    switches: {},
  },
  usgov: {
    azureName: 'AzureUSGovernment',
    graph: 'https://graph.microsoft.us',
    exchange: ['https://outlook.office365.us'],
    tokenExchange: 'api://AzureADTokenExchangeUSGov',
    switches: { agentUsers: false },
  },
  'usgov-dod': {
    azureName: 'AzureUSGovernment',
    graph: 'https://dod-graph.microsoft.us',
    exchange: ['https://outlook-dod.office365.us'],
    tokenExchange: 'api://AzureADTokenExchangeUSGov',
    switches: { agentUsers: false, oneDriveClock: 'off' },
  },
  china: {
    azureName: 'AzureChinaCloud',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
    exchange: ['https://partner.outlook.cn', 'https://outlook.office365.cn'],
    tokenExchange: 'api://AzureADTokenExchangeChina',
    switches: { agentUsers: false, reportLacks: CHINA_MISSING_COLUMNS },
  },
};

/** The resource behind which this tenant's Exchange answers. */
export function getExchangeHost(cloud: CloudName, { exchangeHost: chosen }: Switches): string {
  return chosen ?? CLOUDS[cloud].exchange[0] ?? '';
}
