// The object ids seen so far, 8 bytes each, because a set of a million texts takes 100 MB.
import { foldId, type UserId } from '../../policy/identifiers.ts';

/** A number for an id, whatever its case. Among a million ids the chance of a collision is 1 in 18,000. */
export function computeFingerprint(id: UserId): number {
  let [high, low] = [0x811c9dc5, 0x1b873593];
  for (const char of foldId(id)) {
    const code = char.codePointAt(0) ?? 0;
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x5bd1e995) ^ (low >>> 15);
  }
  return (high >>> 0) * 2 ** 21 + (low >>> 11);
}

interface IdSet {
  /** Whether it was there already. */
  add(fingerprint: number): boolean;
  has(fingerprint: number): boolean;
}

/** A hash table that doubles when half full; on a collision the next free place is taken. */
export function createIdSet(): IdSet {
  let table = new Float64Array(4096).fill(Number.NaN);
  let size = 0;
  const findPlace = (cells: Float64Array, fingerprint: number) => {
    let place = fingerprint % cells.length;
    while (!Number.isNaN(cells[place]) && cells[place] !== fingerprint) place = (place + 1) % cells.length;
    return place;
  };
  const grow = () => {
    const wider = new Float64Array(table.length * 2).fill(Number.NaN);
    for (const cell of table) if (!Number.isNaN(cell)) wider[findPlace(wider, cell)] = cell;
    table = wider;
  };
  return {
    has: (fingerprint) => table[findPlace(table, fingerprint)] === fingerprint,
    add(fingerprint) {
      const place = findPlace(table, fingerprint);
      if (table[place] === fingerprint) return true;
      table[place] = fingerprint;
      size += 1;
      if (size * 2 > table.length) grow();
      return false;
    },
  };
}
