// How MSAL names an account: `client_info` of codes and tokens.
import type { Site } from '../../site.ts';

export function buildClientInfo({ tenant }: Site, personId: string): string {
  return Buffer.from(JSON.stringify({ uid: personId, utid: tenant.id })).toString('base64url');
}
