// Lets the running process trust the emulator's authority, besides those it trusts anyway.
import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/** Adds an authority to what fetch and node:https accept; the returned function takes exactly that one away again. */
export function trustAuthority(certificate: string): () => void {
  setDefaultCACertificates([...getCACertificates('default'), certificate]);
  return () => {
    setDefaultCACertificates(
      getCACertificates('default').filter((known) => known.trim() !== certificate.trim()),
    );
  };
}
