// What depends on the licences that a merge removes, summed up: at the top of the body, and above the accounts concerned.
import { formatCode } from '../../../forge/markdown/escape.ts';
import { computeOneDriveClock } from '../../../policy/licenses/microsoft-clocks.ts';
import type { Move } from '../../../policy/plan/move.ts';
import {
  describeFileTotals,
  describeFirstLossDay,
  describeSharedMailboxes,
  describeWave,
} from '../../../policy/words/describe-belongings.ts';
import { describeOneDriveEnd } from '../../../policy/words/describe-clocks.ts';
import { formatMoney } from '../../../policy/words/labels.ts';
import type { AuditView } from '../../audit-view.ts';
import { findWave, sumWaiting } from '../../summary/belongings.ts';

/** Sentences for the top; empty if nothing depends on the licences. */
export function summariseWave(result: AuditView): string[] {
  const wave = findWave(result, ['disable', 'delicense']);
  const { leaving, heldBack, sharedMailboxes } = wave;
  const today = result.auditedOn;
  const files = `**${describeFileTotals(leaving)} lose their licence**, ${describeOneDriveEnd(computeOneDriveClock(today), today)}.`;
  return [
    ...(leaving.accounts === 0 ? [] : [files]),
    ...(heldBack.accounts === 0 ? [] : [`${describeFileTotals(heldBack)} are held back.`]),
    ...(sharedMailboxes === 0 ? [] : [describeSharedMailboxes(sharedMailboxes)]),
    ...describeFirstLossDay(wave, today),
  ];
}

/** List items, with the money that waits and how files are released; empty if nothing depends on the licences. */
export function renderWaveLines(to: Move['to'], result: AuditView): string[] {
  if (to !== 'disable' && to !== 'delicense') return [];
  const wave = findWave(result, [to]);
  const lines = describeWave(wave, result.auditedOn);
  const isHeld = to === 'delicense' && wave.heldBack.accounts > 0;
  return [...lines, ...(isHeld ? [describeWaiting(wave, result)] : [])].map((words) => `- ${words}`);
}

function describeWaiting({ heldBack }: ReturnType<typeof findWave>, result: AuditView): string {
  const money = formatMoney(sumWaiting(result, 'delicense'), result.currency);
  return `${describeFileTotals(heldBack)} are held back, and ${money} a month waits for somebody to release them: ${formatCode('oneDrive: release')} below ${formatCode('desired:')} in the person’s file, or ${formatCode(`dormant release-files ${result.stack}`)} for many.`;
}
