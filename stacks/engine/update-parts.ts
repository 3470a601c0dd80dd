// The parts of one update. The engine gets only the resources of a part, because its time grows with each, and every
// checkpoint writes the whole state (decision 27).
import { platform } from 'node:process';
import { projectName } from '../provider/resource-name.ts';
import type { UpdatePart } from '../restraint.ts';

export function buildPart(name: UpdatePart['name'], urns: readonly string[], hasQuarantine = false): UpdatePart {
  return { name, urns: new Set(urns), hasQuarantine };
}

/** All that program or state have of it: the group, the policy and their provider. */
export function listQuarantineTargets(stack: string): string[] {
  const own = `urn:pulumi:${stack}::${projectName}::`;
  return [`${own}azuread:**`, `${own}pulumi:providers:azuread::**`];
}

/** Targets are command-line arguments, which the system limits: Windows 32,767 characters, Linux by default 2 MB. */
const maxCharacters = platform === 'win32' ? 24_000 : 600_000;

/** At least one portion, so that a part runs even if only its targets are known. */
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
