// What the reader of an audit has to know of signatures: a key that is missing, and files that nobody vouches for.
import type { VouchedState } from './vouched-state.ts';

export function describeSigning({
  signing,
  inForce,
  archived,
}: Pick<VouchedState, 'signing' | 'inForce' | 'archived'>) {
  if (signing.signer === null) return [withoutKey];
  const refused = inForce.filter((tracked) => tracked.unsigned !== undefined);
  const early = refused.filter((tracked) => tracked.unsigned?.code === 'stage-too-early');
  const jumped = refused.filter((tracked) => tracked.unsigned?.code === 'stage-jump');
  const moved = new Set([...early, ...jumped]);
  const unsigned = refused.filter((tracked) => !moved.has(tracked));
  const unknown = unsigned.filter((tracked) => tracked.unsigned?.basis === 'unknown');
  const ignored = archived.filter(({ isUnsigned }) => isUnsigned);
  return [
    ...describePaths(unsigned, 'on main', 'signed by no audit as it stands: the plan puts it right'),
    ...describePaths(jumped, 'on main', 'at a stage that may not follow the one before it: the plan puts it right'),
    ...describePaths(early, 'on main', 'at a stage that came too early: it counts once the days have passed'),
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
