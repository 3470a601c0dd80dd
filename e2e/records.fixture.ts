// For tests of records: a company whose weekly audits and applies are recorded, each signed by its own key.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PersonInput } from '@dormant-m365/emulator';
import { execa } from 'execa';
import { getOutFolder } from '../audit/out-folder.ts';
import { writeResults } from '../audit/write-results.ts';
import { type AddedRecord, addRecord, type RunKind } from '../cli/record/add-record.ts';
import { loadStack } from '../policy/files/stack-files.ts';
import type { PolicyChange } from '../policy/policy.fixture.ts';
import { recordKeys } from '../policy/records/record.fixture.ts';
import type { RecordStoreSettings } from '../policy/schemas/records.ts';
import { aPrivateKey } from '../policy/signing/signing.fixture.ts';
import { openWorkingTree } from '../stacks/working-tree.ts';
import { aYear, type Year } from './year.fixture.ts';

const stack = 'contoso';

export interface RecordedYear extends Year {
  /** A week: audit, merge, apply, each recorded; then seven days pass. */
  runRecordedWeek(): Promise<void>;
  record(kind: RunKind): Promise<AddedRecord | null>;
  /** What was added so far, the oldest first. */
  added: readonly AddedRecord[];
  /** The records where they are a folder. */
  records: string;
  /** The program itself, in the repository; the network is cut off where `offline`. */
  dormant(
    args: readonly string[],
    options?: { offline?: boolean; env?: Record<string, string> },
  ): ReturnType<typeof runDormant>;
}

/** Silent for longer and longer, so that in each of many weeks somebody moves; and enough colleagues for the caps. */
export const departingPeople: readonly PersonInput[] = [
  ...Array.from({ length: 12 }, (_, at) => ({
    ...{
      kind: `leaver${at}`,
      displayName: `Quentin Leaver${at}`,
      userPrincipalName: `quentin.leaver${at}@contoso.com`,
    },
    ...{ inactiveDays: 95 - 8 * at, manager: `boss${at % 3}` },
  })),
  ...Array.from({ length: 3 }, (_, at) => ({
    kind: `boss${at}`,
    displayName: `Beatrix Boss${at}`,
    userPrincipalName: `beatrix.boss${at}@contoso.com`,
  })),
  ...Array.from({ length: 30 }, (_, at) => ({ displayName: `Colleague ${at}` })),
];

interface RecordedYearOptions {
  people?: readonly PersonInput[];
  policy?: PolicyChange;
  store?: RecordStoreSettings;
  /** For the store. */
  env?: NodeJS.ProcessEnv;
}

export async function aRecordedYear({
  people = departingPeople,
  policy = {},
  store = { folder: 'out/records' },
  env = {},
}: RecordedYearOptions = {}): Promise<RecordedYear> {
  const added: AddedRecord[] = [];
  const record = async (kind: RunKind) => {
    const files = await loadStack(openWorkingTree(year.folder), stack);
    const key = { DORMANT_RECORDS_KEY: aPrivateKey(`contoso-${kind}`) };
    const one = await addRecord(kind, files, { repo: year.folder, env: { ...env, ...key } });
    if (one !== null) added.push(one);
    return one;
  };
  const year: Year = await aYear({ people: [...people] }, policy, {
    tenant: { records: { store, keys: [...recordKeys] } },
    audited: async (run) => {
      await writeResults(run, { repository: year.folder, main: 'main' });
      await record('audit');
    },
    applied: async () => void (await record('apply')),
  });
  const records = join(year.folder, 'out', 'records');
  await mkdir(records, { recursive: true });
  return {
    ...year,
    added,
    record,
    records,
    async runRecordedWeek() {
      await year.runWeek();
      year.passDays(7);
    },
    dormant: (args, options) => runDormant(year, args, options),
  };
}

/** Whatever would leave this process ends it: a name that is looked up, a connection that is opened. */
const withoutNetwork = `data:text/javascript,${encodeURIComponent(`
import dns from 'node:dns'; import net from 'node:net';
const refuse = () => { throw new Error('the network was used'); };
net.Socket.prototype.connect = refuse; dns.lookup = refuse; dns.promises.lookup = refuse; globalThis.fetch = refuse;
`)}`;

function runDormant(
  { folder, emulator }: Year,
  args: readonly string[],
  { offline = false, env = {} }: { offline?: boolean; env?: Record<string, string> } = {},
) {
  const program = join(import.meta.dirname, '../cli/dormant.ts');
  return execa('node', [...(offline ? ['--import', withoutNetwork] : []), program, ...args, '--repo', folder], {
    cwd: folder,
    env: { DORMANT_EMULATOR_URL: emulator.url, NODE_EXTRA_CA_CERTS: emulator.caFile, GITHUB_ACTIONS: '', ...env },
    reject: false,
  });
}

/** Files of the records whose names match, as paths. */
export async function listRecordFiles(
  { records }: RecordedYear,
  folder: 'chain' | 'runs' | 'people',
): Promise<string[]> {
  const below = join(records, stack, folder);
  const entries = await readdir(below, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

export async function changeFile(path: string, change: (text: string) => string): Promise<void> {
  await writeFile(path, change(await readFile(path, 'utf8')));
}

/** The results of the last week, so that nothing but the records can tell. */
export async function forgetResults({ folder }: Year): Promise<void> {
  const out = getOutFolder(folder, stack);
  for (const name of await readdir(out)) if (name !== 'state') await rm(join(out, name), { recursive: true });
}
