import { answerSignInPage, type EmulatorOptions, type PersonInput, signInAt } from '@dormant-m365/emulator';
import { expect, test } from 'vitest';
import { resolveEndpoints } from '../clouds.ts';
import { connectWith } from '../connect.ts';
import { anEmulator, fastRetryPolicy } from '../emulator.fixture.ts';
import { readOrganization, readOwnRoles } from './read-person.ts';
import { graphCommandLineTools, type SignInOptions, signInPerson } from './sign-in.ts';

const people: PersonInput[] = [
  { kind: 'globalAdministrator', displayName: 'Ada Min', roles: ['Global Administrator', 'Reports Reader'] },
  { kind: 'nobody', displayName: 'No Body' },
];

async function aPersonOf(options: EmulatorOptions = {}) {
  const { emulator, tenant } = await anEmulator({ users: 0, people, ...options });
  const env = { DORMANT_EMULATOR_URL: emulator.url };
  const getName = (kind: string) => emulator.tenant.people.requireKind(kind).userPrincipalName;
  const signIn = (kind: string, change: Partial<SignInOptions> = {}) =>
    signInPerson({
      endpoints: resolveEndpoints(tenant.cloud, env),
      tenant: 'organizations',
      clientId: graphCommandLineTools,
      flow: 'browser',
      permissions: ['User.Read', 'Reports.Read.All', 'RoleManagement.Read.Directory'],
      openBrowser: (address) => signInAt(address, getName(kind)),
      say: () => {},
      ...change,
    });
  return { emulator, tenant, env, getName, signIn };
}

test('by a browser: who it is, in which tenant, with which roles, and the domains of the tenant', async () => {
  const { tenant, env, getName, signIn } = await aPersonOf();
  const person = await signIn('globalAdministrator');
  expect(person).toMatchObject({ tenantId: tenant.tenantId, userPrincipalName: getName('globalAdministrator') });
  const options = { env, retryPolicy: fastRetryPolicy };
  const { graph } = connectWith(person.createCredentialMaker(), { ...person, cloud: tenant.cloud }, options);
  const roles = await readOwnRoles(graph);
  expect(roles?.map(({ displayName }) => displayName).sort()).toEqual(['Global Administrator', 'Reports Reader']);
  expect(await readOrganization(graph)).toEqual({
    displayName: 'Contoso',
    domains: ['contoso.com', 'contoso.onmicrosoft.com'],
  });
});

test('an Entra that fails for a moment is asked again, and nobody has to sign in twice', async () => {
  const { emulator, getName, signIn } = await aPersonOf();
  emulator.faults.add({ kind: 'status', status: 503, count: 2, path: '/token$' });
  let opened = 0;
  const person = await signIn('globalAdministrator', {
    openBrowser: (address) => {
      opened += 1;
      return signInAt(address, getName('globalAdministrator'));
    },
  });
  expect([person.userPrincipalName, opened]).toEqual([getName('globalAdministrator'), 1]);
});

test('roles without a name are none that are known: with User.Read alone Graph lists them so', async () => {
  const { tenant, env, signIn } = await aPersonOf();
  const person = await signIn('globalAdministrator', { permissions: ['User.Read'] });
  const { graph } = connectWith(person.createCredentialMaker(), { ...person, cloud: tenant.cloud }, { env });
  expect(await readOwnRoles(graph)).toBeNull();
});

test('more is asked for with the person’s name filled in, and the next token has it', async () => {
  const { emulator, tenant, env, getName, signIn } = await aPersonOf();
  const addresses: URL[] = [];
  const person = await signIn('globalAdministrator', {
    openBrowser: (address) => {
      addresses.push(new URL(address));
      return signInAt(address, getName('globalAdministrator'));
    },
  });
  await person.askFor(['ReportSettings.ReadWrite.All']);
  expect(addresses.map(({ searchParams }) => searchParams.get('login_hint'))).toEqual([
    null,
    getName('globalAdministrator'),
  ]);
  const { writing } = connectWith(person.createCredentialMaker(), { ...person, cloud: tenant.cloud }, { env });
  await writing.reports.send({
    source: 'report settings',
    method: 'PATCH',
    path: '/admin/reportSettings',
    body: { displayConcealedNames: false },
  });
  expect(emulator.tenant.concealment.isSet).toBe(false);
});

test('a token that Graph refuses is replaced without asking the person again', async () => {
  const { emulator, tenant, env, getName, signIn } = await aPersonOf();
  let asked = 0;
  const person = await signIn('globalAdministrator', {
    openBrowser: (address) => {
      asked += 1;
      return signInAt(address, getName('globalAdministrator'));
    },
  });
  const options = { env, retryPolicy: fastRetryPolicy };
  const { graph } = connectWith(person.createCredentialMaker(), { ...person, cloud: tenant.cloud }, options);
  await readOwnRoles(graph);
  const tokens = () => emulator.log.listEntries({ path: '/token$' }).length;
  const before = tokens();
  emulator.faults.add({ kind: 'status', status: 401, count: 1, path: '/organization' });
  expect((await readOrganization(graph))?.displayName).toBe('Contoso');
  expect([asked, tokens() - before]).toEqual([1, 1]);
});

/** What a person does with the sentence on another device. */
async function enterCode(sentence: string, userPrincipalName: string, answer: 'accept' | 'cancel') {
  const address = /https:\S+/.exec(sentence)?.[0] ?? '';
  const code = /\b([A-Z0-9]{9})\b/.exec(sentence)?.[1] ?? '';
  await answerSignInPage(`${address}?user_code=${code}`, { userPrincipalName, answer });
}

test('by a device code: the sentence is Entra’s own, and the token comes once the person has entered the code', async () => {
  const { getName, signIn } = await aPersonOf();
  const said: string[] = [];
  const person = await signIn('globalAdministrator', {
    flow: 'device-code',
    say: (sentence) => {
      said.push(sentence);
      void enterCode(sentence, getName('globalAdministrator'), 'accept');
    },
  });
  expect(person.userPrincipalName).toBe(getName('globalAdministrator'));
  expect(said).toHaveLength(1);
});

test.each([
  ['declines', {}, 'cancel', { code: 'consent-needed' }],
  ['may not use the flow', { deviceCodeFlow: 'blocked-at-token' }, 'accept', { code: 'device-code-blocked' }],
] as const)('a person who %s is told what to do instead', async (_, switches, answer, expected) => {
  const { getName, signIn } = await aPersonOf({ switches });
  const signingIn = signIn('globalAdministrator', {
    flow: 'device-code',
    say: (sentence) => void enterCode(sentence, getName('globalAdministrator'), answer),
  });
  await expect(signingIn).rejects.toMatchObject(expected);
});

test('an application that the tenant does not know is named with Entra’s words', async () => {
  const { signIn } = await aPersonOf();
  const clientId = 'aaaaaaaa-0000-4000-8000-000000000001';
  await expect(signIn('globalAdministrator', { clientId, flow: 'device-code' })).rejects.toMatchObject({
    code: 'sign-in-failed',
    message: expect.stringContaining('AADSTS700016'),
  });
});
