// For tests: the files of a stack, and what the program declares from them, by Pulumi's mocks and the embedded tenant.
import pulumi from '@pulumi/pulumi';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { aPolicy, type PolicyChange, prices } from '../../policy/a-policy.ts';
import { accountsFolder, serialiseAccountFile } from '../../policy/account-file.ts';
import { addDays } from '../../policy/evidence.ts';
import { loadStack } from '../../policy/repository.ts';
import type { AccountFile, Stage } from '../../policy/schemas/account.ts';
import type { Exemption } from '../../policy/schemas/exemptions.ts';
import { desiredFor } from '../../policy/stage.ts';
import { declareStack } from '../program.ts';
import { type TenantToApplyTo, today } from '../tenant/a-tenant-to-apply-to.ts';

export interface Declared {
  type: string;
  name: string;
  inputs: Readonly<Record<string, unknown>>;
}

export interface FilesOf {
  accounts: readonly AccountFile[];
  policy?: PolicyChange;
  exemptions?: readonly Exemption[];
  today?: string;
}

/** A person's file in a stage, audited today, silent for 143 days. */
export function aFile(
  tenant: TenantToApplyTo,
  kind: string,
  stage: Stage,
  change: Partial<AccountFile> = {},
): AccountFile {
  const { account, restore } = tenant.change(kind);
  const savings = { monthly: 36, currency: 'USD', heldBack: [] };
  const day = addDays(today, -143);
  const services = { exchange: day, oneDrive: day, sharePoint: day, teams: day, yammer: null };
  return {
    account,
    stage,
    ...(stage === 'keep' || stage === 'restore' ? { reason: 'Asked for by their manager.' } : {}),
    desired: desiredFor(stage, restore, savings),
    evidence: {
      auditedOn: today,
      reportRefreshDate: addDays(today, -2),
      inactiveDays: 143,
      lastActivity: { ...services, signIn: day },
    },
    restore,
    savings,
    ...change,
  };
}

/** Every resource, in the order in which it was declared. */
export async function declaredFrom(tenant: TenantToApplyTo, files: FilesOf): Promise<Declared[]> {
  useEnvironment(tenant.envOf('apply'));
  const declared: Declared[] = [];
  await pulumi.runtime.setMocks(
    {
      newResource({ type, name, inputs }) {
        declared.push({ type, name, inputs });
        return { id: `${name}-id`, state: { ...inputs, objectId: `${name}-object` } };
      },
      call: () => ({}),
    },
    'dormant',
    'contoso',
  );
  const stack = await loadStack(inMemory(tenant, files), 'contoso');
  await declareStack(stack, { repository: '/nowhere', today: files.today ?? today });
  await pulumi.runtime.disconnect();
  return declared;
}

function inMemory({ tenant }: TenantToApplyTo, { accounts, policy, exemptions = [] }: FilesOf) {
  const folder = accountsFolder('contoso');
  const texts = new Map([
    ['stacks/contoso/tenant.yaml', stringify(tenant)],
    ['policy/policy.yaml', stringify(aPolicy(policy))],
    ['policy/prices.yaml', stringify(prices)],
    ['exemptions.yaml', stringify({ exemptions })],
    ...accounts.map(
      (file) => [`${folder}/${file.account.userPrincipalName}.yaml`, serialiseAccountFile(file)] as const,
    ),
  ]);
  return {
    list: async (of: string) =>
      [...texts.keys()].filter((path) => path.startsWith(`${of}/`)).map((path) => path.slice(of.length + 1)),
    read: async (path: string) => texts.get(path) ?? null,
  };
}

function useEnvironment(environment: NodeJS.ProcessEnv): void {
  const before = Object.keys(environment).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, environment);
  onTestFinished(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
}
