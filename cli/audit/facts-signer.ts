// The audit's key for the facts, from DORMANT_FACTS_KEY or a file; its name is the one in tenant.yaml.
import { readFile } from 'node:fs/promises';
import { hashRules, readPrivateKey } from '../../forge/facts-key.ts';
import { DormantError } from '../../policy/errors.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import type { FactsSigner } from '../../policy/signing/signed-line.ts';

export interface FactsKeySource {
  /** `--key-file`, before the environment. */
  keyFile?: string;
  env: NodeJS.ProcessEnv;
}

/** null: neither is given. Throws `facts-key` (exit code 2) for a key that tenant.yaml does not list as current or next. */
export async function readFactsSigner(
  { keyFile, env }: FactsKeySource,
  { tenant, policy, prices }: Pick<StackFiles, 'tenant' | 'policy' | 'prices'>,
): Promise<FactsSigner | null> {
  const text = keyFile === undefined ? (env.DORMANT_FACTS_KEY ?? '') : await readKeyFile(keyFile);
  if (keyFile === undefined && text.trim() === '') return null;
  const { publicKey, sign } = readPrivateKey(text);
  const { current, next } = tenant.value.signing ?? {};
  const key = [current, next].find((each) => each?.publicKey === publicKey);
  if (key !== undefined) return { key: key.name, rules: hashRules(policy.text, prices.text), sign };
  throw new DormantError('facts-key', 'The key for the facts is neither the current nor the next one of this stack.', {
    exitCode: 2,
    where: tenant.path,
    remedy: 'Merge the pull request that lists its public half first, or give the audit the key that is listed.',
  });
}

async function readKeyFile(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new DormantError('facts-key', 'The file with the key for the facts cannot be read.', {
      exitCode: 2,
      where: path,
      remedy: 'Give the path of a file with the line that `dormant key new` printed.',
      cause,
    });
  });
}
