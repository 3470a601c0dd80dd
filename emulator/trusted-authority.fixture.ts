// For tests: one authority for all servers of the process. To trust another takes longer than to start a server.
import { type Authority, createAuthority } from './entra/certificates.ts';
import { trustAuthority } from './trust-authority.ts';

let cachedAuthority: Promise<Authority> | undefined;

/** Made and trusted at the first call, and for as long as the process lives. */
export function getTrustedAuthority(): Promise<Authority> {
  cachedAuthority ??= createAuthority().then((authority) => {
    trustAuthority(authority.certificate);
    return authority;
  });
  return cachedAuthority;
}
