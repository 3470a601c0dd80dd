// Exemptions that name nobody of the tenant: a name with a slip keeps nobody out of a plan, and looks as if it did.
import { namesAccount, selectInForce } from '../policy/judge/exemption.ts';
import type { StackRules } from '../policy/judge/judge.ts';
import type { JudgedAccount } from '../policy/judge/judgement.ts';
import type { Exemption } from '../policy/schemas/exemptions.ts';

interface ExemptionMatcher {
  /** Takes each account of the listing. */
  note(judged: Pick<JudgedAccount, 'evidence'>): void;
  /** Call after every account was noted: the accounts, patterns and ids that name nobody, each once. */
  listUnmatched(): string[];
}

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
    // Main and a proposal's branch may have the same entry.
    listUnmatched: () => [...new Set(open.map(({ account }) => account))],
  };
}
