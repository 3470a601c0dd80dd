// tenant.yaml: which tenant a stack stands for, and by which identities it is read and written.
import Type, { type Static } from 'typebox';
import { Currency, Guid, literals, strictObject } from './parts.ts';

export const clouds = ['global', 'usgov', 'usgov-dod', 'china', 'emulator'] as const;
export type Cloud = (typeof clouds)[number];

export const Tenant = strictObject(
  {
    tenantId: Guid,
    cloud: literals(clouds, 'The national cloud. GCC is global; emulator is the embedded tenant.'),
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
        ['as-found', 'concealed'],
        'How an audit leaves the names in usage reports: as-found (the default) as it found them; concealed in any case, also where an earlier audit died with the machine that it ran on.',
      ),
    ),
  },
  'One Microsoft 365 tenant.',
);
export type Tenant = Static<typeof Tenant>;
