// In which folders of records a person's parts are: under their id, and under each address by which a run knew them without it.
import pMap from 'p-map';
import type { RecordStore } from '../../forge/store/record-store.ts';
import { DormantError } from '../../policy/errors.ts';
import { foldText, isGuid } from '../../policy/identifiers.ts';
import { getPersonFolder, parsePartName, recordFolders } from '../../policy/records/places.ts';
import { formatList } from '../../policy/words/labels.ts';
import { atOnce } from '../record/at-once.ts';
import { hashBytes } from '../record/write-parts.ts';

export interface NamedPerson {
  /** Folded; null: only an address is known. */
  id: string | null;
  /** Folded. */
  addresses: readonly string[];
}

interface ReadPart {
  folder: string;
  /** Folded. */
  addresses: ReadonlySet<string>;
}

/**
 * Every part is read: of a manager who never had a file, only what was written about them says under which id they are. An address in
 * a part is that person's own, because what names somebody else was taken out. Throws `no-such-account` (exit code 2) where several
 * accounts have had the address, such as one that was given to somebody new.
 */
export async function findPersonFolders(
  store: RecordStore,
  stack: string,
  { id: named, addresses }: NamedPerson,
  tell: (done: number) => void = () => {},
): Promise<Set<string>> {
  const parts = await readParts(store, stack, tell);
  const id = named ?? findOnlyId(parts, addresses);
  const own = parts.filter(({ folder }) => folder === id).flatMap((part) => [...part.addresses]);
  const byAddress = [...addresses, ...own].map((address) => getPersonFolder(`mail:${address}`, hashBytes));
  return new Set([...(id === null ? [] : [id]), ...byAddress]);
}

/** null: no account had it. */
function findOnlyId(parts: readonly ReadPart[], addresses: readonly string[]): string | null {
  const naming = parts.filter(
    (part) => isGuid(part.folder) && addresses.some((address) => part.addresses.has(address)),
  );
  const [id = null, ...others] = new Set(naming.map(({ folder }) => folder));
  if (others.length === 0) return id;
  throw new DormantError(
    'no-such-account',
    `Several accounts have had this address: ${formatList([id ?? '', ...others])}.`,
    {
      exitCode: 2,
      remedy: 'Name one of them by its id.',
    },
  );
}

async function readParts(store: RecordStore, stack: string, tell: (done: number) => void): Promise<ReadPart[]> {
  const names: { name: string; folder: string }[] = [];
  for await (const { name } of store.list(`${stack}/${recordFolders.people}/`)) {
    const part = parsePartName(stack, name);
    if (part !== null) names.push({ name, folder: part.folder });
  }
  let done = 0;
  return pMap(
    names,
    async ({ name, folder }) => {
      const text = Buffer.from((await store.read(name)) ?? '').toString('utf8');
      done += 1;
      tell(done);
      return { folder, addresses: new Set(listAddresses(text)) };
    },
    atOnce,
  );
}

function listAddresses(text: string): string[] {
  return (text.match(/[^\s"\\/<>()[\]{},;:|]+@[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)+/gu) ?? []).map(foldText);
}
