// userPrincipalName → row number: the usage reports carry no other key.
import { foldText, type UserPrincipalName } from '../../policy/identifiers.ts';

/** Rows are numbered from 0 in the order of first mention; a million take about 100 MB. */
export interface AccountIndex {
  /** The number of this account's row, a new one if it has none. */
  findOrAdd(userPrincipalName: UserPrincipalName): number;
  /** The number, or -1 for an account that no report names. */
  find(userPrincipalName: UserPrincipalName): number;
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
      const key = foldText(userPrincipalName);
      const known = rows.get(key);
      if (known !== undefined) return known;
      rows.set(key, rows.size);
      return rows.size - 1;
    },
    find: (userPrincipalName) => rows.get(foldText(userPrincipalName)) ?? -1,
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
