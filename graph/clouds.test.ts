import { expect, test } from 'vitest';
import { clouds } from '../policy/schemas/tenant.ts';
import { endpointsOf } from './clouds.ts';

test.each([
  ['global', 'graph.microsoft.com', 'login.microsoftonline.com', 'outlook.office365.com'],
  ['usgov', 'graph.microsoft.us', 'login.microsoftonline.us', 'outlook.office365.us'],
  ['usgov-dod', 'dod-graph.microsoft.us', 'login.microsoftonline.us', 'outlook-dod.office365.us'],
  ['china', 'microsoftgraph.chinacloudapi.cn', 'login.chinacloudapi.cn', 'partner.outlook.cn'],
] as const)(
  '%s has its own hosts, and tokens are asked for its own Graph',
  (cloud, graph, login, exchange) => {
    expect(endpointsOf(cloud, {})).toMatchObject({
      graph: `https://${graph}`,
      graphScope: `https://${graph}/.default`,
      login: `https://${login}`,
      exchange: `https://${exchange}`,
      exchangeScope: `https://${exchange}/.default`,
    });
  },
);

test('every cloud that tenant.yaml allows has endpoints', () => {
  const env = { DORMANT_EMULATOR_URL: 'https://localhost:8443/' };
  for (const cloud of clouds) expect(endpointsOf(cloud, env).graph).toMatch(/^https:\/\/[^/]+$/);
});

test('only the global cloud and the embedded tenant have report settings', () => {
  const env = { DORMANT_EMULATOR_URL: 'https://localhost:8443' };
  const having = clouds.filter((cloud) => endpointsOf(cloud, env).hasReportSettings);
  expect(having).toEqual(['global', 'emulator']);
});

test.each([undefined, '', 'http://localhost:1', 'nonsense'])('an emulator at %j is bad input', (url) => {
  expect(() => endpointsOf('emulator', url === undefined ? {} : { DORMANT_EMULATOR_URL: url })).toThrow(
    expect.objectContaining({ code: 'no-emulator', exitCode: 2 }),
  );
});
