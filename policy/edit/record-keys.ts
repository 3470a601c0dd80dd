// Adds a key for records to tenant.yaml; every other line stays as people wrote it. Pure.
import { YAMLSeq } from 'yaml';
import { DormantError } from '../errors.ts';
import type { Day } from '../evidence.ts';
import type { RecordKey, RecordKind } from '../schemas/records.ts';
import { Tenant } from '../schemas/tenant.ts';
import { editDocument } from '../yaml/edit-yaml.ts';
import { type ParsedYaml, parseYaml } from '../yaml/parse-yaml.ts';
import { findBlock, findTopPair, replaceBlock } from '../yaml/replace-block.ts';
import { findFreeKeyName } from './free-key-name.ts';

/** A name that no key for records of the stack has had: `<stack>-<kind>-<year><letter>`. */
export function chooseRecordKeyName(
  { stack, kind, today }: { stack: string; kind: RecordKind; today: Day },
  keys: readonly RecordKey[],
): string {
  const free = findFreeKeyName({ stack, use: kind, today }, (name) => keys.some((key) => key.name === name));
  if (free !== null) return free;
  throw new DormantError('records-key', `${stack} has had 26 keys for records of ${kind} this year.`, {
    exitCode: 2,
    remedy: 'Wait for the next year.',
  });
}

/** The file’s new text. Throws `no-records` (exit code 2) where it does not say where records are kept. */
export function addRecordKey({ path, text }: Pick<ParsedYaml<Tenant>, 'path' | 'text'>, key: RecordKey): string {
  const { document, value } = parseYaml(Tenant, path, text);
  const { records } = value;
  if (records === undefined)
    throw new DormantError('no-records', 'There are no records that a key could sign.', {
      exitCode: 2,
      where: path,
      remedy: 'Say under `records:` where they are to be kept, then make the key.',
    });
  const before = findBlock(document, 'records');
  if (records.keys === undefined) document.setIn(['records', 'keys'], new YAMLSeq());
  editDocument(document, { ...value, records: { ...records, keys: [...(records.keys ?? []), key] } });
  return replaceBlock(text, before, findTopPair(document, 'records') ?? null);
}
