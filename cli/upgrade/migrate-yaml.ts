// The files that people write, brought from an earlier format to the newest: comments and order stay. Pure.
import type { Document } from 'yaml';
import type { FileKind } from '../../policy/schemas/file-kinds.ts';
import { schemas } from '../../policy/schemas/file-kinds.ts';
import { findNewestFormat } from '../../policy/schemas/parts.ts';
import { editDocument } from '../../policy/yaml/edit-yaml.ts';

/** What people write by hand. Account files and the list of escalations are the audit's to write. */
export type WrittenKind = Extract<FileKind, 'policy' | 'prices' | 'exemptions' | 'tenant'>;

/** From one format to the next. */
export interface Migration {
  /** The format that it makes. */
  to: number;
  /** One sentence for the pull request. */
  does: string;
  migrate(value: Record<string, unknown>): Record<string, unknown>;
}

/** In the order of their formats. No release has changed a format yet. */
export const migrations: Readonly<Record<WrittenKind, readonly Migration[]>> = {
  policy: [],
  prices: [],
  exemptions: [],
  tenant: [],
};

/** The text itself where nothing is to be done. `document`: parsed from it, and changed here. */
export function migrateYaml(
  { text, document }: { text: string; document: Document },
  steps: readonly Migration[],
): { text: string; done: readonly Migration[] } {
  const before: Record<string, unknown> = document.toJS({ maxAliasCount: 0 });
  const format = typeof before.format === 'number' ? before.format : 1;
  const done = steps.filter(({ to }) => to > format);
  if (done.length === 0) return { text, done };
  const after = done.reduce((value, { to, migrate }) => ({ ...migrate(value), format: to }), before);
  editDocument(document, after);
  return { text: document.toString({ lineWidth: 0 }), done };
}

/** Every format but the first has the migration that leads to it. */
export function listMissingMigrations(): string[] {
  return Object.entries(migrations).flatMap(([kind, steps]) => {
    const newest = findNewestFormat(schemas[kind as WrittenKind]) ?? 1;
    const wanted = Array.from({ length: newest - 1 }, (_, at) => at + 2);
    return wanted.filter((format) => steps[format - 2]?.to !== format).map((format) => `${kind} ${format}`);
  });
}
