// Where each national cloud answers: Graph, Entra's sign-in, Exchange's admin API. First step of every connection.
import { DormantError } from '../policy/errors.ts';
import type { Cloud } from '../policy/schemas/tenant.ts';

/** Origins (`https://host[:port]`, no trailing slash) and token scopes of one cloud. */
export interface CloudEndpoints {
  cloud: Cloud;
  graph: string;
  graphScope: string;
  login: string;
  exchange: string;
  exchangeScope: string;
  /** The audience that Entra expects of a federated token in this cloud. */
  assertionAudience: string;
  /** v1.0's usage reports are published for the global cloud only, beta's for all. */
  reportsVersion: 'v1.0' | 'beta';
  /** `/admin/reportSettings` is published for the global cloud only. */
  hasReportSettings: boolean;
  /** Whether the report of active users has a column of Teams: 21Vianet's has neither that nor Yammer's. */
  reportsTeams: boolean;
  /** Whether Microsoft's clock for OneDrives without a licence runs: not in DoD ("Manage unlicensed OneDrive user accounts"). */
  clocksOneDrives: boolean;
}

/**
 * The endpoints of a cloud, from Microsoft's "National cloud deployments" page.
 * The emulator serves all three hosts at DORMANT_EMULATOR_URL and stands for the global cloud, whose scopes it takes.
 */
export function endpointsOf(cloud: Cloud, env: NodeJS.ProcessEnv = process.env): CloudEndpoints {
  switch (cloud) {
    case 'global':
      return endpoints(cloud, 'graph.microsoft.com', 'login.microsoftonline.com', 'outlook.office365.com');
    case 'usgov':
      return endpoints(cloud, 'graph.microsoft.us', 'login.microsoftonline.us', 'outlook.office365.us');
    case 'usgov-dod':
      return endpoints(
        cloud,
        'dod-graph.microsoft.us',
        'login.microsoftonline.us',
        'outlook-dod.office365.us',
      );
    case 'china':
      return endpoints(
        cloud,
        'microsoftgraph.chinacloudapi.cn',
        'login.chinacloudapi.cn',
        'partner.outlook.cn',
      );
    case 'emulator': {
      const origin = emulatorOrigin(env);
      return { ...endpointsOf('global', env), cloud, graph: origin, login: origin, exchange: origin };
    }
  }
}

const audiences: Record<Cloud, string> = {
  global: 'api://AzureADTokenExchange',
  usgov: 'api://AzureADTokenExchangeUSGov',
  'usgov-dod': 'api://AzureADTokenExchangeUSGov',
  china: 'api://AzureADTokenExchangeChina',
  emulator: 'api://AzureADTokenExchange',
};

function endpoints(cloud: Cloud, graph: string, login: string, exchange: string): CloudEndpoints {
  return {
    cloud,
    graph: `https://${graph}`,
    graphScope: `https://${graph}/.default`,
    login: `https://${login}`,
    exchange: `https://${exchange}`,
    exchangeScope: `https://${exchange}/.default`,
    assertionAudience: audiences[cloud],
    reportsVersion: cloud === 'global' ? 'v1.0' : 'beta',
    hasReportSettings: cloud === 'global',
    reportsTeams: cloud !== 'china',
    clocksOneDrives: cloud !== 'usgov-dod',
  };
}

function emulatorOrigin(env: NodeJS.ProcessEnv): string {
  const url = env.DORMANT_EMULATOR_URL ?? '';
  if (URL.canParse(url) && url.startsWith('https://')) return new URL(url).origin;
  throw new DormantError('no-emulator', `DORMANT_EMULATOR_URL is "${url}", expected an https URL.`, {
    exitCode: 2,
    where: 'cloud: emulator in tenant.yaml',
    remedy: 'Start `dormant emulator` and set DORMANT_EMULATOR_URL to the URL it prints.',
  });
}
