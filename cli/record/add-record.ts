// From what a run has left in out/ to a record at the end of its stack's chain.
import { openRecordStore } from '../../forge/store/open-record-store.ts';
import type { RecordStore } from '../../forge/store/record-store.ts';
import { DormantError } from '../../policy/errors.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import type { RecordKind, Records } from '../../policy/schemas/records.ts';
import { identifyRun } from '../../stacks/record/apply-log.ts';
import { type AppendedRecord, appendRecord, createRecordId } from './append-record.ts';
import { type ChainHead, findChainHead } from './chain-head.ts';
import { gatherApply } from './gather-apply.ts';
import { gatherAudit } from './gather-audit.ts';
import { readRecordSigner } from './record-signer.ts';
import type { RecordedRun } from './run-entries.ts';
import { holdsSameRun, splitRun, type TellProgress, writeParts } from './write-parts.ts';

/** What a run can be recorded as. */
export type RunKind = Exclude<RecordKind, 'erasure'>;

export interface AddedRecord extends AppendedRecord {
  /** The store's. */
  place: string;
}

interface RunPlace {
  repo: string;
  env: NodeJS.ProcessEnv;
  tell?: TellProgress;
}

/** null: this run is recorded already, or has asked nothing of the tenant. Throws `no-records` where tenant.yaml has none. */
export async function addRecord(kind: RunKind, files: StackFiles, place: RunPlace): Promise<AddedRecord | null> {
  const { repo, env } = place;
  const records = requireRecords(files);
  const store = await openRecordStore(records.store, { root: repo, cloud: files.tenant.value.cloud, env });
  return addRunTo(store, kind, files, place);
}

/** The same, where the store is open already. */
export async function addRunTo(
  store: RecordStore,
  kind: RunKind,
  files: StackFiles,
  { repo, env, tell = () => {} }: RunPlace,
): Promise<AddedRecord | null> {
  const records = requireRecords(files);
  const head = await findChainHead(store, files.stack);
  if (isRecorded(head, kind, env)) return null;
  const run = await gatherRun(kind, files, { repo, env, head });
  const added = run && (await addRun(store, files, { run, head, records, env, tell }));
  return added && { ...added, place: store.place };
}

export function requireRecords({ stack, tenant }: Pick<StackFiles, 'stack' | 'tenant'>): Records {
  const { records } = tenant.value;
  if (records !== undefined) return records;
  throw new DormantError('no-records', `${stack} keeps no records.`, {
    exitCode: 2,
    where: tenant.path,
    remedy: 'Say under `records:` where they are to be kept.',
  });
}

/** Only a workflow's run has a name that no other run has. */
function isRecorded({ latest }: ChainHead, kind: RunKind, env: NodeJS.ProcessEnv): boolean {
  const run = identifyRun(env);
  return Boolean(env.GITHUB_RUN_ID) && latest.some((record) => record.kind === kind && record.run === run);
}

function gatherRun(
  kind: RunKind,
  files: StackFiles,
  { repo, env, head }: RunPlace & { head: ChainHead },
): Promise<RecordedRun | null> {
  if (kind === 'audit') return gatherAudit(repo, files, env);
  const recordedAt = head.latest.find((record) => record.kind === 'apply')?.writtenAt ?? null;
  return gatherApply(repo, files, { env, recordedAt });
}

interface RunContext {
  run: RecordedRun;
  head: ChainHead;
  records: Records;
  env: NodeJS.ProcessEnv;
  tell: TellProgress;
}

/** The key is read first: parts that no record will name should not be written. */
async function addRun(
  store: RecordStore,
  { stack, tenant }: StackFiles,
  { run, head, records, env, tell }: RunContext,
): Promise<AppendedRecord | null> {
  const { tenantId, signing = null } = tenant.value;
  const { kind, day, commit } = run;
  const signer = readRecordSigner(env, records, { kind, day, tenantPath: tenant.path });
  const split = await splitRun(run);
  const last = head.latest.find((record) => record.kind === kind);
  if (last !== undefined && (await holdsSameRun(store, last, split))) return null;
  const id = createRecordId(kind, day);
  const written = await writeParts(store, { stack, id }, split, tell);
  const { keys = [] } = records;
  const link = { format: 1, stack, tenantId, id, kind, day, run: run.run, commit, ...written, keys, signing };
  return appendRecord(store, link, { signer, head });
}
