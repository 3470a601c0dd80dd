// What the made-up company of the pictures has beside its audit: a past, and the comment that a preview leaves.
import type { AuditResult } from '../audit/audit-result.ts';
import type { Changes } from '../audit/proposal/body-changes.ts';
import type { PastAudit } from '../audit/report/html.ts';
import { removedLicenses, savedBy } from '../audit/report/totals.ts';

export const exampleHistory: readonly PastAudit[] = [
  { auditedOn: '2026-10-26', inactive: 301, monthly: 11_890 },
  { auditedOn: '2026-11-02', inactive: 296, monthly: 11_600 },
  { auditedOn: '2026-11-09', inactive: 303, monthly: 11_720 },
  { auditedOn: '2026-11-16', inactive: 287, monthly: 11_010 },
  { auditedOn: '2026-11-23', inactive: 276, monthly: 10_380 },
  { auditedOn: '2026-11-30', inactive: 268, monthly: 9_910 },
];

/** What a preview would say about the audit's own moves, with one account that has changed since. */
export function exampleChanges(result: AuditResult): Changes {
  const moves = (to: string) => result.plan.moves.filter((move) => move.to === to);
  const name = (move: AuditResult['plan']['moves'][number]) => move.file.account;
  const [refused, ...disabled] = moves('disable');
  return {
    stack: result.stack,
    mode: 'preview',
    currency: result.prices.currency,
    disabled: disabled.map((move) => ({ ...name(move), mailbox: 'shared' })),
    delicensed: moves('delicense').map((move) => ({
      ...name(move),
      removed: removedLicenses(move.file),
      stays: move.file.savings.heldBack,
      monthly: savedBy(move, result),
    })),
    restored: moves('restore').map((move) => ({
      ...name(move),
      gives: [...move.file.restore.licenses.map(({ skuPartNumber }) => skuPartNumber), 'sign-in'],
    })),
    mailed: [],
    refused: refused
      ? [{ ...name(refused), because: 'signed in on 7 December, after the evidence of this file' }]
      : [],
    failed: [],
    stopped: null,
    sinceLastTime: refused ? [`1 has changed: ${name(refused).displayName}.`] : [],
  };
}
