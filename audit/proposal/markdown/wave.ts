// What hangs on the licences that one merge takes, summed up: in the head of the body, and above those who lose them.
import {
  describeFileTotals,
  describeFirstLossDay,
  describeSharedMailboxes,
  describeWave,
} from '../../../policy/describe-belongings.ts';
import { describeOneDriveEnd } from '../../../policy/describe-clocks.ts';
import { formatMoney } from '../../../policy/labels.ts';
import { computeOneDriveClock } from '../../../policy/microsoft-clocks.ts';
import type { Move } from '../../../policy/plan/move.ts';
import type { AuditResult } from '../../audit-result.ts';
import { findWave, sumWaiting } from '../../summary/belongings.ts';
import { formatCode } from './escape.ts';

/** Sentences for the head; empty where nothing hangs on what goes. */
export function summariseWave(result: AuditResult): string[] {
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

/** One line each, with the money that waits and how files are released; empty where nothing hangs on what goes. */
export function renderWaveLines(to: Move['to'], result: AuditResult): string[] {
  if (to !== 'disable' && to !== 'delicense') return [];
  const wave = findWave(result, [to]);
  const lines = describeWave(wave, result.auditedOn);
  const isHeld = to === 'delicense' && wave.heldBack.accounts > 0;
  return [...lines, ...(isHeld ? [describeWaiting(wave, result)] : [])].map((words) => `- ${words}`);
}

function describeWaiting({ heldBack }: ReturnType<typeof findWave>, result: AuditResult): string {
  const money = formatMoney(sumWaiting(result, 'delicense'), result.prices.currency);
  return `${describeFileTotals(heldBack)} are held back, and ${money} a month waits for somebody to release them: ${formatCode('oneDrive: release')} below ${formatCode('desired:')} in the person’s file, or ${formatCode(`dormant release-files ${result.stack}`)} for many.`;
}
