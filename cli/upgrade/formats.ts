// The newest format of each kind of file, and of the state, that a version reads. Pure.
import { type FileKind, schemas } from '../../policy/schemas/file-kinds.ts';
import { findNewestFormat } from '../../policy/schemas/parts.ts';
import { recordFormat } from '../../policy/signing/key-trust.ts';

/** Noted in the package.json of every release, for versions that come before or after it. */
export type Formats = Readonly<Record<FileKind | 'state', number>>;

export const formats: Formats = { ...readFileFormats(), state: recordFormat };

function readFileFormats(): Record<FileKind, number> {
  const entries = Object.entries(schemas).map(([kind, schema]) => [kind, findNewestFormat(schema) ?? 1]);
  return Object.fromEntries(entries);
}
