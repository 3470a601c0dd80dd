// Signatures for tests, by a key that is the same in every run and good for nothing else.
import { createHash } from 'node:crypto';
import { hashRules, readPrivateKey } from '../../forge/facts-key.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { FactsKey, FurthestStage, Signing } from '../schemas/signing.ts';
import { type FactsSigner, type SignedTenant, signFile } from './signed-line.ts';

export const contoso: SignedTenant = { stack: 'contoso', tenantId: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e' };

/** The private half, as DORMANT_FACTS_KEY has it. */
export function aPrivateKey(name = 'tests'): string {
  const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
  const seed = createHash('sha256').update(`Dormant’s tests: ${name}`).digest();
  return Buffer.concat([pkcs8, seed]).toString('base64');
}

/** As tenant.yaml lists it. */
export function aFactsKey(name = 'tests'): FactsKey {
  return { name, publicKey: readPrivateKey(aPrivateKey(name)).publicKey };
}

/** The block of tenant.yaml with this key as the current one. */
export function aSigning(change: Signing = {}): Signing {
  return { current: aFactsKey(), ...change };
}

export function aSigner(name = 'tests'): FactsSigner {
  return { key: name, rules: hashRules('policy', 'prices'), sign: readPrivateKey(aPrivateKey(name)).sign };
}

/** The file as an audit signs it that proposes its stage, or `furthest`. */
export function aSignedFile(
  file: AccountFile,
  { furthest, tenant = contoso, key = 'tests' }: { furthest?: FurthestStage; tenant?: SignedTenant; key?: string } = {},
): AccountFile {
  const { stage } = file;
  return signFile(file, furthest ?? (stage === 'restore' ? 'keep' : stage), tenant, aSigner(key));
}
