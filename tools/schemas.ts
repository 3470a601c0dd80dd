// Writes the JSON Schemas that editors read from the one source of the types; with --check it only compares.
import { readFile, writeFile } from 'node:fs/promises';
import type { TSchema } from 'typebox';
import { AccountFile } from '../policy/schemas/account.ts';
import { Exemptions } from '../policy/schemas/exemptions.ts';
import { Policy } from '../policy/schemas/policy.ts';
import { Prices } from '../policy/schemas/prices.ts';
import { Tenant } from '../policy/schemas/tenant.ts';

const schemas: Record<string, TSchema> = {
  account: AccountFile,
  exemptions: Exemptions,
  policy: Policy,
  prices: Prices,
  tenant: Tenant,
};

const isCheck = process.argv.includes('--check');
for (const [name, schema] of Object.entries(schemas)) {
  const url = new URL(`../policy/schemas/${name}.schema.json`, import.meta.url);
  const text = `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', title: name, ...schema }, null, 2)}\n`;
  if (!isCheck) {
    await writeFile(url, text);
  } else if ((await readFile(url, 'utf8').catch(() => '')) !== text) {
    console.error(`policy/schemas/${name}.schema.json does not match its source; run: npm run schemas`);
    process.exitCode = 1;
  }
}
