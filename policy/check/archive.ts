// The archive is what main had, byte for byte: who comes back from there is given back what it says. Pure.
import type { Problem } from '../errors.ts';
import { getArchiveFolder } from '../files/account-file.ts';
import { isTakingStage } from '../files/stage.ts';
import { buildFileProblem, type JudgedInput } from './input.ts';

/** Into it goes only a file that main has at `disable` or `delicense`, or that was in it before. */
export function checkArchive({ stack, archive, main }: JudgedInput): Problem[] {
  const changed = [...archive].filter(([path, text]) => main.archive.get(path) !== text);
  if (changed.length === 0) return [];
  const folder = `${getArchiveFolder(stack)}/`;
  const allowed = new Set([
    ...main.inForce.filter(({ file }) => isTakingStage(file.stage)).map(({ text }) => text),
    ...main.versions.filter(({ path }) => path.startsWith(folder)).map(({ text }) => text),
  ]);
  return changed
    .filter(([, text]) => !allowed.has(text))
    .map(([path]) => {
      const message = main.archive.has(path)
        ? 'differs from main; a file of the archive is never edited, put it back as it was'
        : 'is no file that main has at disable or delicense, byte for byte; take it out, the audit moves files here';
      return buildFileProblem(path, 'archive-edited', message);
    });
}
