// What the base branch says about a stack: a pull request is judged by this, and not by what it changes itself.
import { readCommittedFile } from '../../audit/history/tracked-files.ts';
import { readOrNull } from '../../policy/errors.ts';
import { getEscalationsPath } from '../../policy/files/escalations-file.ts';
import { parsePolicy } from '../../policy/files/policy-file.ts';
import { exemptionsPath, type StackFiles } from '../../policy/files/stack-files.ts';
import { Escalations } from '../../policy/schemas/escalations.ts';
import { Exemptions } from '../../policy/schemas/exemptions.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import { Tenant } from '../../policy/schemas/tenant.ts';
import { type ParsedYaml, parseYaml } from '../../policy/yaml/parse-yaml.ts';

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
  const read = async <T>(path: string, parse: (path: string, text: string) => ParsedYaml<T>) => {
    const committed = await readCommittedFile(repo, base, path);
    return committed === null ? null : readOrNull(() => parse(path, committed.text).value);
  };
  const [tenant, policy, exemptions, escalations] = await Promise.all([
    read(head.tenant.path, (path, text) => parseYaml(Tenant, path, text)),
    read(head.policy.path, parsePolicy),
    read(exemptionsPath, (path, text) => parseYaml(Exemptions, path, text)),
    read(getEscalationsPath(head.stack), (path, text) => parseYaml(Escalations, path, text)),
  ]);
  const { signing: _, ...unsigned } = head.tenant.value;
  return {
    tenant: tenant ?? unsigned,
    policy: policy ?? head.policy.value,
    exemptions: exemptions?.exemptions ?? [],
    escalations,
  };
}
