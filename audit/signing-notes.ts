// What the reader of an audit has to know of signatures: a key that is missing, and files that nobody vouches for.
import type { VouchedState } from './vouched-state.ts';

export function describeSigning({
  signing,
  inForce,
  archived,
}: Pick<VouchedState, 'signing' | 'inForce' | 'archived'>) {
  if (signing.signer === null) return [withoutKey];
  const unsigned = inForce.filter((tracked) => tracked.unsigned !== undefined);
  const unknown = unsigned.filter((tracked) => tracked.unsigned?.basis === 'unknown');
  const ignored = archived.filter(({ isUnsigned }) => isUnsigned);
  return [
    ...describePaths(unsigned, 'on main', 'signed by no audit as it stands: the plan puts it right'),
    ...describePaths(
      unknown,
      'of these',
      'set aside, because the state that may know what was taken could not be read',
    ),
    ...describePaths(ignored, 'in archive/', 'signed by no audit, so that nothing in it counts'),
  ];
}

const withoutKey =
  'This audit had no key for the facts (DORMANT_FACTS_KEY or --key-file), so nothing that it found can be merged: it proposes nothing, and leaves open proposals as they are.';

function describePaths(files: readonly { path: string }[], where: string, what: string): string[] {
  const [first] = files;
  if (first === undefined) return [];
  const which =
    files.length === 1
      ? `1 file ${where} (${first.path}) is`
      : `Of ${files.length} files ${where} (${first.path} first) each is`;
  return [`${which} ${what}.`];
}
