// Erases from the records of a stack: whose time is over, or one person. `dormant erase` without what it says.
import { openRecordStore } from '../../forge/store/open-record-store.ts';
import type { RecordStore } from '../../forge/store/record-store.ts';
import { addDays } from '../../policy/evidence.ts';
import { identifyRun } from '../../stacks/record/apply-log.ts';
import { showProgress } from '../progress.ts';
import { readRecordSigner } from '../record/record-signer.ts';
import { type DueParts, type ErasedParts, eraseParts, findDueParts } from './erase-records.ts';
import { findPersonFolders, type NamedPerson } from './find-folders.ts';
import { findProtectedPeople, type MainView } from './main-view.ts';

export interface ErasedRecords extends DueParts, ErasedParts {
  /** The store's. */
  place: string;
}

interface Erasing {
  repo: string;
  env: NodeJS.ProcessEnv;
  /** null: of everybody what is older than `privacy.eraseAfterDays`. */
  person: NamedPerson | null;
  /** Nothing is written or deleted; `erased` is what would be. */
  dryRun: boolean;
}

/** null: there are no records, or no days that would end anything. */
export async function eraseFromRecords(
  main: MainView,
  { repo, env, person, dryRun }: Erasing,
): Promise<ErasedRecords | null> {
  const { stack, tenant, policy } = main.files;
  const { records, tenantId, cloud, signing = null } = tenant.value;
  const days = policy.value.privacy?.eraseAfterDays;
  if (records === undefined || (person === null && days === undefined)) return null;
  const store = await openRecordStore(records.store, { root: repo, cloud, env });
  const due = await findDue(store, main, { person, days });
  const { place } = store;
  if (dryRun) return { ...due, place, erased: due.names.length, kept: 0, record: null };
  const { today: day } = main;
  const signer = readRecordSigner(env, records, { kind: 'erasure', day, tenantPath: tenant.path });
  const because = person === null ? `privacy.eraseAfterDays: ${days}` : 'asked for';
  const { keys = [] } = records;
  const link = { format: 1, stack, tenantId, day, run: identifyRun(env), commit: null, because, keys, signing };
  const erased = await showProgress({ source: 'erased' }, (tell) => eraseParts(store, due, { link, signer, tell }));
  return { ...due, place, ...erased };
}

async function findDue(
  store: RecordStore,
  main: MainView,
  { person, days = 0 }: { person: NamedPerson | null; days: number | undefined },
): Promise<DueParts> {
  const { files, today } = main;
  const { stack } = files;
  const findProtected = (folders: ReadonlySet<string>) => findProtectedPeople(folders, main);
  if (person === null)
    return findDueParts(store, stack, { until: addDays(today, -days), people: null, findProtected, today });
  const people = await showProgress({ source: 'parts of people' }, (tell) =>
    findPersonFolders(store, stack, person, tell),
  );
  // All folders of one person are of one account: what stands against one stands against each.
  const findAllProtected = (folders: ReadonlySet<string>) =>
    findProtected(folders).size > 0 ? folders : new Set<string>();
  return findDueParts(store, stack, { until: null, people, findProtected: findAllProtected, today });
}
