// Titles near the top of the reporting line that no rule names, so that a company can add them to its policy. For each
// title the managers of a few holders are read.
import type { Manager, RunFacts } from '../policy/evidence.ts';
import type { UserId, UserPrincipalName } from '../policy/identifiers.ts';
import { isOutsider } from '../policy/judge/guests.ts';
import type { StackRules } from '../policy/judge/judge.ts';
import type { JudgedAccount } from '../policy/judge/judgement.ts';
import { listRisks } from '../policy/judge/risk.ts';

export interface UnnamedTitle {
  /** null: the account has none, so only the account itself can be named (`risk.executives.accounts`). */
  title: string | null;
  /**
   * `no-manager`: without a manager but with reports, or with a title in a tenant that knows most people's managers.
   * `reports-to-executive`: the manager is an executive by the rules.
   */
  because: 'no-manager' | 'reports-to-executive';
  accounts: number;
  /** userPrincipalNames of the first few. */
  examples: readonly string[];
}

interface TitleCollector {
  /** Takes each account of the listing. */
  note(judged: JudgedAccount): void;
  /** Call after every account was noted. Sorted: without a manager first, then by title. `read` finds managers by id. */
  findTitles(read: (ids: readonly UserId[]) => Promise<ReadonlyMap<UserId, Manager | null>>): Promise<UnnamedTitle[]>;
}

interface Holder {
  id: UserId;
  userPrincipalName: UserPrincipalName;
  title: string | null;
}

/** A title near the top is rare; for a common one a few holders are enough. */
const holdersPerTitle = 5;
/** The rarest titles come first; this many managers are 50 requests. */
const mostRead = 1_000;
/** Further titles are ignored, to bound the memory. */
const mostTitles = 20_000;
const mostExamples = 3;

export function createTitleCollector({ policy }: StackRules, run: RunFacts): TitleCollector {
  const byTitle = new Map<string | null, Holder[]>();
  const isExecutive = (manager: Manager) =>
    listRisks(toRiskSubject(manager), policy, run).some(({ code }) => code === 'executive');
  return {
    note({ evidence, judgement }) {
      const { id, jobTitle: title, userPrincipalName } = evidence;
      if (!evidence.accountEnabled || isOutsider(evidence) || judgement.risks.length > 0) return;
      const holders = byTitle.get(title) ?? [];
      if (holders.length === 0 && byTitle.size >= mostTitles) return;
      // By name, because the parts of the listing come in any order.
      byTitle.set(title, [...holders, { id, userPrincipalName, title }].sort(compareHolders).slice(0, holdersPerTitle));
    },
    async findTitles(read) {
      const people = sortByRarity([...byTitle.values()]).slice(0, mostRead);
      const managers = await read(people.map(({ id }) => id));
      return selectUnnamedTitles(people, managers, isExecutive);
    },
  };
}

function compareHolders(a: Holder, b: Holder): number {
  return a.userPrincipalName < b.userPrincipalName ? -1 : 1;
}

function sortByRarity(titles: Holder[][]): Holder[] {
  return titles.sort((a, b) => a.length - b.length || `${a[0]?.title}`.localeCompare(`${b[0]?.title}`)).flat();
}

function selectUnnamedTitles(
  people: readonly Holder[],
  managers: ReadonlyMap<UserId, Manager | null>,
  isExecutive: (manager: Manager) => boolean,
): UnnamedTitle[] {
  const found = new Map<string, UnnamedTitle>();
  const aboveSomebody = new Set([...managers.values()].map((manager) => manager?.id));
  const withoutManager = people.filter(({ id }) => managers.get(id) === null);
  const knowsManagers = withoutManager.length * 2 < people.length;
  for (const holder of people) {
    const { id, title } = holder;
    const manager = managers.get(id);
    if (manager && isExecutive(manager)) add(found, 'reports-to-executive', holder);
    const isTop = manager === null && (aboveSomebody.has(id) || (knowsManagers && title !== null));
    if (isTop) add(found, 'no-manager', holder);
  }
  return [...found.values()].sort(
    (a, b) => a.because.localeCompare(b.because) || (a.title ?? '').localeCompare(b.title ?? ''),
  );
}

function add(
  titles: Map<string, UnnamedTitle>,
  because: UnnamedTitle['because'],
  { title, userPrincipalName }: Holder,
): void {
  const key = `${because} ${title}`;
  const known = titles.get(key) ?? { title, because, accounts: 0, examples: [] };
  const examples = known.examples.length < mostExamples ? [...known.examples, userPrincipalName] : known.examples;
  titles.set(key, { ...known, accounts: known.accounts + 1, examples });
}

function toRiskSubject({ id, displayName, userPrincipalName, mail, jobTitle, department }: Manager) {
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
