// For tests of erasure: the records of a company, added by its audits and applies and looked through word by word.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { stringify } from 'yaml';
import type { AuditResult } from '../audit/audit-result.ts';
import { getOutFolder } from '../audit/out-folder.ts';
import { buildFactsLister } from '../audit/report/audit.fixture.ts';
import { writeJson } from '../audit/report/json.ts';
import { addRecord, type RunKind } from '../cli/record/add-record.ts';
import { loadStack } from '../policy/files/stack-files.ts';
import { recordKeys } from '../policy/records/record.fixture.ts';
import { aPrivateKey, aSigning } from '../policy/signing/signing.fixture.ts';
import { openWorkingTree } from '../stacks/working-tree.ts';
import { type MergedRepository, stack } from './merged-repository.fixture.ts';

type Place = Pick<MergedRepository, 'folder'>;

/** Merged: from now on there is a folder for records. */
export async function keepRecords({ folder, tenant, commitAll }: MergedRepository): Promise<void> {
  await mkdir(join(folder, 'out', 'records'), { recursive: true });
  const records = { store: { folder: 'out/records' }, keys: [...recordKeys] };
  await writeFile(join(folder, `stacks/${stack}/tenant.yaml`), stringify({ ...tenant, signing: aSigning(), records }));
  await commitAll('keep records');
}

export async function recordAudit({ folder }: Place, result: AuditResult): Promise<void> {
  const list = buildFactsLister(result);
  // Its signatures are for another tenant; those of the files are the audit's own.
  await writeJson(result, getOutFolder(folder, stack), (judged) => ({ facts: list(judged).facts }));
  await record(folder, 'audit');
}

export const recordApply = ({ folder }: Place) => record(folder, 'apply');

async function record(folder: string, kind: RunKind): Promise<void> {
  const env = { DORMANT_RECORDS_KEY: aPrivateKey(`contoso-${kind}`) };
  await addRecord(kind, await loadStack(openWorkingTree(folder), stack), { repo: folder, env });
}

/** The command, as a person runs it. */
export async function runErase({ folder }: Place, today: string, ...args: string[]) {
  const program = join(import.meta.dirname, '../cli/dormant.ts');
  const env = { DORMANT_RECORDS_KEY: aPrivateKey('contoso-erasure'), GITHUB_ACTIONS: '' };
  const all = ['erase', stack, ...args, '--today', today, '--json', '--repo', folder];
  const { exitCode, stdout } = await execa('node', [program, ...all], { env, reject: false });
  return { exitCode, document: JSON.parse(stdout) };
}

export async function runVerify({ folder }: Place) {
  const program = join(import.meta.dirname, '../cli/dormant.ts');
  const args = ['verify', 'out/records', '--json', '--repo', folder];
  const { stdout, exitCode } = await execa('node', [program, ...args], { cwd: folder, reject: false });
  return { exitCode, verified: JSON.parse(stdout) };
}

/** All that the records have, with the names of their files, as one text. */
export async function readRecords({ folder }: Place): Promise<string> {
  const below = join(folder, 'out', 'records');
  const files = (await readdir(below, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const texts = files.map(
    async ({ parentPath, name }) => `${parentPath}/${name}\n${await readFile(join(parentPath, name), 'utf8')}`,
  );
  return (await Promise.all(texts)).join('\n');
}
