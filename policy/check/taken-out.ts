// Whoever is blocked keeps a file: without one nobody would find them again. Pure.
import type { Problem } from '../errors.ts';
import { isTakingStage } from '../files/stage.ts';
import { foldId } from '../identifiers.ts';
import { buildFileProblem, type JudgedInput } from './input.ts';

/** A file that main has at `disable` or `delicense` goes only to the archive, or to another name. */
export function checkTakenOut({ main, head, archive, policy }: JudgedInput): Problem[] {
  const here = new Set(head.map(({ value }) => foldId(value.account.id)));
  const archived = new Set(archive.values());
  return main.inForce
    .filter(({ path, text, file }) => {
      const isGone = !here.has(foldId(file.account.id)) && !archived.has(text);
      return isGone && isTakingStage(file.stage) && main.knownPaths.has(path);
    })
    .map(({ path, file }) => {
      const who = file.account.userPrincipalName;
      const message =
        `is taken out while main has ${who} at ${file.stage}: they would stay without what was taken. ` +
        `Put it back and set "stage: keep" with a reason, which gives back and holds for ${policy.stages.keepDays} days, ` +
        'or "stage: restore" with a reason, which gives back';
      return buildFileProblem(path, 'file-taken-out', message);
    });
}
