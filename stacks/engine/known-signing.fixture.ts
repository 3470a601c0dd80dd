// For tests: a state as the engine writes it, in which an apply of long ago has seen the keys. Written by hand, because
// each start of the engine takes a second.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays, type Day } from '../../policy/evidence.ts';
import type { Signing } from '../../policy/schemas/signing.ts';
import { updateAppliedRecord } from '../../policy/signing/key-trust.ts';
import { buildUrn, projectName } from '../provider/resource-name.ts';
import { packNotes, signingRecordName, signingRecordType } from '../signing-record-state.ts';

interface KnownSigning {
  stack: string;
  /** On main's first-parent line: the commit that counts as applied. */
  commit: string;
  signing: Signing;
  /** The day of the test: the keys were seen a month before. */
  today: Day;
}

/** `folder`: of a `file://` backend without this stack. */
export async function writeKnownSigning(folder: string, known: KnownSigning): Promise<void> {
  const stacks = join(folder, '.pulumi/stacks', projectName);
  await mkdir(stacks, { recursive: true });
  await writeFile(join(folder, '.pulumi/meta.yaml'), 'version: 1\n');
  await writeFile(join(stacks, `${known.stack}.json`), `${JSON.stringify(buildState(known))}\n`);
}

function buildState({ stack, commit, signing, today }: KnownSigning) {
  const time = '2026-01-01T00:00:00Z';
  const root = `urn:pulumi:${stack}::${projectName}::pulumi:pulumi:Stack::${projectName}-${stack}`;
  const provider = `urn:pulumi:${stack}::${projectName}::pulumi:providers:m365::default`;
  const providerId = '11111111-1111-4111-8111-111111111111';
  const seen = { commit, signing, today: addDays(today, -30), isRewound: false };
  const record = {
    ...{ urn: buildUrn(stack, signingRecordType, signingRecordName), custom: true, id: signingRecordName },
    ...{ type: signingRecordType, inputs: packNotes(seen) },
    outputs: packNotes(updateAppliedRecord(null, seen, seen.today)),
    ...{ parent: root, provider: `${provider}::${providerId}`, propertyDependencies: { record: [] } },
    ...{ retainOnDelete: true, created: time, modified: time },
  };
  const latest = {
    manifest: { time, magic: '', version: '' },
    secrets_providers: { type: 'passphrase', state: { salt: saltOfEmptyPassphrase } },
    resources: [
      { urn: root, custom: false, type: 'pulumi:pulumi:Stack', created: time, modified: time },
      {
        ...{ urn: provider, custom: true, id: providerId, type: 'pulumi:providers:m365' },
        ...{ created: time, modified: time },
      },
      record,
    ],
    metadata: {},
  };
  return { version: 3, checkpoint: { stack: `organization/${projectName}/${stack}`, latest } };
}

/** The engine's own check value; the state holds no secret. */
const saltOfEmptyPassphrase = 'v1:IEpwEQrVyHQ=:v1:PeO2Svyy7cqkhyeA:cqnrSCc14SzK5unL/Wqpl7aWnrjwDQ==';
