import { expect, it } from 'vitest';
import { listCallPaths } from './calls/calls.ts';
import { createPathNames } from './normalise-path.ts';

const tenant = { id: '3f6c1b0e-7a52-4d0a-9a3e-0c6a2a1d9b11', domain: 'contoso.com' };
const routes = ['/v1.0/users/$count', '/v1.0/directory/deletedItems/microsoft.graph.user', '/beta/organization'];
const { normalise, findUnknownSegment } = createPathNames([...routes, ...listCallPaths()], tenant);
const id = '7d1b1c1e-3c52-4d0a-8f6b-2f1d0a6a9b11';

it.each([
  ['/v1.0/users', '/v1.0/users'],
  ['/v1.0//users/', '/v1.0/users'],
  ['//V1.0/Users', '/v1.0/users'],
  [`/v1.0/${tenant.id}/users/${id}`, `/v1.0/users/${id}`],
  ['/beta/contoso.com/organization', '/beta/organization'],
  ['/v1.0/myorganization/subscribedskus', '/v1.0/subscribedSkus'],
  [`/v1.0/users('${id}')/Manager`, `/v1.0/users/${id}/manager`],
  [`/v1.0/users(%27${id}%27)/assignlicense`, `/v1.0/users/${id}/assignLicense`],
  ["/v1.0/users('o''neil@contoso.com')", "/v1.0/users/o'neil%40contoso.com"],
  [`/v1.0/users/${id}/microsoft.graph.sendMail`, `/v1.0/users/${id}/sendMail`],
  [`/v1.0/users/${id}/graph.SendMail`, `/v1.0/users/${id}/sendMail`],
  ['/v1.0/directory/deletedItems/graph.user', '/v1.0/directory/deletedItems/microsoft.graph.user'],
  [
    `/v1.0/groups/${id}/transitivemembers/Microsoft.Graph.User`,
    `/v1.0/groups/${id}/transitiveMembers/microsoft.graph.user`,
  ],
  ["/v1.0/reports/GetMailboxUsageDetail(period='D7')", "/v1.0/reports/getMailboxUsageDetail(period='D7')"],
  ['/v1.0/users/$Count', '/v1.0/users/$count'],
  // Ids and addresses stay as they are; so does what nobody knows.
  ['/v1.0/users/Ana.Reyes%40Contoso.com', '/v1.0/users/Ana.Reyes%40Contoso.com'],
  ['/v1.0/Unknown/%zz', '/v1.0/Unknown/%zz'],
  // Of other services.
  [`/${tenant.id}/oauth2/v2.0/token`, `/${tenant.id}/oauth2/v2.0/token`],
  ['/adminapi/v2.0/contoso.com/Mailbox', '/adminapi/v2.0/contoso.com/Mailbox'],
  ['/', '/'],
])('%s is %s', (sent, routed) => {
  expect(normalise(sent)).toBe(routed);
});

it.each([
  [`/v1.0/users/${id}/favourites`, 'favourites'],
  ['/v1.0/peoples', 'peoples'],
  ['/v1.0/groups/manager/users', 'users'],
])('of %s the segment %s is not found', (path, segment) => {
  expect(findUnknownSegment(path)).toBe(segment);
});
