// Titles near the top of the reporting line that no rule names, so that a company can add its own to the policy.
import type { Manager, RunFacts } from '../policy/evidence.ts';
import { isOutsider } from '../policy/evidence.ts';
import type { Rules } from '../policy/judge.ts';
import type { JudgedAccount } from '../policy/judgement.ts';
import { risksOf } from '../policy/risk.ts';

export interface UnnamedTitle {
  /** null: the account has none, and could only be named by itself (`risk.executives.accounts`). */
  title: string | null;
  /**
   * `no-manager`: has nobody above, and people below, or a title in a tenant that knows most people's managers.
   * `reports-to-executive`: their manager is one by the rules.
   */
  because: 'no-manager' | 'reports-to-executive';
  accounts: number;
  /** userPrincipalNames of the first few. */
  examples: readonly string[];
}

export interface TopOfLine {
  note(judged: JudgedAccount): void;
  /** Complete once every account was noted; those without a manager first, then by title. */
  titles(): UnnamedTitle[];
}

/** A tenant that keeps no managers has everybody without one: beyond so many nobody is remembered, and no memory is filled. */
const mostWithoutManager = 20_000;
const mostExamples = 3;

export function topOfLine({ policy }: Rules, run: RunFacts): TopOfLine {
  const found = new Map<string, UnnamedTitle>();
  const withoutManager = new Map<string, { title: string | null; userPrincipalName: string }>();
  /** Everybody who is somebody's manager, and whether the rules call them an executive. */
  const managers = new Map<string, boolean>();
  let people = 0;
  const isExecutive = (manager: Manager) => {
    const known =
      managers.get(manager.id) ??
      risksOf(asSubject(manager), policy, run).some(({ code }) => code === 'executive');
    managers.set(manager.id, known);
    return known;
  };
  return {
    note({ evidence, judgement }) {
      const { id, manager, jobTitle: title, userPrincipalName } = evidence;
      const isUnderExecutive = manager !== null && isExecutive(manager);
      if (!evidence.accountEnabled || isOutsider(evidence) || judgement.risks.length > 0) return;
      people++;
      if (isUnderExecutive) add(found, 'reports-to-executive', title, userPrincipalName);
      if (manager === null && withoutManager.size < mostWithoutManager)
        withoutManager.set(id, { title, userPrincipalName });
    },
    titles() {
      const all = new Map(found);
      const knowsManagers = withoutManager.size * 2 < people;
      for (const [id, { title, userPrincipalName }] of withoutManager)
        if (managers.has(id) || (knowsManagers && title !== null))
          add(all, 'no-manager', title, userPrincipalName);
      return [...all.values()].sort(
        (a, b) => a.because.localeCompare(b.because) || (a.title ?? '').localeCompare(b.title ?? ''),
      );
    },
  };
}

function add(
  titles: Map<string, UnnamedTitle>,
  because: UnnamedTitle['because'],
  title: string | null,
  userPrincipalName: string,
): void {
  const key = `${because} ${title}`;
  const known = titles.get(key) ?? { title, because, accounts: 0, examples: [] };
  const examples =
    known.examples.length < mostExamples ? [...known.examples, userPrincipalName] : known.examples;
  titles.set(key, { ...known, accounts: known.accounts + 1, examples });
}

/** What the listing tells of a manager. */
function asSubject({ id, displayName, userPrincipalName, mail, jobTitle, department }: Manager) {
  return {
    id,
    userPrincipalName,
    displayName,
    mail,
    jobTitle: jobTitle ?? null,
    department: department ?? null,
    givenName: null,
    surname: null,
    accountKind: 'person' as const,
    employeeType: null,
    roles: [],
    licenses: [],
    mailbox: { recipientType: 'user' as const },
  };
}
