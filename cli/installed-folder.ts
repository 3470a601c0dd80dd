// In which folder the program is installed, and so by which name it is started from there: on npm `dormant` is somebody else's
// (docs/decisions/0036-packages-have-a-scope.md).
import { dirname, isAbsolute, join, relative, sep } from 'node:path';

const inModules = join(sep, 'node_modules', '@dormant-m365', 'dormant', sep);

/** Of a file of the program: whether it is one of Dormant's own repository. */
export function isOfCheckout(program: string): boolean {
  return !program.includes(inModules);
}

/**
 * The one that has the program in its node_modules, or Dormant's own repository. Null where `folder` is not in it, as with `npx` and
 * `npm install --global`.
 */
export function findInstalledFolder(folder: string, program: string = import.meta.filename): string | null {
  const home = isOfCheckout(program) ? dirname(dirname(program)) : program.slice(0, program.lastIndexOf(inModules));
  const way = relative(home, folder);
  return isAbsolute(way) || way.split(sep)[0] === '..' ? null : home;
}

/** What starts a line that is to be copied in a repository of a team, which has it installed. */
export const installedProgram = 'npx dormant';

/** What starts a line that is to be copied in `folder`. */
export function nameProgram(folder: string = process.cwd(), program: string = import.meta.filename): string {
  return findInstalledFolder(folder, program) === null ? 'npx @dormant-m365/dormant' : installedProgram;
}
