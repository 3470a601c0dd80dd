// For tests: the files of a stack, and what the program declares from them, by Pulumi's mocks and the embedded tenant.
import pulumi from '@pulumi/pulumi';
import { stringify } from 'yaml';
import { getAccountsFolder, serialiseAccountFile } from '../../policy/files/account-file.ts';
import { loadStack } from '../../policy/files/stack-files.ts';
import { aPolicy, type PolicyChange, prices } from '../../policy/policy.fixture.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import type { Exemption } from '../../policy/schemas/exemptions.ts';
import { declareStack } from '../program.ts';
import { createRestraint, type Restraint } from '../restraint.ts';
import { type TenantToApplyTo, today, useEnvironment } from '../tenant/tenant-to-apply-to.fixture.ts';
import { trustAll } from '../trusted-files.fixture.ts';

export interface DeclaredResource {
  type: string;
  name: string;
  inputs: Readonly<Record<string, unknown>>;
}

export interface StackContents {
  accounts: readonly AccountFile[];
  policy?: PolicyChange;
  exemptions?: readonly Exemption[];
  today?: string;
  restraint?: Restraint;
}

/** Every resource, in the order in which it was declared. */
export async function listDeclaredResources(
  tenant: TenantToApplyTo,
  files: StackContents,
): Promise<DeclaredResource[]> {
  useEnvironment(tenant.envOf('apply'));
  const declared: DeclaredResource[] = [];
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
  const { restraint = createRestraint() } = files;
  await declareStack(trustAll(stack), {
    loggedRun: { run: 'machine/1', commit: null },
    repository: '/nowhere',
    env: process.env,
    today: files.today ?? today,
    restraint,
  });
  await pulumi.runtime.disconnect();
  return declared;
}

function inMemory({ tenant }: TenantToApplyTo, { accounts, policy, exemptions = [] }: StackContents) {
  const folder = getAccountsFolder('contoso');
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
