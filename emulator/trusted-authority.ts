// For tests: one authority for all servers of the process. To trust another takes longer than to start a server.
import { type Authority, makeAuthority } from './entra/certificates.ts';
import { trustAuthority } from './trust.ts';

let made: Promise<Authority> | undefined;

/** Made and trusted at the first call, and for as long as the process lives. */
export function trustedAuthority(): Promise<Authority> {
  made ??= makeAuthority().then((authority) => {
    trustAuthority(authority.certificate);
    return authority;
  });
  return made;
}
