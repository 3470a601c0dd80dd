// What a reader has to know before trusting an audit, one sentence each, for both the pull request and the report.
import { doubtCodes } from '../../policy/judge/judgement.ts';
import { formatCount, formatList, reasonWords } from '../../policy/words/labels.ts';
import type { AuditView } from '../audit-view.ts';

/** Plain text; empty when every source was complete and every account was judged. */
export function describeQuality(result: AuditView): string[] {
  const { missingRows, deletedRows, notes } = result.quality;
  return [
    ...describeUnjudged(result),
    ...notes,
    ...listIfAny(
      missingRows,
      `${formatCount(missingRows, 'member')} had no row in the usage report and ${missingRows === 1 ? 'was' : 'were'} left alone.`,
    ),
    ...listIfAny(deletedRows, `${formatCount(deletedRows, 'row')} of the usage report belonged to deleted users.`),
    ...describeUnpriced(result),
    ...describeUnnamedTitles(result),
  ];
}

function describeUnjudged({ counts }: AuditView): string[] {
  const unjudged = counts.verdicts['insufficient-evidence'];
  const why = doubtCodes
    .filter((code) => counts.reasons[code] > 0)
    .map((code) => `${reasonWords[code]} (${counts.reasons[code].toLocaleString('en-US')})`);
  return listIfAny(
    unjudged,
    `${formatCount(unjudged, 'account')} could not be judged and ${unjudged === 1 ? 'is' : 'are'} left alone: ${why.join('; ')}.`,
  );
}

/** Part numbers without a price in prices.yaml: reclaimed like others, but missing in the sums. */
function describeUnpriced({ inactive }: AuditView): string[] {
  const unpriced = inactive.flatMap(({ outlook: { reclaimable, heldBack } }) =>
    [...reclaimable, ...heldBack].filter(({ monthly }) => monthly === null),
  );
  const unknown = [...new Set(unpriced.map(({ license }) => license.skuPartNumber))].sort();
  const named = unknown.slice(0, 20);
  const others = unknown.length > named.length ? [`${unknown.length - named.length} others`] : [];
  return listIfAny(
    unknown.length,
    `prices.yaml has no price for ${formatList([...named, ...others])}; the sums are too low by that.`,
  );
}

const mostTitles = 10;

/** Their holders may be executives although no rule names them, so a company may want to add the titles. */
function describeUnnamedTitles({ unnamedTitles }: AuditView): string[] {
  const named = unnamedTitles.slice(0, mostTitles).map(({ title, accounts, because }) => {
    const where = because === 'no-manager' ? 'has no manager' : 'reports to an executive';
    return `${title === null ? 'no title' : `“${title}”`} (${accounts.toLocaleString('en-US')}, ${where})`;
  });
  const more = unnamedTitles.length - named.length;
  const others = more > 0 ? [`${formatCount(more, 'other')} in audit.json`] : [];
  return listIfAny(
    unnamedTitles.length,
    `${formatCount(unnamedTitles.length, 'job title')} near the top of the reporting line ${unnamedTitles.length === 1 ? 'is' : 'are'} named by no rule: ${formatList([...named, ...others])}. If executives have them, add them to risk.executives in policy/policy.yaml.`,
  );
}

function listIfAny(count: number, sentence: string): string[] {
  return count > 0 ? [sentence] : [];
}
