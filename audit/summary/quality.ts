// What a reader has to know before trusting an audit, one sentence each, for both the pull request and the report.
import { doubtCodes } from '../../policy/judge/judgement.ts';
import { describeStops } from '../../policy/pause/taking-stop.ts';
import { formatCount, formatList, reasonWords } from '../../policy/words/labels.ts';
import { redactNames } from '../../policy/words/redact-names.ts';
import type { AuditView } from '../audit-view.ts';

/** Whether a text may name people, or is for a log or a summary, which have the counts alone. */
export type Naming = 'people' | 'nobody';

/** What a reader has to know before any date: nothing is taken for now. Empty: nothing stops it. */
export function describeStopped({ stops }: Pick<AuditView, 'stops'>, naming: Naming = 'people'): string {
  const sentence = describeStops(stops);
  if (sentence === '') return '';
  const told = naming === 'people' ? sentence : redactNames(sentence);
  return `${told} The audit proposes as ever; what is merged meanwhile waits.`;
}

/** Plain text; empty when every source was complete and every account was judged. */
export function describeQuality(result: AuditView, naming: Naming = 'people'): string[] {
  const { missingRows, deletedRows } = result.quality;
  return [
    ...describeScope(result),
    ...describeUnjudged(result),
    ...describeNotes(result, naming),
    ...listIfAny(
      missingRows,
      `${formatCount(missingRows, 'member')} had no row in the usage report and ${missingRows === 1 ? 'was' : 'were'} left alone.`,
    ),
    ...listIfAny(deletedRows, `${formatCount(deletedRows, 'row')} of the usage report belonged to deleted users.`),
    ...describeUnpriced(result),
    ...describeUnnamedTitles(result, naming),
  ];
}

/** Who is outside the policy's scope, as a number; empty: it has none. */
export function describeScope({ counts, policy }: Pick<AuditView, 'counts' | 'policy'>): string[] {
  if (policy.scope === undefined) return [];
  const { outsideScope, accounts } = counts;
  return [
    `${outsideScope.toLocaleString('en-US')} of ${formatCount(accounts, 'account')} ${outsideScope === 1 ? 'is' : 'are'} outside the scope of policy.yaml: counted here, and in no list.`,
  ];
}

/** The notes of the sources, and exemptions that name nobody: a slip in a name keeps nobody out, and looks as if it did. */
export function describeNotes({ quality }: Pick<AuditView, 'quality'>, naming: Naming): string[] {
  const { notes, unmatchedExemptions } = quality;
  const told = naming === 'people' ? notes : notes.map(redactNames);
  return [...told, ...describeUnmatched(unmatchedExemptions, naming)];
}

const mostExemptions = 5;

function describeUnmatched(names: readonly string[], naming: Naming): string[] {
  const more = names.length - mostExemptions;
  const others = more > 0 ? [formatCount(more, 'other')] : [];
  const listed = naming === 'nobody' ? '' : `: ${formatList([...names.slice(0, mostExemptions), ...others])}`;
  const which = `${formatCount(names.length, 'exemption')} ${names.length === 1 ? 'names' : 'name'} no account of this tenant`;
  return listIfAny(
    names.length,
    `${which}${listed}. Correct exemptions.yaml, or give an entry about another tenant its stack.`,
  );
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
function describeUnnamedTitles({ unnamedTitles }: AuditView, naming: Naming): string[] {
  const named = unnamedTitles.slice(0, mostTitles).map(({ title, accounts, because }) => {
    const where = because === 'no-manager' ? 'has no manager' : 'reports to an executive';
    return `${title === null ? 'no title' : `“${title}”`} (${accounts.toLocaleString('en-US')}, ${where})`;
  });
  const more = unnamedTitles.length - named.length;
  const others = more > 0 ? [`${formatCount(more, 'other')} in audit.json`] : [];
  // A title near the top is one person's.
  const listed = naming === 'nobody' ? 'see report.html' : formatList([...named, ...others]);
  return listIfAny(
    unnamedTitles.length,
    `${formatCount(unnamedTitles.length, 'job title')} near the top of the reporting line ${unnamedTitles.length === 1 ? 'is' : 'are'} named by no rule: ${listed}. If executives have them, add them to risk.executives in policy/policy.yaml.`,
  );
}

function listIfAny(count: number, sentence: string): string[] {
  return count > 0 ? [sentence] : [];
}
