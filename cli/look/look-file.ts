// look.json: what a look learnt of a company, for `dormant init --look`, which offers it and takes none of it for granted.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import { DormantError } from '../../policy/errors.ts';
import { DaySchema, Guid, literals, nullable, strictObject } from '../../policy/schemas/parts.ts';
import { clouds } from '../../policy/schemas/tenant.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import type { Look } from './look.ts';

export const lookFileName = 'look.json';

const Accounts = strictObject({
  accounts: Type.Integer({ minimum: 0 }),
  /** The first of them by name. */
  examples: Type.Array(strictObject({ userPrincipalName: Type.String(), because: Type.String() })),
});

const LookFile = strictObject({
  formatVersion: Type.Literal(1),
  lookedOn: DaySchema,
  /** userPrincipalName of who was signed in. */
  by: Type.String(),
  tenantId: Guid,
  cloud: literals(clouds),
  displayName: nullable(Type.String()),
  /** Verified, the default one first. */
  domains: Type.Array(Type.String()),
  timeZone: Type.String(),
  reportNames: literals(['concealed', 'shown']),
  signIns: literals(['read', 'no-premium', 'no-permission', 'no-value']),
  executives: Accounts,
  /** Near the top of the reporting line, and named by no rule. */
  unnamedTitles: Type.Array(strictObject({ title: Type.String(), accounts: Type.Integer() })),
  serviceAccounts: Accounts,
  emergencyAccounts: Accounts,
  groups: Type.Array(
    strictObject({
      id: Guid,
      name: nullable(Type.String()),
      accounts: Type.Integer(),
      /** Of these, inactive ones. */
      inactive: Type.Integer(),
      skuPartNumbers: Type.Array(Type.String()),
    }),
  ),
});
export type LookFile = Static<typeof LookFile>;

/** Ends with a line break. */
export function renderLookFile({ result, findings, organization, by, signIns }: Look): string {
  const { tenant, auditedOn, unnamedTitles } = result;
  const learnt: LookFile = {
    formatVersion: 1,
    lookedOn: auditedOn,
    by,
    tenantId: tenant.tenantId,
    cloud: tenant.cloud,
    displayName: organization?.displayName ?? null,
    domains: [...(organization?.domains ?? [])],
    timeZone: tenant.timeZone,
    reportNames: tenant.reportNames ?? 'concealed',
    signIns: signIns ?? 'no-permission',
    executives: toAccounts(findings.executives),
    unnamedTitles: unnamedTitles.flatMap(({ title, accounts }) => (title === null ? [] : [{ title, accounts }])),
    serviceAccounts: toAccounts(findings.serviceAccounts),
    emergencyAccounts: toAccounts(findings.emergencyAccounts),
    groups: result.licensingGroups.map(({ id, name, accounts, inactive, skuPartNumbers }) => ({
      ...{ id, name, accounts, inactive },
      skuPartNumbers: [...skuPartNumbers],
    })),
  };
  return `${JSON.stringify(learnt, null, 2)}\n`;
}

/** `place`: the folder of a look, or the file itself. Throws `InvalidInput` or `missing-file` (exit code 2). */
export async function readLookFile(place: string): Promise<LookFile> {
  const path = place.endsWith('.json') ? place : join(place, lookFileName);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new DormantError('missing-file', 'There is no result of a look.', {
      exitCode: 2,
      where: path,
      remedy: 'Give the folder that `dormant look` wrote.',
      cause,
    });
  });
  // JSON is YAML, and so a fault has its line.
  return parseYaml(LookFile, path, text).value;
}

function toAccounts({ accounts, examples }: Look['findings']['executives']): LookFile['executives'] {
  return { accounts, examples: examples.map((example) => ({ ...example })) };
}
