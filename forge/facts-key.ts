// Ed25519 keys for the facts of account files: made, read, and used to sign and to verify. The only file that knows how.
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { DormantError } from '../policy/errors.ts';
import { locatePage } from '../policy/words/locate-page.ts';

/** Both halves as text on one line. */
export interface FactsKeyPair {
  /** 32 bytes in base64, for tenant.yaml. */
  publicKey: string;
  /** PKCS #8 in base64: a secret. */
  privateKey: string;
}

export function createFactsKeyPair(): FactsKeyPair {
  const { privateKey } = generateKeyPairSync('ed25519');
  const der = privateKey.export({ type: 'pkcs8', format: 'der' });
  return { publicKey: exportPublicKey(privateKey), privateKey: der.toString('base64') };
}

/** The secrets that hold a private half, and the code of a text there that is none. */
const secrets = { DORMANT_FACTS_KEY: 'facts-key', DORMANT_RECORDS_KEY: 'records-key' } as const;

/** The public half, and how to sign. Throws `facts-key` or `records-key` (exit code 2) for text that is no such key. */
export function readPrivateKey(
  text: string,
  secret: keyof typeof secrets = 'DORMANT_FACTS_KEY',
): { publicKey: string; sign(text: string): string } {
  const key = parsePrivateKey(text.trim(), secret);
  return { publicKey: exportPublicKey(key), sign: (each) => sign(null, Buffer.from(each), key).toString('base64url') };
}

/** Whether the signature is the key's over this text. Anything that is no key or no signature verifies nothing. */
export function verifySignature(text: string, signature: string, publicKey: string): boolean {
  const key = importPublicKey(publicKey);
  return key !== null && verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
}

/** The first 32 hex digits of `cat policy.yaml prices.yaml | sha256sum`. */
export function hashRules(policyText: string, pricesText: string): string {
  return createHash('sha256').update(policyText).update(pricesText).digest('hex').slice(0, 32);
}

function parsePrivateKey(text: string, secret: keyof typeof secrets): KeyObject {
  try {
    const key = createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Its message could quote the secret.
  }
  const what = secret === 'DORMANT_FACTS_KEY' ? 'the facts' : 'records';
  throw new DormantError(
    secrets[secret],
    `The key for ${what} is not a private key that \`dormant key new\` has made.`,
    {
      exitCode: 2,
      where: secret,
      remedy: `Set it to the line that \`dormant key new\` printed; a new key costs one pull request (${locatePage('guides/keys.md')}).`,
    },
  );
}

/** A raw public key is the tail of its SPKI form (RFC 8410). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

function exportPublicKey(privateKey: KeyObject): string {
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  return der.subarray(spkiPrefix.length).toString('base64');
}

/** Thousands of files are signed by a few keys. */
const imported = new Map<string, KeyObject | null>();

function importPublicKey(text: string): KeyObject | null {
  const known = imported.get(text);
  if (known !== undefined) return known;
  const key = tryImportPublicKey(text);
  imported.set(text, key);
  return key;
}

function tryImportPublicKey(text: string): KeyObject | null {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== 32) return null;
  try {
    return createPublicKey({ key: Buffer.concat([spkiPrefix, bytes]), format: 'der', type: 'spki' });
  } catch {
    return null;
  }
}
