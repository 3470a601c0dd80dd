// Makes the running process trust the emulator's authority, in addition to those it trusts anyway.
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** Adds an authority for fetch and node:https; the returned function removes exactly that one. */
export function trustAuthority(certificate: string): () => void {
  setDefaultCACertificates([...getCACertificates('default'), certificate]);
  return () => {
    setDefaultCACertificates(getCACertificates('default').filter((known) => known.trim() !== certificate.trim()));
  };
}
