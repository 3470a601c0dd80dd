// For tests: the embedded tenant on the loopback, and a connection to it by the real client.
import {
  type Emulator,
  type EmulatorOptions,
  fastQuotas,
  getTrustedAuthority,
  startEmulator,
  testWeather,
} from '@dormant-m365/emulator';
import { onTestFinished } from 'vitest';
import type { Cloud, Tenant } from '../policy/schemas/tenant.ts';
import { type Connection, type ConnectOptions, connect } from './connect.ts';
import type { Identity } from './credential.ts';
import { defaultRetryPolicy, type RetryPolicy } from './retry.ts';

export interface EmulatedTenant {
  emulator: Emulator;
  tenant: Tenant;
  /** The environment in which a process reaches the tenant as this identity. */
  envOf(which: Identity): NodeJS.ProcessEnv;
  connect(which?: Identity, options?: Partial<ConnectOptions>): Connection;
}

/** As many tries as by default, with milliseconds between them. */
export const fastRetryPolicy: RetryPolicy = {
  ...defaultRetryPolicy,
  totalMs: 200_000,
  tryMs: 200_000,
  firstWaitMs: 5,
};

/** Takes what to do when the tenant is no longer needed. */
export type AtEnd = (end: () => Promise<void>) => void;

/** Ends with the test, or when `atEnd` says so. */
export async function anEmulator(
  options: EmulatorOptions = {},
  atEnd: AtEnd = onTestFinished,
): Promise<EmulatedTenant> {
  const switches = { ...fastQuotas, ...testWeather, ...options.switches };
  const emulator = await startEmulator({ authority: await getTrustedAuthority(), ...options, switches });
  atEnd(() => emulator.close());
  const tenant = buildTenant(emulator);
  const envOf = (which: Identity) => ({
    DORMANT_EMULATOR_URL: emulator.url,
    AZURE_CLIENT_SECRET: emulator.identities[which]?.clientSecret ?? '',
    CI: 'true',
  });
  return {
    emulator,
    tenant,
    envOf,
    connect: (which = 'audit', more = {}) =>
      connect(tenant, which, { env: envOf(which), retryPolicy: fastRetryPolicy, ...more }),
  };
}

/** As tenant.yaml names it. */
export function toEmulatedCloud({ cloud }: Pick<Emulator['tenant'], 'cloud'>): Cloud {
  return cloud === 'global' ? 'emulator' : `emulator-${cloud}`;
}

function buildTenant({ tenant, identities }: Emulator): Tenant {
  const clientId = (name: string) => identities[name]?.clientId ?? '';
  return {
    tenantId: tenant.id,
    cloud: toEmulatedCloud(tenant),
    audit: { clientId: clientId('audit') },
    apply: { clientId: clientId('apply') },
    notifications: { sender: 'it-lifecycle@contoso.com', replyTo: 'it-lifecycle@contoso.com' },
    timeZone: 'Europe/Berlin',
    currency: 'USD',
  };
}
