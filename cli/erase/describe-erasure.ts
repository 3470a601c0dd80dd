// What `dormant erase` says it has erased, or would, and what stays.

import { formatCount } from '../../policy/words/labels.ts';
import type { ErasedRecords } from './erase-from-records.ts';
import type { ErasedPerson } from './erase-person.ts';

export interface ErasureReport {
  stack: string;
  /** null: not of one person. */
  planned: ErasedPerson | null;
  /** null: nothing of records was asked for, or can be. */
  records: ErasedRecords | null;
  dryRun: boolean;
  eraseAfterDays: number | null;
}

export function describeErasure(report: ErasureReport): { lines: string[]; document: object } {
  return { lines: [...listFileLines(report), ...listRecordLines(report)], document: toDocument(report) };
}

function listFileLines({ planned, dryRun }: ErasureReport): string[] {
  if (planned === null) return [];
  const changed = [...planned.changes].map(([path, text]) =>
    text === null
      ? `${dryRun ? 'Would delete' : 'Deleted'} ${path}.`
      : `${dryRun ? 'Would change' : 'Changed'} ${path}.`,
  );
  const next =
    changed.length > 0 && !dryRun
      ? ['Nothing is in force yet: commit this to a branch, and let its owners merge the pull request.']
      : [];
  const none = changed.length === 0 ? ['No file of the working tree names this person.'] : [];
  return [...changed, ...none, ...planned.stays, ...next];
}

function listRecordLines({ stack, records, planned, dryRun, eraseAfterDays }: ErasureReport): string[] {
  if (records === null)
    return [
      planned === null && eraseAfterDays === null
        ? 'Nothing is erased by itself: policy.yaml has no privacy.eraseAfterDays.'
        : `${stack} keeps no records.`,
    ];
  const { erased, kept, protectedParts, lockedParts, place, record } = records;
  return [
    `${formatCount(erased, 'part')} of people ${dryRun ? 'would be erased' : erased === 1 ? 'was erased' : 'were erased'} from ${place}.`,
    ...(record === null
      ? []
      : [`Record ${record.record.sequence} says which, without naming anybody. SHA-256 ${record.hash}`]),
    ...(protectedParts === 0
      ? []
      : [
          `${formatCount(protectedParts, 'part')} stay: their people are still blocked, or could be given something back.`,
        ]),
    ...(lockedParts === 0
      ? []
      : [`${formatCount(lockedParts, 'part')} stay for now: the store keeps them unchangeable for longer.`]),
    ...(kept === 0
      ? []
      : [`${formatCount(kept, 'part')} did not go: the store did not let this identity. The next run tries again.`]),
  ];
}

function toDocument({ stack, planned, records, dryRun }: ErasureReport) {
  return {
    ...{ stack, dryRun },
    files: planned && [...planned.changes].map(([path, text]) => ({ path, isDeleted: text === null })),
    stays: planned?.stays ?? [],
    records: records && {
      ...{ erased: records.erased, kept: records.kept, protected: records.protectedParts, locked: records.lockedParts },
      record: records.record && { sequence: records.record.record.sequence, sha256: records.record.hash },
    },
  };
}
