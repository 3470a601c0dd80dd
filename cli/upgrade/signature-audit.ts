// What `npm audit signatures --json --include-attestations` says of one package: whether npm has verified its provenance, and whether
// that is of these bytes and of Dormant's own repository, which npm does not ask. Pure.
import { packageName } from '../new-repository/render-files.ts';
import type { LockedVersion } from './locked-version.ts';

/** npm's answer, in the parts that are read here (lib/utils/verify-signatures.js of npm 11.12 and later). */
export interface SignatureAudit {
  invalid?: readonly NamedPackage[];
  missing?: readonly NamedPackage[];
  /** Packages of which npm has verified every attestation. Absent: an npm that does not say. */
  verified?: readonly (NamedPackage & { attestationBundles?: readonly Attestation[] })[];
  /** It could not ask. */
  error?: { summary?: string };
}

interface NamedPackage {
  name: string;
  version: string;
}

interface Attestation {
  predicateType: string;
  bundle: { dsseEnvelope: { payload: string } };
}

/** Where Dormant is built. */
export const sourceRepository = 'https://github.com/dormant-m365/dormant';

const provenance = 'https://slsa.dev/provenance/v1';

/** Empty: it is what the lockfile names, built in Dormant's own repository. */
export function findProvenanceFaults(audit: SignatureAudit, locked: LockedVersion): string[] {
  const { invalid = [], missing = [], verified, error } = audit;
  if (error !== undefined) return [`npm could not verify it: ${error.summary?.split('\n')[0] ?? 'it gave no reason'}`];
  if (verified === undefined) return ['this npm does not say what it has verified: it has to be 11.12 or later'];
  const ours = verified.find(({ name, version }) => name === packageName && version === locked.version);
  const statement = ours?.attestationBundles?.find(({ predicateType }) => predicateType === provenance);
  return [
    ...invalid.map((one) => `${describe(one)} has a signature or an attestation that is not valid`),
    ...missing.map((one) => `${describe(one)} has no signature of the registry`),
    ...(statement === undefined ? ['npm has verified no provenance of it'] : findStatementFaults(statement, locked)),
  ];
}

function describe({ name, version }: NamedPackage): string {
  return `${name}@${version}`;
}

/** In-toto's Statement v1 (https://slsa.dev/spec/v1.0/provenance). */
interface Statement {
  subject?: readonly { digest?: { sha512?: string } }[];
  predicate?: { buildDefinition?: { externalParameters?: { workflow?: { repository?: string } } } };
}

function findStatementFaults({ bundle }: Attestation, { integrity }: LockedVersion): string[] {
  const { subject, predicate }: Statement = JSON.parse(decode(bundle.dsseEnvelope.payload, 'utf8'));
  const hash = decode(integrity.slice('sha512-'.length), 'hex');
  const repository = predicate?.buildDefinition?.externalParameters?.workflow?.repository;
  return [
    ...(subject?.[0]?.digest?.sha512 === hash ? [] : ['its provenance is of other bytes']),
    ...(repository === sourceRepository ? [] : [`its provenance says that it was built in ${repository}`]),
  ];
}

function decode(base64: string, encoding: 'utf8' | 'hex'): string {
  return Buffer.from(base64, 'base64').toString(encoding);
}
