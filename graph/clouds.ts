// Where each national cloud answers: Graph, Entra's sign-in, Exchange's admin API. First step of every connection.
import { DormantError } from '../policy/errors.ts';
import { type Cloud, isEmulated, type NationalCloud, toNationalCloud } from '../policy/schemas/tenant.ts';

/** Origins are `https://host[:port]`, without a trailing slash. */
export interface CloudEndpoints {
  cloud: Cloud;
  graph: string;
  graphScope: string;
  login: string;
  /** The names that Exchange's admin API may have, the likeliest first. Each host gets only tokens of its own scope. */
  exchange: readonly [ExchangeHost, ...ExchangeHost[]];
  /** The audience that Entra expects of a federated token in this cloud. */
  assertionAudience: string;
  /** v1.0 of usage reports and report settings is published for the global cloud only, beta for all. */
  reportsVersion: 'v1.0' | 'beta';
  /** Services without a column in the report of active users: 21Vianet's has no Teams and no Yammer. */
  unreported: readonly Service[];
  /** Whether Microsoft deletes OneDrives without a licence: not in DoD ("Manage unlicensed OneDrive user accounts"). */
  clocksOneDrives: boolean;
}

export interface ExchangeHost {
  origin: string;
  scope: string;
}

type Service = 'teams' | 'yammer';

/**
 * The endpoints of a cloud, from Microsoft's "National cloud deployments" page. The embedded tenant serves all hosts at
 * DORMANT_EMULATOR_URL and takes the scopes of the cloud that it emulates.
 */
export function resolveEndpoints(cloud: Cloud, env: NodeJS.ProcessEnv): CloudEndpoints {
  const national = buildEndpoints(toNationalCloud(cloud));
  if (!isEmulated(cloud)) return { cloud, ...national };
  const origin = requireEmulatorOrigin(env);
  const [first, ...others] = national.exchange;
  const toEmulatorHost = ({ scope }: ExchangeHost): ExchangeHost => ({ origin, scope });
  return {
    ...national,
    cloud,
    graph: origin,
    login: origin,
    exchange: [toEmulatorHost(first), ...others.map(toEmulatorHost)],
  };
}

interface HostNames {
  graph: string;
  login: string;
  exchange: readonly [string, ...string[]];
  assertionAudience: string;
}

/** Exchange's are those of CISA's ScubaGear. 21Vianet's differs between the admin API's pages and all clients seen. */
const hostNames: Record<NationalCloud, HostNames> = {
  global: {
    graph: 'graph.microsoft.com',
    login: 'login.microsoftonline.com',
    exchange: ['outlook.office365.com'],
    assertionAudience: 'api://AzureADTokenExchange',
  },
  usgov: {
    graph: 'graph.microsoft.us',
    login: 'login.microsoftonline.us',
    exchange: ['outlook.office365.us'],
    assertionAudience: 'api://AzureADTokenExchangeUSGov',
  },
  'usgov-dod': {
    graph: 'dod-graph.microsoft.us',
    login: 'login.microsoftonline.us',
    exchange: ['outlook-dod.office365.us'],
    assertionAudience: 'api://AzureADTokenExchangeUSGov',
  },
  china: {
    graph: 'microsoftgraph.chinacloudapi.cn',
    login: 'login.chinacloudapi.cn',
    exchange: ['partner.outlook.cn', 'outlook.office365.cn'],
    assertionAudience: 'api://AzureADTokenExchangeChina',
  },
};

function buildEndpoints(cloud: NationalCloud): Omit<CloudEndpoints, 'cloud'> {
  const { graph, login, exchange, assertionAudience } = hostNames[cloud];
  const [first, ...others] = exchange;
  return {
    graph: `https://${graph}`,
    graphScope: `https://${graph}/.default`,
    login: `https://${login}`,
    exchange: [toExchangeHost(first), ...others.map(toExchangeHost)],
    assertionAudience,
    reportsVersion: cloud === 'global' ? 'v1.0' : 'beta',
    unreported: cloud === 'china' ? ['teams', 'yammer'] : [],
    clocksOneDrives: cloud !== 'usgov-dod',
  };
}

function toExchangeHost(host: string): ExchangeHost {
  return { origin: `https://${host}`, scope: `https://${host}/.default` };
}

function requireEmulatorOrigin(env: NodeJS.ProcessEnv): string {
  const url = env.DORMANT_EMULATOR_URL ?? '';
  if (URL.canParse(url) && url.startsWith('https://')) return new URL(url).origin;
  throw new DormantError('no-emulator', `DORMANT_EMULATOR_URL is "${url}", expected an https URL.`, {
    exitCode: 2,
    where: 'cloud: emulator… in tenant.yaml',
    remedy: 'Start `dormant emulator` and set DORMANT_EMULATOR_URL to the URL it prints.',
  });
}
