// Two stacks of one tenant: each would propose and take what the other one's files say nothing of.
import { InvalidInput, type Problem } from '../../policy/errors.ts';
import { foldText } from '../../policy/identifiers.ts';
import { Tenant } from '../../policy/schemas/tenant.ts';
import { type ParsedYaml, parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { listStacks, openWorkingTree } from '../../stacks/working-tree.ts';

/** Of all stacks of the repository, however few are asked for. */
export async function checkSharedTenants(repo: string): Promise<Problem[]> {
  const tree = openWorkingTree(repo);
  const found: StackTenant[] = [];
  for (const stack of await listStacks(repo)) {
    const path = `stacks/${stack}/tenant.yaml`;
    const tenant = parseOrNull(path, (await tree.read(path)) ?? '');
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

/** null: it is not valid, which the check of its own stack says. */
function parseOrNull(path: string, text: string): ParsedYaml<Tenant> | null {
  try {
    return parseYaml(Tenant, path, text);
  } catch (error) {
    if (error instanceof InvalidInput) return null;
    throw error;
  }
}

function buildProblem({ stack, tenant }: StackTenant, group: readonly StackTenant[]): Problem {
  const others = group.map((one) => one.stack).filter((name) => name !== stack);
  const message = `tenantId: ${tenant.value.tenantId} is the tenant of ${others.join(', ')}, too; a tenant has one stack`;
  return { path: tenant.path, ...tenant.locate(['tenantId']), code: 'shared-tenant', message };
}
