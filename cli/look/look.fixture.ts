// For tests: a company of a few people with roles, and a look at it by one of them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmulatorOptions, PersonInput } from '@dormant-m365/emulator';
import { onTestFinished } from 'vitest';
import { anEmulator, fastRetryPolicy } from '../../graph/emulator.fixture.ts';
import { graphCommandLineTools } from '../../graph/person/sign-in.ts';
import { signInAtEmbedded } from './embedded.ts';
import { type LookRequest, type LookSurroundings, look } from './look.ts';

const atWork: Partial<PersonInput> = { inactiveDays: 4, licenses: ['SPE_E3'] };
const holders: PersonInput[] = [
  { kind: 'globalAdministrator', displayName: 'Ada Min', roles: ['Global Administrator'], ...atWork },
  { kind: 'reportsReader', displayName: 'Rea Der', roles: ['Reports Reader'], ...atWork },
  { kind: 'globalReader', displayName: 'Gloria Bal', roles: ['Global Reader'], ...atWork },
  { kind: 'bothReaders', displayName: 'Bo Th', roles: ['Reports Reader', 'Global Reader'], ...atWork },
  { kind: 'directoryReader', displayName: 'Di Rector', roles: ['Reports Reader', 'Directory Readers'], ...atWork },
  { kind: 'nobody', displayName: 'No Body', ...atWork },
  { kind: 'ana', displayName: 'Ana Reyes', inactiveDays: 143, licenses: ['SPE_E3'] },
];

export async function aCompany(options: EmulatorOptions = {}) {
  const state = await mkdtemp(join(tmpdir(), 'dormant-look-'));
  onTestFinished(() => rm(state, { recursive: true, force: true }));
  const people = [...holders, ...(options.people ?? [])];
  const { emulator, tenant } = await anEmulator({
    ...{ users: 0 },
    ...options,
    people,
    switches: { concealmentDelaySeconds: 0, ...options.switches },
  });
  const env = { DORMANT_EMULATOR_URL: emulator.url, XDG_STATE_HOME: state };
  const getName = (kind: string) => emulator.tenant.people.requireKind(kind).userPrincipalName;
  /** `said`: what the person read meanwhile. `more`: what they fill in on the page. */
  const lookAs = async (
    kind: string,
    request: Partial<LookRequest> = {},
    { more = {}, ...around }: Partial<LookSurroundings> & { more?: Record<string, string> } = {},
  ) => {
    const said: string[] = [];
    const found = await look(
      {
        ...{ tenant: 'organizations', cloud: tenant.cloud, clientId: graphCommandLineTools },
        ...{ flow: 'browser', showNames: true, ...request },
      },
      {
        env,
        today: new Date(emulator.tenant.clock.now()).toISOString().slice(0, 10),
        say: (sentence) => said.push(sentence),
        confirm: null,
        openBrowser: (address) => signInAtEmbedded(address, getName(kind), more),
        onProgress: () => {},
        retryPolicy: fastRetryPolicy,
        ...around,
      },
    );
    return { ...found, said: said.join('\n') };
  };
  return {
    emulator,
    tenant,
    env,
    getName,
    /** An administrator agrees for everybody to what a look asks for, as one who has looked before may have. */
    consentForAll: () => lookAs('globalAdministrator', {}, { more: { forEverybody: 'on' } }),
    lookAs,
    /** The settings that were written, in their order. */
    listPatches: () =>
      emulator.log
        .listEntries()
        .filter(({ method }) => method === 'PATCH')
        .map(({ path, body }) => `${path} ${body}`),
    /** Requests other than reads, without those of a sign-in. */
    listWrites: () =>
      emulator.log
        .listEntries()
        .filter(({ method, path }) => method !== 'GET' && !/\/oauth2\/|\$batch/.test(path))
        .map(({ method, path }) => `${method} ${path}`),
  };
}
