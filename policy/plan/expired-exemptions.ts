// Takes exemptions out of exemptions.yaml whose time is over, and leaves every other line as people wrote it. Pure.
import { isSeq } from 'yaml';
import type { Day } from '../evidence.ts';
import { isInForce } from '../exemption.ts';
import { type Exemption, Exemptions } from '../schemas/exemptions.ts';
import { parseYaml } from '../yaml.ts';

export interface ExpiredExemptions {
  expired: Exemption[];
  /** The file without them; null when nothing has expired. */
  text: string | null;
}

/** Entries of another stack are left to that stack's own audit. */
export function withoutExpired(
  file: { path: string; text: string } | null,
  stack: string,
  today: Day,
): ExpiredExemptions {
  if (file === null) return { expired: [], text: null };
  const { document, value } = parseYaml(Exemptions, file.path, file.text);
  const isExpired = (entry: Exemption) =>
    !isInForce(entry, today) && (entry.stack === undefined || entry.stack === stack);
  const expired = value.exemptions.filter(isExpired);
  if (expired.length === 0) return { expired, text: null };
  const list = document.get('exemptions');
  if (isSeq(list))
    list.items = list.items.filter((_node, index) => !isExpiredAt(value.exemptions, index, isExpired));
  return { expired, text: document.toString({ lineWidth: 0 }) };
}

function isExpiredAt(
  entries: readonly Exemption[],
  index: number,
  isExpired: (entry: Exemption) => boolean,
): boolean {
  const entry = entries[index];
  return entry !== undefined && isExpired(entry);
}
