// Makes the running process trust the emulator's authority, in addition to those it trusts anyway.
import * as tls from 'node:tls';

/**
 * Adds an authority for fetch and node:https; the returned function removes exactly that one. Throws on a Node before 22.19, and on
 * 24 before 24.5, which cannot do it (https://nodejs.org/blog/release/v22.19.0); the tenant itself starts there, so nothing is
 * imported by its name.
 */
export function trustAuthority(certificate: string): () => void {
  if (!('setDefaultCACertificates' in tls))
    throw new Error(`Node ${process.versions.node} cannot trust it while it runs. Start it with NODE_EXTRA_CA_CERTS.`);
  const { getCACertificates, setDefaultCACertificates } = tls;
  setDefaultCACertificates([...getCACertificates('default'), certificate]);
  return () => {
    setDefaultCACertificates(getCACertificates('default').filter((known) => known.trim() !== certificate.trim()));
  };
}
