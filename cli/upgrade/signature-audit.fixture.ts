// npm's answer about a package that it has verified, and an npm that gives it: to verify a signature itself it asks Sigstore, which no
// test reaches, for the keys that it trusts.
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import type { LockedVersion } from './locked-version.ts';
import { type SignatureAudit, sourceRepository } from './signature-audit.ts';

interface Provenance {
  repository?: string;
  /** Of the bytes that it is of; default: the lockfile's. */
  integrity?: string;
}

/** As `npm audit signatures --json --include-attestations` writes it, in the parts that are read. */
export function aSignatureAudit(locked: LockedVersion, { repository, integrity }: Provenance = {}): SignatureAudit {
  const sha512 = Buffer.from((integrity ?? locked.integrity).slice('sha512-'.length), 'base64').toString('hex');
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: `pkg:npm/%40dormant-m365/dormant@${locked.version}`, digest: { sha512 } }],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: {
      buildDefinition: {
        buildType: 'https://slsa-framework.github.io/github-actions-buildtypes/workflow/v1',
        externalParameters: { workflow: { repository: repository ?? sourceRepository } },
      },
    },
  };
  const payload = Buffer.from(JSON.stringify(statement)).toString('base64');
  return {
    invalid: [],
    missing: [],
    verified: [
      {
        name: '@dormant-m365/dormant',
        version: locked.version,
        attestationBundles: [{ predicateType: statement.predicateType, bundle: { dsseEnvelope: { payload } } }],
      },
    ],
  };
}

/** A PATH whose npm says this of signatures, and does everything else. `folder` is made. */
export async function buildAuditingPath(folder: string, answer: SignatureAudit): Promise<string> {
  const { stdout: npm } = await execa('bash', ['-c', 'command -v npm']);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'answer.json'), JSON.stringify(answer));
  const script = `#!/bin/sh\n[ "$1 $2" = 'audit signatures' ] && exec cat '${folder}/answer.json'\nexec '${npm}' "$@"\n`;
  await writeFile(join(folder, 'npm'), script);
  await chmod(join(folder, 'npm'), 0o755);
  return `${folder}${delimiter}${process.env.PATH}`;
}
