// Exemptions that name nobody of the tenant: a name with a slip keeps nobody out of a plan, and looks as if it did.
import { namesAccount, selectInForce } from '../policy/judge/exemption.ts';
import type { StackRules } from '../policy/judge/judge.ts';
import type { JudgedAccount } from '../policy/judge/judgement.ts';
import type { Exemption } from '../policy/schemas/exemptions.ts';
import { formatCount, formatList } from '../policy/words/labels.ts';

interface ExemptionMatcher {
  /** Takes each account of the listing. */
  note(judged: Pick<JudgedAccount, 'evidence'>): void;
  /** Call after every account was noted: a note for the reader, or none. */
  describeUnmatched(): string[];
}

const mostNamed = 5;

export function createExemptionMatcher(
  rules: Pick<StackRules, 'stack' | 'exemptions'>,
  today: string,
): ExemptionMatcher {
  let open: readonly Exemption[] = selectInForce(rules, today);
  return {
    note({ evidence }) {
      if (open.some((entry) => namesAccount(entry, evidence)))
        open = open.filter((entry) => !namesAccount(entry, evidence));
    },
    describeUnmatched() {
      // Main and a proposal's branch may have the same entry.
      const names = [...new Set(open.map(({ account }) => account))];
      if (names.length === 0) return [];
      const more = names.length - mostNamed;
      const listed = formatList([...names.slice(0, mostNamed), ...(more > 0 ? [formatCount(more, 'other')] : [])]);
      const which = `${formatCount(names.length, 'exemption')} ${names.length === 1 ? 'names' : 'name'} no account of this tenant`;
      return [`${which}: ${listed}. Correct exemptions.yaml, or give an entry about another tenant its stack.`];
    },
  };
}
