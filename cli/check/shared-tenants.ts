// Two stacks of one tenant: each would propose and take what the other one's files say nothing of.
import { type Problem, readOrNull } from '../../policy/errors.ts';
import { getTenantPath } from '../../policy/files/stack-files.ts';
import { foldText } from '../../policy/identifiers.ts';
import { Tenant } from '../../policy/schemas/tenant.ts';
import { type ParsedYaml, parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { listStacks, openWorkingTree } from '../../stacks/working-tree.ts';

/** Of all stacks of the repository, however few are asked for. */
export async function checkSharedTenants(repo: string): Promise<Problem[]> {
  const tree = openWorkingTree(repo);
  const found: StackTenant[] = [];
  for (const stack of await listStacks(repo)) {
    const path = getTenantPath(stack);
    const text = (await tree.read(path)) ?? '';
    // The check of its own stack reports one that is not valid.
    const tenant = readOrNull(() => parseYaml(Tenant, path, text));
    if (tenant !== null) found.push({ stack, tenant });
  }
  const groups = Map.groupBy(found, ({ tenant }) => foldText(tenant.value.tenantId));
  return [...groups.values()].flatMap((group) =>
    group.length < 2 ? [] : group.map((one) => buildProblem(one, group)),
  );
}

interface StackTenant {
  stack: string;
  tenant: ParsedYaml<Tenant>;
}

function buildProblem({ stack, tenant }: StackTenant, group: readonly StackTenant[]): Problem {
  const others = group.map((one) => one.stack).filter((name) => name !== stack);
  const message = `tenantId: ${tenant.value.tenantId} is the tenant of ${others.join(', ')}, too; a tenant has one stack`;
  return { path: tenant.path, ...tenant.locate(['tenantId']), code: 'shared-tenant', message };
}
