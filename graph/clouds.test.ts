import { expect, test } from 'vitest';
import { clouds, isEmulated, toNationalCloud } from '../policy/schemas/tenant.ts';
import { resolveEndpoints } from './clouds.ts';

test.each([
  ['global', 'graph.microsoft.com', 'login.microsoftonline.com', ['outlook.office365.com']],
  ['usgov', 'graph.microsoft.us', 'login.microsoftonline.us', ['outlook.office365.us']],
  ['usgov-dod', 'dod-graph.microsoft.us', 'login.microsoftonline.us', ['outlook-dod.office365.us']],
  [
    'china',
    'microsoftgraph.chinacloudapi.cn',
    'login.chinacloudapi.cn',
    ['partner.outlook.cn', 'outlook.office365.cn'],
  ],
] as const)('%s has its own hosts, and each is asked with tokens of its own', (cloud, graph, login, exchange) => {
  expect(resolveEndpoints(cloud, {})).toMatchObject({
    graph: `https://${graph}`,
    graphScope: `https://${graph}/.default`,
    login: `https://${login}`,
    exchange: exchange.map((host) => ({ origin: `https://${host}`, scope: `https://${host}/.default` })),
  });
});

test.each([
  ['global', 'v1.0', [], true],
  ['usgov', 'beta', [], true],
  ['usgov-dod', 'beta', [], false],
  ['china', 'beta', ['teams', 'yammer'], true],
] as const)('%s has reports in %s, without %j, and the clock of OneDrives: %s', (cloud, version, lacks, has) => {
  const expected = { reportsVersion: version, unreported: lacks, clocksOneDrives: has };
  expect(resolveEndpoints(cloud, {})).toMatchObject(expected);
  const embedded = cloud === 'global' ? 'emulator' : (`emulator-${cloud}` as const);
  expect(resolveEndpoints(embedded, atHome)).toMatchObject(expected);
});

const atHome = { DORMANT_EMULATOR_URL: 'https://localhost:8443/' };

test('every cloud that tenant.yaml allows has endpoints', () => {
  for (const cloud of clouds) expect(resolveEndpoints(cloud, atHome).graph).toMatch(/^https:\/\/[^/]+$/);
});

test.each(clouds.filter(isEmulated))('%s is asked at home, for the tokens of the cloud that it stands for', (cloud) => {
  const { graph, login, exchange, graphScope } = resolveEndpoints(cloud, atHome);
  const origins = new Set([graph, login, ...exchange.map(({ origin }) => origin)]);
  expect([...origins]).toEqual(['https://localhost:8443']);
  expect(graphScope).toBe(resolveEndpoints(toNationalCloud(cloud), {}).graphScope);
});

test.each(clouds.filter((cloud) => !isEmulated(cloud)))(
  'no variable of the environment sends a tenant of %s to the embedded one',
  (cloud) => {
    expect(resolveEndpoints(cloud, atHome)).toEqual(resolveEndpoints(cloud, {}));
  },
);

test.each([undefined, '', 'http://localhost:1', 'nonsense'])('an emulator at %j is bad input', (url) => {
  expect(() => resolveEndpoints('emulator', url === undefined ? {} : { DORMANT_EMULATOR_URL: url })).toThrow(
    expect.objectContaining({ code: 'no-emulator', exitCode: 2 }),
  );
});
