// What a reader has to know before trusting an audit, one sentence each; the pull request and the report say the same.
import { type ReasonCode, reasonCodes } from '../../policy/judgement.ts';
import { countInWords, listInWords, reasonWords } from '../../policy/words.ts';
import type { AuditResult } from '../audit-result.ts';

/** Plain text; empty when every source was complete and everybody could be judged. */
export function qualityInWords(result: AuditResult): string[] {
  const { missingRows, deletedRows, notes } = result.quality;
  return [
    ...unjudged(result),
    ...notes,
    ...when(
      missingRows,
      `${countInWords(missingRows, 'member')} had no row in the usage report and ${missingRows === 1 ? 'was' : 'were'} left alone.`,
    ),
    ...when(
      deletedRows,
      `${countInWords(deletedRows, 'row')} of the usage report belonged to deleted users.`,
    ),
    ...unpriced(result),
  ];
}

const doubts: readonly ReasonCode[] = reasonCodes.slice(reasonCodes.indexOf('account-incomplete'));

function unjudged({ counts }: AuditResult): string[] {
  const unsure = counts.verdicts['insufficient-evidence'];
  const why = doubts
    .filter((code) => counts.reasons[code] > 0)
    .map((code) => `${reasonWords[code]} (${counts.reasons[code].toLocaleString('en-US')})`);
  return when(
    unsure,
    `${countInWords(unsure, 'account')} could not be judged and ${unsure === 1 ? 'is' : 'are'} left alone: ${why.join('; ')}.`,
  );
}

/** Part numbers that prices.yaml does not know: they are reclaimed like others, but no sum has them. */
function unpriced({ inactive, prices }: AuditResult): string[] {
  const held = inactive.flatMap(({ evidence }) =>
    evidence.licenses.map(({ skuPartNumber }) => skuPartNumber),
  );
  const unknown = [...new Set(held)].filter((sku) => prices.monthly[sku] === undefined).sort();
  const named = unknown.slice(0, 20);
  const others = unknown.length > named.length ? [`${unknown.length - named.length} others`] : [];
  return when(
    unknown.length,
    `prices.yaml has no price for ${listInWords([...named, ...others])}; the sums are too low by that.`,
  );
}

function when(count: number, sentence: string): string[] {
  return count > 0 ? [sentence] : [];
}
