// The parts of one update. The engine is handed only what a part is for: what it is handed it pays for, and every checkpoint is the
// whole state (decision 27).
import { projectName } from '../resource-name.ts';
import type { UpdatePart } from '../restraint.ts';

export function buildPart(
  name: UpdatePart['name'],
  urns: readonly string[],
  hasQuarantine = false,
): UpdatePart {
  return { name, urns: new Set(urns), hasQuarantine };
}

/** Whatever the program or the state has of it: the group, the policy and their provider. */
export function listQuarantineTargets(stack: string): string[] {
  const own = `urn:pulumi:${stack}::${projectName}::`;
  return [`${own}azuread:**`, `${own}pulumi:providers:azuread::**`];
}

/** The engine takes targets as arguments, for which the system has a limit: Windows 32,767 characters, Linux by default 2 MB. */
const maxCharacters = process.platform === 'win32' ? 24_000 : 600_000;

/** At least one portion, so that a part of which only targets are known is run, too. */
export function splitIntoPortions(urns: readonly string[], limit = maxCharacters): string[][] {
  const portions: string[][] = [[]];
  let characters = 0;
  for (const urn of urns) {
    characters += urn.length + ' --target '.length;
    if (characters > limit) {
      portions.push([]);
      characters = urn.length;
    }
    portions.at(-1)?.push(urn);
  }
  return portions;
}
