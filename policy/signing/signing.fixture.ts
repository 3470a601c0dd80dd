// Signatures for tests, by a key that is the same in every run and good for nothing else.
import { createHash } from 'node:crypto';
import { hashRules, readPrivateKey, verifySignature } from '../../forge/facts-key.ts';
import type { PlanSigning } from '../plan/plan-signing.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { FactsKey, FurthestStage, Signing } from '../schemas/signing.ts';
import { createVersionReader } from './main-line.ts';
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
  return { name, publicKey: readKey(name).publicKey };
}

/** The block of tenant.yaml with this key as the current one. */
export function aSigning(change: Signing = {}): Signing {
  return { current: aFactsKey(), ...change };
}

export function aSigner(name = 'tests'): FactsSigner {
  return { key: name, rules: hashRules('policy', 'prices'), sign: readKey(name).sign };
}

/** Thousands of random tenants are planned with the same key. */
const known = new Map<string, ReturnType<typeof readPrivateKey>>();

function readKey(name: string): ReturnType<typeof readPrivateKey> {
  const key = known.get(name) ?? readPrivateKey(aPrivateKey(name));
  known.set(name, key);
  return key;
}

/** The file as an audit signs it that proposes its stage, or `furthest`. */
export function aSignedFile(
  file: AccountFile,
  { furthest, tenant = contoso, key = 'tests' }: { furthest?: FurthestStage; tenant?: SignedTenant; key?: string } = {},
): AccountFile {
  const { stage } = file;
  return signFile(file, furthest ?? (stage === 'restore' ? 'keep' : stage), tenant, aSigner(key));
}

/** What an audit of the stack contoso signs and verifies with, on a main that has had no signature yet. */
export function aPlanSigning(change: Partial<PlanSigning> = {}): PlanSigning {
  const context = {
    ...contoso,
    signing: aSigning(),
    verify: verifySignature,
    read: createVersionReader(),
    places: new Map(),
    lineRules: null,
  };
  return { signer: aSigner(), context, signaturesOnMain: new Set(), ...change };
}
