// userPrincipalName → row number: the usage reports carry no other key.

/** Rows are numbered from 0 in the order of first mention; a million take about 100 MB. */
export interface AccountIndex {
  /** The number of this account's row, a new one if it has none. */
  findOrAdd(userPrincipalName: string): number;
  /** The number, or -1 for an account that no report names. */
  find(userPrincipalName: string): number;
  readonly size: number;
  /** Every `step`-th name, in the order of mention. */
  takeSample(step: number): string[];
  /** All names, in the order of their numbers, in lower case. */
  listNames(): Iterable<string>;
}

export function createAccountIndex(): AccountIndex {
  const rows = new Map<string, number>();
  return {
    findOrAdd(userPrincipalName) {
      const key = toKey(userPrincipalName);
      const known = rows.get(key);
      if (known !== undefined) return known;
      rows.set(key, rows.size);
      return rows.size - 1;
    },
    find: (userPrincipalName) => rows.get(toKey(userPrincipalName)) ?? -1,
    get size() {
      return rows.size;
    },
    takeSample(step) {
      const names: string[] = [];
      let at = 0;
      for (const name of rows.keys()) if (at++ % step === 0) names.push(name);
      return names;
    },
    listNames: () => rows.keys(),
  };
}

/** Entra compares UPNs case-insensitively, and the report writes them as they were typed. */
function toKey(userPrincipalName: string): string {
  return userPrincipalName.normalize('NFC').toLowerCase();
}
