// The key for records, from DORMANT_RECORDS_KEY; its name is the one in tenant.yaml.
import { readPrivateKey } from '../../forge/facts-key.ts';
import { DormantError } from '../../policy/errors.ts';
import type { RecordKind, Records } from '../../policy/schemas/records.ts';

export interface RecordSigner {
  key: string;
  /** Ed25519 over the text's UTF-8 bytes, base64url. */
  sign(text: string): string;
}

/** null: there is none, and the record is not signed. Throws `records-key` (exit code 2) for one that is not listed for this kind. */
export function readRecordSigner(
  env: NodeJS.ProcessEnv,
  { keys = [] }: Records,
  { kind, day, tenantPath }: { kind: RecordKind; day: string; tenantPath: string },
): RecordSigner | null {
  const text = env.DORMANT_RECORDS_KEY ?? '';
  if (text.trim() === '') return null;
  const { publicKey, sign } = readPrivateKey(text, 'DORMANT_RECORDS_KEY');
  const key = keys.find((each) => each.publicKey === publicKey);
  if (key?.signs === kind && (key.until === undefined || day <= key.until)) return { key: key.name, sign };
  const found =
    key === undefined
      ? 'is not listed'
      : `is listed as ${key.name}, for ${key.signs}${key.until === undefined ? '' : ` until ${key.until}`}`;
  throw new DormantError('records-key', `The key for records ${found}; this is a record of ${kind}, of ${day}.`, {
    exitCode: 2,
    where: tenantPath,
    remedy: 'List its public half in `records.keys` by a merged pull request, or give the run the key that is listed.',
  });
}
