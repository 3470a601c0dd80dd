// Which bytes of a file are signed, and the line that carries the signature. Who signs and who verifies is handed in. Pure.
import canonicalize from 'canonicalize';
import { foldId, foldText } from '../identifiers.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { Escalation } from '../schemas/escalations.ts';
import { type FurthestStage, furthestStages } from '../schemas/signing.ts';

/** What the machine saw: all of a file that is no decision of people. */
export type Facts = Omit<AccountFile, 'stage' | 'reason' | 'desired' | 'signed'>;

/** The tenant that a signature is for, so that it is good for no other stack. */
export interface SignedTenant {
  stack: string;
  tenantId: string;
}

/** What the line says in clear; the signature covers `furthest` and `rules`, too. */
export interface SignatureParts {
  /** The name of the key in tenant.yaml. */
  key: string;
  /** null: of a list. */
  furthest: FurthestStage | null;
  /** The first 32 hex digits of the SHA-256 over policy.yaml and prices.yaml, one after the other. */
  rules: string;
  /** 64 bytes in base64url. */
  signature: string;
}

/** Signs one text with the audit's key. */
export interface FactsSigner {
  key: string;
  rules: string;
  /** Returns the Ed25519 signature over the text's UTF-8 bytes in base64url. */
  sign(text: string): string;
}

/** Never throws: a key or signature that is none verifies nothing. */
export type VerifySignature = (text: string, signature: string, publicKey: string) => boolean;

export function selectFacts({ stage: _, reason: _1, desired: _2, signed: _3, ...facts }: AccountFile): Facts {
  return facts;
}

/** Canonical JSON (RFC 8785): another order, quoting or layout of the same values gives the same text. */
export function buildSignedText(
  file: AccountFile,
  { stack, tenantId }: SignedTenant,
  { furthest, rules }: Pick<SignatureParts, 'furthest' | 'rules'>,
): string {
  return buildSignedFactsText(selectFacts(file), { stack, tenantId }, { furthest, rules });
}

/** Of facts that stand by themselves, as in audit.json or a record; they need not be valid to have been signed. */
export function buildSignedFactsText(
  facts: { account: { id: string } },
  { stack, tenantId }: SignedTenant,
  { furthest, rules }: Pick<SignatureParts, 'furthest' | 'rules'>,
): string {
  const accountId = foldId(facts.account.id);
  return toCanonicalJson({ version: 1, stack, tenantId: foldText(tenantId), accountId, furthest, rules, facts });
}

/** The same for the list of a stack. */
export function buildSignedListText(
  escalations: readonly Escalation[],
  { stack, tenantId }: SignedTenant,
  { rules }: Pick<SignatureParts, 'rules'>,
): string {
  return toCanonicalJson({ version: 1, stack, tenantId: foldText(tenantId), rules, escalations });
}

/** Equal texts are equal facts. Half a character, which YAML can write and no audit signs, has no canonical form. */
export function toCanonicalJson(value: unknown): string {
  try {
    const text = canonicalize(value);
    if (text !== undefined) return text;
  } catch {
    return `not canonical: ${JSON.stringify(value)}`;
  }
  throw new TypeError('only values of JSON can be signed');
}

/** The file with the audit's line over its facts. */
export function signFile(
  file: AccountFile,
  furthest: FurthestStage,
  tenant: SignedTenant,
  { key, rules, sign }: FactsSigner,
): AccountFile {
  const signature = sign(buildSignedText(file, tenant, { furthest, rules }));
  return { ...file, signed: formatSignedLine({ key, furthest, rules, signature }) };
}

export function formatSignedLine({ key, furthest, rules, signature }: SignatureParts): string {
  return ['1', key, ...(furthest === null ? [] : [furthest]), rules, signature].join('.');
}

/** Of a file's `signed`; null: it has none, or that is no such line. */
export function parseSignedLine(text: string | undefined): SignatureParts | null {
  const [, key = '', stage, rules = '', signature = ''] = linePattern.exec(text ?? '') ?? [];
  const furthest = furthestStages.find((each) => each === stage) ?? null;
  return signature === '' || (stage !== undefined && furthest === null) ? null : { key, furthest, rules, signature };
}

const linePattern = /^1\.([a-z0-9][a-z0-9-]{0,63})(?:\.([a-z]+))?\.([0-9a-f]{32})\.([A-Za-z0-9_-]{86})$/;
