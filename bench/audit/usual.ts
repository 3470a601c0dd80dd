// What people run instead: list the users, then read each one's manager and licences, one request after the other.
// A faithful port of the script that forums and blogs pass around (Get-MgUser -All | ForEach-Object …).
import { resolveEndpoints } from '../../graph/clouds.ts';
import { createCredential } from '../../graph/credential.ts';
import { findText, requireFields, requireList, requireText } from '../../graph/json-fields.ts';
import { readTenantFromEnvironment } from './environment.ts';
import type { UsualFigures } from './figures.ts';

const maxUsers = Number(process.argv[2] ?? Number.POSITIVE_INFINITY);
const tenant = readTenantFromEnvironment();
const endpoints = resolveEndpoints(tenant.cloud, process.env);
const token = await createCredential(tenant, 'audit', process.env).getToken(endpoints.graphScope);
const headers = { Authorization: `Bearer ${token?.token ?? ''}` };
const base = `${endpoints.graph}/v1.0`;

const started = performance.now();
let requests = 0;
let users = 0;
let link: string | null = `${base}/users?$select=id,userPrincipalName,accountEnabled,signInActivity&$top=999`;
while (link !== null && users < maxUsers) {
  const page = requireFields(await get(link), 'GET /users');
  for (const user of requireList(page, 'value', 'GET /users').slice(0, maxUsers - users)) {
    const id = requireText(requireFields(user, 'user'), 'id', 'user');
    await get(`${base}/users/${id}/manager`);
    await get(`${base}/users/${id}?$select=assignedLicenses,licenseAssignmentStates`);
    users++;
  }
  link = findText(page, '@odata.nextLink', 'GET /users');
}
const seconds = (performance.now() - started) / 1000;
const figures: UsualFigures = { users, requests, seconds };
process.stdout.write(`${JSON.stringify(figures)}\n`);

async function get(url: string): Promise<unknown> {
  for (;;) {
    requests++;
    const response = await fetch(url, { headers });
    const body: unknown = await response.json();
    // 404: no manager. 429: wait and retry, as the module does.
    if (response.ok || response.status === 404) return body;
    if (response.status !== 429) throw new Error(`${url} was answered ${response.status}`);
    await new Promise((resolve) => setTimeout(resolve, Number(response.headers.get('retry-after')) * 1000));
  }
}
