// Starts the embedded tenant: an HTTPS server that stands for Entra, Microsoft Graph and Exchange admin.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from './app.ts';
import { createClock } from './clock.ts';
import { CLOUDS } from './clouds.ts';
import { createBearerTokens } from './entra/bearer-tokens.ts';
import { createAuthority } from './entra/certificates.ts';
import { type Identity, registerIdentities } from './entra/identities.ts';
import { PersonSessions } from './entra/people/person-sessions.ts';
import { FaultInjector } from './faults/fault-injector.ts';
import { listen } from './listen.ts';
import { Budgets } from './metering/budgets.ts';
import { Outbox } from './metering/outbox.ts';
import { RequestLog } from './metering/request-log.ts';
import { DEFAULT_SWITCHES, type EmulatorOptions } from './options.ts';
import { createDownloadApp } from './reports/download-host.ts';
import type { Site } from './site.ts';
import { type AccountState, buildAccountState } from './tenant/account-state.ts';
import { applyPersonEvents, requirePerson } from './tenant/person-events.ts';
import type { PersonEvents } from './tenant/person-events-input.ts';
import type { PersonInput } from './tenant/person-input.ts';
import { addPerson, createTenant, type Tenant } from './tenant/tenant.ts';
import { trustAuthority } from './trust-authority.ts';
import { expandWeather } from './weather/draw-weather.ts';
import { WeatherFaults } from './weather/weather-faults.ts';

export interface Emulator extends Site {
  /** `https://localhost:<port>`: Graph, the login host, Exchange admin and the control routes are all below it. */
  readonly url: string;
  readonly port: number;
  /** PEM file of the authority that signed the server's certificate; removed by `close`. */
  readonly caFile: string;
  readonly caCertificate: string;
  /** Applies events to the person of a kind, UPN or object id, outside of any pipeline. */
  applyEvents(who: string, events: PersonEvents): AccountState;
  /** The state of the account of a kind, UPN or object id, even where Graph does not show it yet. */
  getState(who: string): AccountState;
  addPerson(input: PersonInput): AccountState;
  /** Makes this process trust the server, for fetch and node:https alike; the returned function undoes it. */
  trust(): () => void;
  close(): Promise<void>;
}

const DEFAULT_CLOCK = '2026-12-07T08:00:00Z';

/** Starts a tenant; resolves when it listens. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const site = await createSite(options);
  const authority = options.authority ?? (await createAuthority());
  const { certificate, key } = await authority.issue(['localhost', '127.0.0.1', '::1', ...(options.hostnames ?? [])]);
  const host = options.listen ?? '127.0.0.1';
  const server = await listen(createApp(site), { certificate, key, port: options.port ?? 0, host });
  const files = await listen(createDownloadApp(site), { certificate, key, port: 0, host });
  site.downloads.port = files.port;
  const folder = await mkdtemp(join(tmpdir(), 'dormant-tenant-'));
  const caFile = join(folder, 'ca.pem');
  await writeFile(caFile, `${authority.certificate}\n`);
  return {
    ...site,
    url: `https://localhost:${server.port}`,
    port: server.port,
    caFile,
    caCertificate: authority.certificate,
    applyEvents: (who, events) => buildAccountState(site.tenant, applyPersonEvents(site.tenant, who, events).index),
    getState: (who) => buildAccountState(site.tenant, requirePerson(site.tenant, who).index),
    addPerson: (input) => buildAccountState(site.tenant, addPerson(site.tenant, input).index),
    trust: () => trustAuthority(authority.certificate),
    async close() {
      site.faults.clear();
      await Promise.all([server.close(), files.close()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function createSite(options: EmulatorOptions): Promise<Site> {
  const clock = createClock(options.clock ?? DEFAULT_CLOCK);
  const { cloud = 'global' } = options;
  const tenant: Tenant = createTenant({
    seed: options.seed ?? 'dormant',
    cloud,
    users: options.users ?? 2000,
    people: options.people ?? [],
    dynamicGroups: options.dynamicGroups ?? [],
    groups: options.groups ?? [],
    groupLicensedShare: options.groupLicensedShare,
    clock,
    switches: {
      ...DEFAULT_SWITCHES,
      ...CLOUDS[cloud].switches,
      ...expandWeather(options.switches ?? {}, DEFAULT_SWITCHES.quotaSpeed),
    },
  });
  const identities: Record<string, Identity> = await registerIdentities(
    tenant,
    options.identities ?? {},
    options.certificates ?? false,
  );
  tenant.directory.lags.begin();
  return {
    tenant,
    identities,
    bearers: await createBearerTokens(tenant),
    publicClients: options.publicClients ?? [],
    sessions: new PersonSessions(),
    log: new RequestLog(options.logLimit ?? 10_000),
    faults: new FaultInjector(),
    weather: new WeatherFaults(tenant.switches),
    budgets: new Budgets(clock, tenant.switches),
    outbox: new Outbox(),
    downloads: { tickets: new Map(), port: 0 },
    handedOut: new Set(),
    checksAnswers: options.checkAnswers ?? process.env.EMULATOR_CHECKS_ANSWERS !== undefined,
  };
}
