// What each key of a stack is good for, in words. Pure.
import type { Signing } from '../../policy/schemas/signing.ts';
import { type ListedKey, listKeys } from '../../policy/signing/keys.ts';

interface KeyInWords {
  name: string;
  role: ListedKey['role'];
  goodFor: string;
  publicKey: string;
}

/** In the order of the file. */
export function describeKeys(signing: Signing): KeyInWords[] {
  return listKeys(signing).map((key) => ({
    name: key.name,
    role: key.role,
    goodFor: describeUse(key),
    publicKey: key.publicKey,
  }));
}

function describeUse({ role, until, before }: ListedKey): string {
  switch (role) {
    case 'current':
      return 'all that it signs';
    case 'next':
      return 'all that it signs; it follows by `dormant key promote`';
    case 'retired':
      return `audits until ${until}`;
    case 'revoked':
      return `what main had before ${before?.slice(0, 12)}`;
  }
}
