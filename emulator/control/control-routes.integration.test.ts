import { expect, test } from 'vitest';
import { signInAs } from '../api-client.fixture.ts';
import { type Emulator, startEmulator } from '../emulator.ts';
import { useTenant } from '../use-tenant.fixture.ts';

let emulator: Emulator;

useTenant('each', { users: 200 }, (started) => {
  emulator = started;
});

async function control(method: string, path: string, body?: unknown) {
  const response = await fetch(`${emulator.url}/_emulator/${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, text, body: text === '' ? {} : Object(JSON.parse(text)) };
}

test('the clock is moved and set', async () => {
  expect((await control('POST', 'clock', { days: 7 })).body.today).toBe('2026-12-14');
  expect((await control('POST', 'clock', { now: '2027-01-04T08:00:00Z' })).body.now).toMatch(/^2027-01-04T08:00:0/);
  expect((await control('POST', 'clock', { now: 'soon' })).text).toContain("'soon' is not a date");
});

test('every answer carries the date of the tenant', async () => {
  await control('POST', 'clock', { now: '2031-05-05T10:00:00Z' });
  const { headers } = await (await signInAs(emulator, 'audit')).get('/v1.0/users?$top=1');
  expect(headers.get('date')).toContain('05 May 2031');
});

test('kinds name their people', async () => {
  const { body } = await control('GET', 'kinds');
  expect(body.inactiveDirect).toEqual({
    id: emulator.tenant.people.requireKind('inactiveDirect').id,
    userPrincipalName: 'ana.reyes@contoso.com',
  });
  expect(Object.keys(body).length).toBeGreaterThan(90);
});

test('somebody comes back, moves department, and gets a role and a licence', async () => {
  const { status, body } = await control('PATCH', 'people/inactiveDirect', {
    signIn: { successful: 'now' },
    activity: { teams: '2026-12-06' },
    department: 'Research',
    manager: 'chiefExecutive',
    addRoles: ['User Administrator'],
    addLicenses: ['VISIOCLIENT'],
    mailbox: { sizeGb: 60, litigationHold: true },
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    department: 'Research',
    managerId: emulator.tenant.people.requireKind('chiefExecutive').id,
    roles: ['User Administrator'],
    lastSuccessfulSignIn: '2026-12-07',
    mailbox: { litigationHold: true },
    isChanged: true,
  });
  expect(body.licenses.map((license: { skuPartNumber: string }) => license.skuPartNumber)).toEqual([
    'SPE_E3',
    'VISIOCLIENT',
  ]);
});

test('a renamed person is found under the new UPN only', async () => {
  await control('PATCH', 'people/ana.reyes@contoso.com', { userPrincipalName: 'ana.lopez@contoso.com' });
  expect((await control('GET', 'people/ana.lopez@contoso.com')).body.kind).toBe('inactiveDirect');
  expect((await control('GET', 'people/ana.reyes@contoso.com')).status).toBe(400);
});

test('a generated person can be changed as well as a named one', async () => {
  const { userPrincipalName, id } = emulator.tenant.people.get(150);
  await control('PATCH', `people/${id}`, {
    userPrincipalName: 'new.name@contoso.com',
    accountEnabled: false,
  });
  expect(emulator.tenant.people.find(userPrincipalName)).toBeUndefined();
  expect(emulator.getState('new.name@contoso.com')).toMatchObject({ id, accountEnabled: false });
});

test('a person who goes quiet stops being active from that day', async () => {
  await control('PATCH', 'people/activeCloud', { goesQuiet: true });
  await control('POST', 'clock', { days: 100 });
  expect(emulator.getState('activeCloud').lastSuccessfulSignIn).toBe('2026-12-07');
  expect(emulator.getState('lineManager').lastSuccessfulSignIn).toBe('2027-03-17');
});

test('a failed attempt moves no success, and what one person does moves nobody else', () => {
  const before = emulator.getState('neverSignedIn').lastSuccessfulSignIn;
  emulator.applyEvents('inactiveDirect', { signIn: { attempt: 'now' }, activity: { yammer: 'now' } });
  emulator.applyEvents('brandNew', { signIn: { successful: 'now' }, activity: { teams: 'now' } });
  expect(emulator.getState('inactiveDirect').lastSuccessfulSignIn).toBe('2026-07-17');
  expect(emulator.getState('neverSignedIn').lastSuccessfulSignIn).toBe(before);
  const { usage } = emulator.tenant.people.requireKind('neverSignedIn');
  expect(Object.values(usage).flatMap(({ days }) => days)).toEqual([]);
});

test('joining a licensing group brings its product, leaving takes it', async () => {
  const group = 'Licensing: Visio';
  const products = (body: { licenses: { skuPartNumber: string }[] }) =>
    body.licenses.map((license) => license.skuPartNumber);
  const joined = await control('PATCH', 'people/inactiveDirect', { addGroups: [group] });
  expect(products(joined.body)).toEqual(['SPE_E3', 'VISIOCLIENT']);
  const left = await control('PATCH', 'people/inactiveDirect', { removeGroups: [group] });
  expect(products(left.body)).toEqual(['SPE_E3']);
});

test('a person can be added, and takes a seat', async () => {
  const { seats } = emulator.tenant;
  const [sku] = emulator.getState('inactiveE5').licenses;
  const before = seats.countConsumed('06ebc4ee-1bb5-47dd-8120-11324bc54e06');
  const { status, body } = await control('POST', 'people', {
    kind: 'late',
    displayName: 'Late Comer',
    licenses: [sku?.skuPartNumber],
  });
  expect(status).toBe(201);
  expect(emulator.tenant.people.find(body.userPrincipalName)?.kind).toBe('late');
  expect(seats.countConsumed('06ebc4ee-1bb5-47dd-8120-11324bc54e06')).toBe(before + 1);
});

test('what does not fit is refused with every place where it does not', async () => {
  const { status, text } = await control('PATCH', 'people/inactiveDirect', {
    departmnet: 'x',
    accountEnabled: 'no',
  });
  expect(status).toBe(400);
  expect(text).toContain('/accountEnabled: must be boolean');
  expect(text).toContain('/departmnet');
  expect((await control('PATCH', 'people/nobody', {})).text).toContain("'nobody'");
  expect((await control('POST', 'faults', { kind: 'earthquake' })).status).toBe(400);
});

test('the state names the changed ones', async () => {
  const apply = await signInAs(emulator, 'apply');
  await apply.patch(`/v1.0/users/${emulator.tenant.people.requireKind('inactiveE5').id}`, {
    accountEnabled: false,
  });
  const { body } = await control('GET', 'state?changed=true');
  expect(body.accounts).toMatchObject([{ kind: 'inactiveE5', accountEnabled: false }]);
  expect((await control('GET', 'state')).body.accounts).toHaveLength(200);
  expect((await control('GET', 'state?who=inactiveE5,lineManager')).body.accounts).toHaveLength(2);
});

test('faults, switches and seats are set from outside', async () => {
  const { body } = await control('POST', 'faults', [
    { kind: 'status', status: 503, path: '/users$' },
    { kind: 'reset', method: 'DELETE' },
  ]);
  expect(body.ids).toEqual([1, 2]);
  await control('DELETE', 'faults/1');
  expect((await control('GET', 'faults')).body.faults).toMatchObject([{ id: 2 }]);
  expect((await control('PATCH', 'switches', { premium: false })).body.premium).toBe(false);
  expect((await control('PATCH', 'seats', { skuPartNumber: 'SPE_E3', enabled: 1 })).body.enabled).toBe(1);
});

test('the log tells who asked what, with the body of a write, and not what the control routes did', async () => {
  const apply = await signInAs(emulator, 'apply');
  const { id } = emulator.tenant.people.requireKind('inactiveE5');
  const { headers } = await apply.patch(`/v1.0/users/${id}`, { accountEnabled: false });
  await control('GET', 'state?changed=true');
  const { body } = await control('GET', 'log?method=PATCH&identity=apply');
  expect(body.entries).toMatchObject([
    {
      path: `/v1.0/users/${id}`,
      status: 204,
      requestId: headers.get('request-id'),
      body: '{"accountEnabled":false}',
    },
  ]);
  expect((await control('GET', 'log')).text).not.toContain('_emulator');
  expect((await control('GET', 'log/counters')).body['PATCH /v1.0/users/{id} 204']).toBe(1);
});

test('a bounded log keeps the last reads and all writes', async () => {
  const small = await startEmulator({ users: 0, people: [{ kind: 'ana' }], logLimit: 5 });
  const stop = small.trust();
  const apply = await signInAs(small, 'apply');
  const path = `/v1.0/users/${small.tenant.people.requireKind('ana').id}`;
  await apply.patch(path, { accountEnabled: false });
  for (let count = 0; count < 30; count += 1) await apply.get(path);
  expect(small.log.listEntries({ method: 'GET' })).toHaveLength(5);
  expect(small.log.listEntries({ method: 'PATCH' })).toHaveLength(1);
  expect(small.log.getCounters()['GET /v1.0/users/{id} 200']).toBe(30);
  stop();
  await small.close();
});
