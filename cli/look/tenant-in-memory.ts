// The files of a stack that no repository has yet: the tenant as its person sees it, and the policy that Dormant comes with or that
// is given.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { SignedInPerson } from '../../graph/person/sign-in.ts';
import { DormantError } from '../../policy/errors.ts';
import { noGiveBacks } from '../../policy/files/give-back-file.ts';
import { parsePolicy } from '../../policy/files/policy-file.ts';
import { getTenantPath, type StackFiles } from '../../policy/files/stack-files.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import { Prices } from '../../policy/schemas/prices.ts';
import { type Cloud, Tenant } from '../../policy/schemas/tenant.ts';
import { type ParsedYaml, parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { makeSignInsOptional, type SignInsFound } from '../init/optional-sign-ins.ts';
import { renderTenantFile } from '../init/tenant-file.ts';

export interface Rules {
  policy: ParsedYaml<Policy>;
  prices: ParsedYaml<Prices>;
}

/** Paths as given; absent: Dormant's own. Throws `InvalidInput` or `missing-file` (exit code 2). */
export async function readRules({ policy, prices }: { policy?: string; prices?: string }): Promise<Rules> {
  const [policyText, pricesText] = await Promise.all([readGiven(policy, 'policy'), readGiven(prices, 'prices')]);
  return {
    policy: parsePolicy(policy ?? 'policy.yaml', policyText),
    prices: parseYaml(Prices, prices ?? 'prices.yaml', pricesText),
  };
}

function readGiven(path: string | undefined, which: 'policy' | 'prices'): Promise<string> {
  const shipped = fileURLToPath(new URL(`../../policy/defaults/${which}.yaml`, import.meta.url));
  return readFile(path ?? shipped, 'utf8').catch((cause: unknown) => {
    throw new DormantError('missing-file', `The file of --${which} cannot be read.`, {
      exitCode: 2,
      where: path ?? shipped,
      remedy: 'Give the path of one, or leave the option out for the one that Dormant comes with.',
      cause,
    });
  });
}

/** Addresses of nobody: a look sends no mail, and no account is the pipeline's. */
const nobody = 'nobody@example.invalid';
const noApplication = '00000000-0000-0000-0000-000000000000';

interface LookedAt {
  stack: string;
  cloud: Cloud;
  clientId: string;
  person: Pick<SignedInPerson, 'tenantId'>;
  reportNames: 'concealed' | 'shown';
  signIns: SignInsFound;
}

/** Where nobody can read sign-ins, the policy does without, as `dormant init` would write it. */
export function buildStackFiles(
  { stack, cloud, clientId, person, reportNames, signIns }: LookedAt,
  { policy, prices }: Rules,
): StackFiles {
  const path = getTenantPath(stack);
  const text = renderTenantFile({
    tenantId: person.tenantId,
    cloud,
    audit: { clientId },
    apply: { clientId: noApplication },
    notifications: { sender: nobody, replyTo: nobody },
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    currency: prices.value.currency,
    reportNames,
  });
  return {
    stack,
    tenant: parseYaml(Tenant, path, text),
    policy: parsePolicy(policy.path, makeSignInsOptional(policy, stack, signIns)),
    prices,
    holidays: [],
    exemptions: null,
    escalations: null,
    accounts: [],
    giveBacks: noGiveBacks,
  };
}
