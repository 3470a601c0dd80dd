// What nobody may do to the keys for records. Pure.
import type { RecordKey } from '../schemas/records.ts';

/** As sentences: a key taken off, renamed or given another use would make records of the past look forged, or forged ones good. */
export function listForbiddenRecordKeyChanges(before: readonly RecordKey[], after: readonly RecordKey[]): string[] {
  return before.flatMap((key) => {
    const same = after.find(({ publicKey }) => publicKey === key.publicKey);
    if (same === undefined)
      return [`records.keys: the key ${key.name} is gone; one of the past gets \`until\`, and stays listed`];
    if (same.name !== key.name || same.signs !== key.signs)
      return [
        `records.keys: the key ${key.name} for ${key.signs} is ${same.name} for ${same.signs} now; a key keeps both`,
      ];
    if (key.until !== undefined && (same.until === undefined || same.until > key.until))
      return [`records.keys: the key ${key.name} is good until ${key.until}, and for nothing later`];
    return [];
  });
}

/** One name or one half twice would leave open who has signed. */
export function listRecordKeyFaults(keys: readonly RecordKey[]): string[] {
  return keys.flatMap(({ name, publicKey }, index) => {
    const other = keys.slice(0, index).find((each) => each.name === name || each.publicKey === publicKey);
    return other === undefined ? [] : [`records.keys: ${name} is listed already, as ${other.name} for ${other.signs}`];
  });
}
