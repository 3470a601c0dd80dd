// The memory of a year: what people have merged and touched, and which applies have not come yet.
import type { PersonInput } from '@dormant-m365/emulator';
import type { Day } from '../../policy/evidence.ts';
import type { StackOutcome } from '../../stacks/run-stack.ts';
import { type Chance, createChance } from '../soak/random-choice.ts';
import { aGitCompany, type GitCompany } from './git-company.fixture.ts';

/** A merge to main that started an apply. */
interface PendingApply {
  commit: string;
}

export interface YearStory {
  company: GitCompany;
  chance: Chance;
  pending: PendingApply[];
  /** Paths that a person changed on the open proposal, and on main since the proposal began. */
  onBranch: Set<string>;
  onMain: Set<string>;
  /** Paths that a revert on main set back, with its day and the order of the stage that it left; -1: keep, or no file. */
  reverted: Map<string, { on: Day; order: number }>;
  /** Whether two people changed it. */
  touchedOnBoth(path: string): boolean;
  /** By object id, why the last apply has left something undone. */
  unsettled: Map<string, string>;
  noteUnsettled(outcome: StackOutcome): void;
  counts: Record<'audits' | 'applies' | 'merges' | 'writes' | 'lost' | 'repeated' | 'reverts', number>;
  tell(what: string): void;
}

export async function aYearStory(seed: number, tell: (what: string) => void): Promise<YearStory> {
  const chance = createChance(seed);
  const company = await aGitCompany([
    ...Array.from({ length: 24 }, (_, at) => buildPerson(at, chance)),
    ...Array.from({ length: 40 }, (_, at) => ({ kind: `busy${at}`, displayName: `Busy ${at}` })),
  ]);
  const onBranch = new Set<string>();
  const onMain = new Set<string>();
  const unsettled = new Map<string, string>();
  return {
    ...{ company, chance, onBranch, onMain, unsettled },
    pending: [],
    reverted: new Map(),
    touchedOnBoth: (path) => onBranch.has(path) && onMain.has(path),
    noteUnsettled({ accounts, refusedFiles }) {
      unsettled.clear();
      for (const { inputs, report } of accounts) {
        const { refused, heldBack, waits, failure } = report;
        const reasons = [...refused, ...heldBack, ...waits].map(({ because }) => because);
        const all = [...reasons, ...(failure ? [failure.message] : [])];
        if (all.length > 0) unsettled.set(inputs.account.id, all.join('; '));
      }
      for (const { file, problems } of refusedFiles)
        unsettled.set(file.account.id, problems.map(({ message }) => message).join('; '));
    },
    counts: { audits: 0, applies: 0, merges: 0, writes: 0, lost: 0, repeated: 0, reverts: 0 },
    tell: (what) => tell(`${company.today()}: ${what}`),
  };
}

/** Silent long enough already, or from one week of the year on. */
function buildPerson(at: number, chance: Chance): PersonInput {
  return {
    kind: `quiet${at}`,
    displayName: `Quiet ${at}`,
    userPrincipalName: `quiet${at}@contoso.com`,
    department: chance.pick(['Sales', 'Design']),
    licenses: ['SPE_E3'],
    oneDrive: { sizeMb: 20, files: 3 },
    inactiveDays: chance.maybe(0.5) ? chance.between(91, 200) : chance.between(-200, 90),
  };
}
