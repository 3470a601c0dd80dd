// tenant.yaml: the tenant of a stack, and the identities that read and write it.
import Type, { type Static } from 'typebox';
import { Currency, fileSchema, Guid, literals, strictObject } from './parts.ts';
import { Pause } from './pause.ts';
import { Records } from './records.ts';
import { Signing } from './signing.ts';

const nationalClouds = ['global', 'usgov', 'usgov-dod', 'china'] as const;
export type NationalCloud = (typeof nationalClouds)[number];

/**
 * The embedded tenant, as the global or the named cloud. Only this file can choose it: no environment variable sends a real
 * tenant's tokens to it.
 */
const emulatedClouds = ['emulator', 'emulator-usgov', 'emulator-usgov-dod', 'emulator-china'] as const;
type EmulatedCloud = (typeof emulatedClouds)[number];

export const clouds = [...nationalClouds, ...emulatedClouds] as const;
export type Cloud = (typeof clouds)[number];

export function isEmulated(cloud: Cloud): cloud is EmulatedCloud {
  return emulatedClouds.some((emulated) => emulated === cloud);
}

/** The cloud whose rules apply. */
export function toNationalCloud(cloud: Cloud): NationalCloud {
  return nationalClouds.find((name) => name === cloud || `emulator-${name}` === cloud) ?? 'global';
}

export const Tenant = fileSchema(
  1,
  {
    tenantId: Guid,
    cloud: literals(
      clouds,
      'The national cloud. GCC is global; emulator is the embedded tenant, emulator-usgov and its like the embedded tenant as it is in that cloud.',
    ),
    audit: strictObject({ clientId: Guid }, 'The read-only identity of the audit.'),
    apply: strictObject({ clientId: Guid }, 'The identity of the apply; it cannot read usage reports.'),
    notifications: strictObject({
      sender: Type.String({ format: 'email', description: 'The mailbox that notices are sent from.' }),
      replyTo: Type.String({ format: 'email', description: 'Where a manager objects.' }),
    }),
    timeZone: Type.String({ minLength: 1, description: 'IANA name, for dates that people read.' }),
    currency: Currency,
    reportNames: Type.Optional(
      literals(
        ['concealed', 'shown'],
        'How an audit leaves the names in usage reports. concealed (the default): in any case, also where an earlier audit died with the machine that it ran on. shown: readable names stay readable; where somebody has concealed them since, they are concealed again. `dormant init` writes what the tenant has.',
      ),
    ),
    paused: Type.Optional(Pause),
    records: Type.Optional(Records),
    signing: Type.Optional(Signing),
  },
  'One Microsoft 365 tenant.',
);
export type Tenant = Static<typeof Tenant>;
