// Certificates made at start: the authority that consumers trust, the server's own, and those of identities.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

export interface Authority {
  /** PEM of the certificate to trust. */
  readonly certificate: string;
  /** PEM of a server certificate (with its key) for these names. */
  issue(hostnames: readonly string[]): Promise<{ certificate: string; key: string }>;
}

export interface SigningCertificate {
  /** PEM of certificate and private key, in one file as @azure/identity requires. */
  readonly pem: string;
  /** Base64 DER of the certificate: Graph's keyCredential.key. */
  readonly der: string;
  /** Hexadecimal SHA-1, upper case. */
  readonly thumbprint: string;
}

const SERVER_KEY = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const CLIENT_KEY = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
} as const;
const VALID_MS = 30 * 86_400_000;

x509.cryptoProvider.set(webcrypto);

/** A fresh authority, valid for 30 days. */
export async function createAuthority(): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(SERVER_KEY, true, ['sign', 'verify']);
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    ...buildValidity(),
    name: 'CN=Dormant embedded tenant CA',
    signingAlgorithm: SERVER_KEY,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return {
    certificate: root.toString('pem'),
    issue: (hostnames) => issueServerCertificate(root, keys.privateKey, hostnames),
  };
}

/** A self-signed certificate for an application to sign its assertions with. */
export async function createSigningCertificate(commonName: string): Promise<SigningCertificate> {
  const keys = await webcrypto.subtle.generateKey(CLIENT_KEY, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...buildValidity(),
    name: `CN=${commonName}`,
    signingAlgorithm: CLIENT_KEY,
    keys,
  });
  const thumbprint = Buffer.from(await certificate.getThumbprint('SHA-1'))
    .toString('hex')
    .toUpperCase();
  return {
    pem: `${certificate.toString('pem')}\n${await exportPrivateKey(keys.privateKey)}`,
    der: Buffer.from(certificate.rawData).toString('base64'),
    thumbprint,
  };
}

async function issueServerCertificate(
  root: x509.X509Certificate,
  rootKey: webcrypto.CryptoKey,
  hostnames: readonly string[],
): Promise<{ certificate: string; key: string }> {
  const keys = await webcrypto.subtle.generateKey(SERVER_KEY, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.create({
    ...buildValidity(),
    subject: `CN=${hostnames[0] ?? 'localhost'}`,
    issuer: root.subject,
    publicKey: keys.publicKey,
    signingKey: rootKey,
    signingAlgorithm: SERVER_KEY,
    extensions: [
      new x509.BasicConstraintsExtension(false),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(hostnames.map(toAlternativeName)),
      await x509.AuthorityKeyIdentifierExtension.create(root),
    ],
  });
  return { certificate: certificate.toString('pem'), key: await exportPrivateKey(keys.privateKey) };
}

function toAlternativeName(host: string): x509.JsonGeneralName {
  const isAddress = /^[\d.]+$/.test(host) || host.includes(':');
  return { type: isAddress ? 'ip' : 'dns', value: host };
}

/** Begins an hour early, because the clocks of two machines differ. */
function buildValidity(): { serialNumber: string; notBefore: Date; notAfter: Date } {
  const serialNumber = `01${Buffer.from(webcrypto.getRandomValues(new Uint8Array(8))).toString('hex')}`;
  return {
    serialNumber,
    notBefore: new Date(Date.now() - 3_600_000),
    notAfter: new Date(Date.now() + VALID_MS),
  };
}

async function exportPrivateKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = await webcrypto.subtle.exportKey('pkcs8', key);
  return x509.PemConverter.encode(der, 'PRIVATE KEY');
}
