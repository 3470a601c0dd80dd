// For tests: a repository with the stack contoso and its key, its last audit in out/, and signed account files at any stage.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { anAuditResult, buildFactsLister } from '../../audit/report/audit.fixture.ts';
import { writeJson } from '../../audit/report/json.ts';
import type { Person } from '../../audit/report/person.fixture.ts';
import { anInForceFile } from '../../policy/account-file.fixture.ts';
import { serialiseAccountFile } from '../../policy/files/account-file.ts';
import { loadStack, type StackFiles } from '../../policy/files/stack-files.ts';
import type { JudgedAccount } from '../../policy/judge/judgement.ts';
import type { Stage } from '../../policy/schemas/account.ts';
import { aFactsKey, aSignedFile } from '../../policy/signing/signing.fixture.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { aRepository, type ScratchRepository } from '../init/repository.fixture.ts';

export interface AStack extends ScratchRepository {
  files(): Promise<StackFiles>;
  /** The last audit's audit.json. */
  audit: string;
  /** Writes the file of the audit's first inactive person at this stage, and returns its path. */
  at(stage: Stage): Promise<string>;
  /** The same for each of them. */
  allAt(stage: Stage): Promise<string[]>;
  write(path: string, text: string): Promise<void>;
}

export async function aStack(people: readonly Person[]): Promise<AStack> {
  const repository = await aRepository();
  const result = anAuditResult({ people });
  const { policy, prices, auditedOn } = result;
  const write = async (path: string, text: string) => {
    await mkdir(dirname(join(repository.root, path)), { recursive: true });
    await writeFile(join(repository.root, path), text);
  };
  await write('stacks/contoso/tenant.yaml', tenant);
  const rules = { stack: 'contoso', policy, prices, exemptions: [] };
  const writeAt = async (stage: Stage, { evidence }: JudgedAccount) => {
    const { path, file } = anInForceFile({ account: evidence, stage, since: auditedOn, rules });
    await write(path, serialiseAccountFile(aSignedFile(file, { tenant: { stack: 'contoso', tenantId } })));
    return path;
  };
  return {
    ...repository,
    write,
    files: () => loadStack(openWorkingTree(repository.root), 'contoso'),
    audit: await writeJson(result, join(repository.root, 'out/contoso'), buildFactsLister(result)),
    async at(stage) {
      const [judged] = result.inactive;
      if (judged === undefined) throw new Error('nobody is inactive in this audit');
      return writeAt(stage, judged);
    },
    allAt: (stage) => Promise.all(result.inactive.map((judged) => writeAt(stage, judged))),
  };
}

const tenantId = '0b1c9f5e-0c8a-4a1d-9b4e-6f6ad3a20f0e';
const tenant = `tenantId: ${tenantId}
cloud: emulator
audit: { clientId: 0b1c9f5e-0c8a-4a1d-9b4e-6f6ad3a20f01 }
apply: { clientId: 0b1c9f5e-0c8a-4a1d-9b4e-6f6ad3a20f02 }
notifications: { sender: it-lifecycle@contoso.com, replyTo: it-help@contoso.com }
timeZone: Europe/Berlin
currency: USD
signing: { current: { name: tests, publicKey: ${aFactsKey().publicKey} } }
`;
