// What the base branch says about a stack: a pull request is judged by this, and not by what it changes itself.
import type { TSchema } from 'typebox';
import { readCommittedFile } from '../../audit/history/tracked-files.ts';
import { readOrNull } from '../../policy/errors.ts';
import { getEscalationsPath } from '../../policy/files/escalations-file.ts';
import { exemptionsPath, type StackFiles } from '../../policy/files/stack-files.ts';
import { Escalations } from '../../policy/schemas/escalations.ts';
import { Exemptions } from '../../policy/schemas/exemptions.ts';
import { Policy } from '../../policy/schemas/policy.ts';
import { Tenant } from '../../policy/schemas/tenant.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';

interface BaseSettings {
  tenant: Tenant;
  policy: Policy;
  exemptions: Exemptions['exemptions'];
  escalations: Escalations | null;
}

/**
 * Where the base branch has no such file, or one from before an upgrade that this version cannot read, the pull request's
 * own stands for it, but no key and no commit of it: a new stack has nothing to vouch for yet.
 */
export async function readBaseSettings(repo: string, base: string, head: StackFiles): Promise<BaseSettings> {
  const read = async <T extends TSchema>(schema: T, path: string) => {
    const committed = await readCommittedFile(repo, base, path);
    return committed === null ? null : readOrNull(() => parseYaml(schema, path, committed.text).value);
  };
  const [tenant, policy, exemptions, escalations] = await Promise.all([
    read(Tenant, head.tenant.path),
    read(Policy, head.policy.path),
    read(Exemptions, exemptionsPath),
    read(Escalations, getEscalationsPath(head.stack)),
  ]);
  const { signing: _, ...unsigned } = head.tenant.value;
  return {
    tenant: tenant ?? unsigned,
    policy: policy ?? head.policy.value,
    exemptions: exemptions?.exemptions ?? [],
    escalations,
  };
}
