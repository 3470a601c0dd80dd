// The kinds of YAML files that people read and write, each with its one schema.
import type { TSchema } from 'typebox';
import { AccountFile } from './account.ts';
import { Escalations } from './escalations.ts';
import { Exemptions } from './exemptions.ts';
import { GiveBack } from './give-back.ts';
import { Policy } from './policy.ts';
import { Prices } from './prices.ts';
import { Tenant } from './tenant.ts';

export const schemas = {
  policy: Policy,
  prices: Prices,
  exemptions: Exemptions,
  tenant: Tenant,
  account: AccountFile,
  escalations: Escalations,
  'give-back': GiveBack,
} as const satisfies Record<string, TSchema>;

export type FileKind = keyof typeof schemas;
