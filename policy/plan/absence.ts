// What follows when the listing lacks an account that has a file. Pure.
import { addDays } from '../evidence.ts';
import { foldId } from '../identifiers.ts';
import type { InForceFile, PlanInput } from './input.ts';

/** Entra keeps a deleted user for 30 days (graph-docs-contrib, directory.md). */
const binDays = 30;

/** An account that may come back under its id keeps file, stage and restore data. */
export function judgeAbsence(
  { file }: InForceFile,
  { absent, run }: Pick<PlanInput, 'absent' | 'run'>,
): { mayComeBack: boolean; because: string } {
  const absence = absent.get(foldId(file.account.id)) ?? { kind: 'gone' };
  switch (absence.kind) {
    case 'deleted': {
      const until = addDays(absence.on, binDays);
      if (run.auditedOn > until) return gone;
      const because = `deleted on ${absence.on} and can be restored until ${until}; its file stays until then`;
      return { mayComeBack: true, because };
    }
    case 'not-listed':
      return { mayComeBack: true, because: 'the listing left this account out, although the tenant has it' };
    case 'unknown': {
      const because = 'the listing does not show it, and whether it can be restored could not be read';
      return { mayComeBack: true, because };
    }
    case 'gone':
      return gone;
  }
}

const gone = { mayComeBack: false, because: 'the tenant no longer has this account; nothing is done to it' };
