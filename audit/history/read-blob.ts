// Versions of account files by their git blob, read by the same parser as the files themselves.
import type { AccountFile } from '../../policy/schemas/account.ts';
import { createVersionReader, type ReadVersion } from '../../policy/signing/main-line.ts';

/** null: there is no blob, or it is no account file. */
export type ReadBlob = (blob: string | null) => AccountFile | null;

export function createBlobReader(
  texts: ReadonlyMap<string, string>,
  read: ReadVersion = createVersionReader(),
): ReadBlob {
  return (blob) => {
    const text = blob === null ? undefined : texts.get(blob);
    return text === undefined ? null : read(text);
  };
}
