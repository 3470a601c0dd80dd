import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAccountFile } from '../files/account-file.ts';
import {
  buildDesiredState,
  computeEffectiveDesired,
  describeDesiredBeyondStage,
  getStageOrder,
  isTakingStage,
} from '../files/stage.ts';
import { toAccountCount } from '../guard/tenant-share.ts';
import type { PolicyChange } from '../policy.fixture.ts';
import {
  anyPersonas,
  anyPolicy,
  aRandomTenant,
  aRandomTenantWithProposal,
  isToBeSpared,
  nameOf,
  type Persona,
} from '../random-tenant.fixture.ts';
import type { AccountFile } from '../schemas/account.ts';
import { hasSameFacts } from '../signing/differences.ts';
import { isTakingMove } from './draft-move.ts';
import type { InForceFile, PlanInput, ProposedFile, UnsignedFile } from './input.ts';
import type { Move, Plan } from './move.ts';
import { planMoves } from './plan.ts';
import { isSigned } from './plan-signing.ts';

const some = anyPersonas(10);

// One seed for all properties of a run: they look at the same tenants, and each of those is planned once.
const seed = Date.now() % 2 ** 31;

interface Planned {
  input: PlanInput;
  plan: Plan;
}

const planned = once(({ personas, policy }: { personas: Persona[]; policy: PolicyChange }): Planned => {
  const input = aRandomTenantWithProposal(personas, policy);
  return { input, plan: planMoves(input) };
});

const parsed = once((text: string) => parseAccountFile('any.yaml', text));

function once<In, Out>(make: (value: In) => Out): (value: In) => Out {
  const made = new Map<string, Out>();
  return (value) => {
    const key = JSON.stringify(value);
    const found = made.get(key) ?? make(value);
    made.set(key, found);
    return found;
  };
}

/** For tenants with an open proposal that reviewers have edited, under tight and wide caps. */
function holds(property: (planned: Planned) => void): void {
  const any = fc.record({ personas: some, policy: anyPolicy });
  fc.assert(
    fc.property(any, (made) => property(planned(made))),
    { numRuns: 150, seed },
  );
}

function takesSomething({ from, to }: Move): boolean {
  return (
    to !== null &&
    to !== 'archive' &&
    isTakingStage(to) &&
    getStageOrder(to) > (from === null ? -1 : getStageOrder(from))
  );
}

/** A step towards taking something: into the plan, or on in it. */
function isForward({ from, to }: Move): boolean {
  if (to === null || to === 'archive') return false;
  return getStageOrder(to) > (from === null ? -1 : getStageOrder(from));
}

function isEntering({ from, to }: Move): boolean {
  return from === null && to !== null && to !== 'archive' && getStageOrder(to) >= 0;
}

function isByMachine({ reason }: Move): boolean {
  return reason !== 'changed-by-reviewer';
}

/** The machine's own account files, with what is in force of each. */
function written({ plan, input }: Planned): { after: AccountFile; before: InForceFile | null }[] {
  return plan.moves.filter(isByMachine).flatMap(({ path }) => {
    const text = plan.files.get(path) ?? null;
    const before = input.inForce.find((tracked) => tracked.path === path) ?? null;
    return text === null ? [] : [{ after: parsed(text), before }];
  });
}

/** As the random reviewers break files. */
function isBroken(text: string): boolean {
  return text.endsWith(': [');
}

/** null: a file that is broken, or none of an account. */
function fileIn(path: string, text: string | null): AccountFile | null {
  return text === null || isBroken(text) || !path.includes('/accounts/') ? null : parsed(text);
}

/** What GitHub shows as changed, by path. */
function changedFiles({ files }: Plan, { inForce }: PlanInput): Map<string, string | null> {
  const onMain = new Map(inForce.map(({ path, text }) => [path, text]));
  return new Map([...files].filter(([path, text]) => text !== (onMain.get(path) ?? null)).sort());
}

function namesToSpare(personas: readonly Persona[]): Set<string> {
  return new Set(personas.flatMap((persona, index) => (isToBeSpared(persona) ? [nameOf(persona, index)] : [])));
}

function losing({ moves }: Plan): string[] {
  return moves.filter(takesSomething).map(({ file }) => file.account.userPrincipalName);
}

function goingForward({ moves }: Plan): string[] {
  return moves.filter(isForward).map(({ file }) => file.account.userPrincipalName);
}

test('in 10,000 random tenants no plan takes a step against a protected, doubtful or active person', () => {
  const count = { spared: 0, forward: 0 };
  fc.assert(
    fc.property(anyPersonas(3), (personas) => {
      const names = namesToSpare(personas);
      // The file of exemptions is beside the point here, and reading it would take most of the time.
      const forward = goingForward(planMoves({ ...aRandomTenant(personas), exemptionsFile: null }));
      const wronged = forward.find((name) => names.has(name));
      if (wronged !== undefined) throw new Error(`${wronged} must be left alone`);
      count.spared += names.size;
      count.forward += forward.length;
    }),
    { numRuns: 10_000 },
  );
  // Both happen often, so that the plan is not right by doing nothing.
  expect(count.spared).toBeGreaterThan(5_000);
  expect(count.forward).toBeGreaterThan(500);
});

test('anyone who is silent and ordinary enters the plan, whatever their name or title sounds like', () => {
  fc.assert(
    fc.property(some, (personas) => {
      const ordinary = personas.flatMap((persona, index) =>
        persona.now.standing === 'ordinary' && persona.stage === null ? [nameOf(persona, index)] : [],
      );
      const { moves } = planMoves(aRandomTenant(personas));
      const entering = moves.filter(isEntering).map(({ file }) => file.account.userPrincipalName);
      expect(ordinary.filter((name) => !entering.includes(name))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('anyone who may be there again tomorrow finds file, stage and restore data as they were', () => {
  fc.assert(
    fc.property(some, (personas) => {
      const absent = personas.flatMap((persona, index) =>
        persona.now.kind === 'absent' ? [nameOf(persona, index)] : [],
      );
      const { moves } = planMoves(aRandomTenant(personas));
      expect(moves.filter(({ file }) => absent.includes(file.account.userPrincipalName))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('nor does any of them while a proposal is open that reviewers have edited', () => {
  fc.assert(
    fc.property(some, (personas) => {
      const names = namesToSpare(personas);
      expect(losing(planMoves(aRandomTenantWithProposal(personas))).filter((name) => names.has(name))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

test('everything that the machine writes is signed for what it says, whatever reviewers have made of the branch', () => {
  holds(({ plan, input }) => {
    for (const { after, before } of written({ plan, input })) {
      const isAsOnMain = before !== null && hasSameFacts(after, before.file);
      expect(isAsOnMain || isSigned(after, input.signing), after.account.userPrincipalName).toBe(true);
    }
  });
});

const anyBasis = fc.constantFrom<UnsignedFile['basis'] | null>(null, 'standing', 'nothing-taken', 'unknown');

test('what nobody signed takes nobody further: it is put back, begins anew, goes, or waits for the state', () => {
  fc.assert(
    fc.property(some, fc.array(anyBasis, { minLength: 10, maxLength: 10 }), (personas, bases) => {
      const input = aRandomTenant(personas);
      const inForce = input.inForce.map((tracked, index): InForceFile => {
        const basis = bases[index] ?? null;
        return basis === null
          ? tracked
          : { ...tracked, unsigned: { code: 'not-signed', because: 'forged', stage: tracked.file.stage, basis } };
      });
      const { moves, files } = planMoves({ ...input, inForce });
      for (const { path, unsigned } of inForce) {
        const move = moves.find((each) => each.path === path);
        const isGone = move?.judged === null;
        if (unsigned?.basis === 'unknown' && !isGone) expect(files.has(path)).toBe(false);
        if (unsigned?.basis === 'nothing-taken' && move !== undefined && !isGone)
          expect([null, 'notify', 'keep', 'restore']).toContain(move.to);
      }
    }),
    { numRuns: 200 },
  );
});

test('the caps hold for what the machine adds to what reviewers have decided', () => {
  holds(({ input, plan }) => {
    const { moves } = plan;
    const { limits, proposal } = input.rules.policy;
    const within = (counted: readonly Move[], most: number) => {
      const theirs = counted.filter((move) => !isByMachine(move)).length;
      expect(counted.length).toBeLessThanOrEqual(Math.max(most, theirs));
    };
    const byDepartment = (counted: readonly Move[]) =>
      Map.groupBy(counted, ({ file }) => file.account.department).values();
    const entering = moves.filter(isEntering);
    const taking = moves.filter((move) => {
      const inForce = input.inForce.find(({ path }) => path === move.path) ?? null;
      return takesSomething(move) || isTakingMove({ ...move, inForce });
    });
    within(entering, limits.newAccountsPerAudit);
    within(taking, limits.changesPerApply);
    within(taking, toAccountCount(limits.shareOfTenant, input.enabledMembers));
    for (const department of byDepartment(entering)) within(department, limits.newAccountsPerDepartment);
    for (const department of byDepartment(taking)) within(department, limits.changesPerDepartment);
    const changed = changedFiles(plan, input);
    const shown = moves.filter(({ path }) => changed.has(path));
    const pages = proposal.groupBy === 'stack' ? [shown] : [...byDepartment(shown)];
    for (const page of pages) within(page, proposal.maxFiles);
  });
});

test('whatever the caps are, the machine is never held up in giving back', () => {
  fc.assert(
    fc.property(some, (personas) => {
      const none = {
        newAccountsPerAudit: 0,
        newAccountsPerDepartment: 0,
        changesPerApply: 0,
        changesPerDepartment: 0,
        shareOfTenant: 0,
      };
      const giving = ({ moves }: Plan) =>
        moves.filter(({ from, to }) => from !== null && (to === null || to === 'restore'));
      const paths = (plan: Plan) => giving(plan).map(({ path }) => path);
      expect(paths(planMoves(aRandomTenant(personas, { limits: none })))).toEqual(
        paths(planMoves(aRandomTenant(personas))),
      );
    }),
    { numRuns: 100 },
  );
});

test('no file that the machine writes takes more than its stage asks for', () => {
  holds((made) => {
    for (const { after } of written(made)) expect(describeDesiredBeyondStage(after)).toEqual([]);
  });
});

test('the machine moves an account on by one stage at a time, or gives back', () => {
  holds(({ plan }) => {
    for (const { from, to } of plan.moves.filter(isByMachine)) {
      if (to === null || to === 'archive' || to === 'restore' || to === from) continue;
      expect(getStageOrder(to)).toBe(from === null ? 0 : getStageOrder(from) + 1);
    }
  });
});

test('what an account had is written once and never changed', () => {
  holds((made) => {
    for (const { after, before } of written(made))
      if (before !== null) expect(after.restore).toEqual(before.file.restore);
  });
});

test('keep and restore make true what the account had, no matter who wrote them', () => {
  holds(({ plan }) => {
    for (const [path, text] of plan.files) {
      const file = fileIn(path, text);
      if (file?.stage !== 'keep' && file?.stage !== 'restore') continue;
      expect(computeEffectiveDesired(file)).toEqual({
        ...buildDesiredState('notify', file.restore, file.savings),
      });
      expect(computeEffectiveDesired(file).licenses).toEqual([
        ...new Set(file.restore.licenses.map((held) => held.skuPartNumber)),
      ]);
    }
  });
});

function shuffled<T>(items: readonly T[], by: number): T[] {
  return [...items]
    .map((item, index) => [(index * 7919 + by) % 13, item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

test('the order in which the tenant and git list things makes no difference', () => {
  holds(({ input, plan }) => {
    for (const by of [1, 5]) {
      const again = planMoves({
        ...input,
        judged: shuffled(input.judged, by),
        inForce: shuffled(input.inForce, by + 1),
        proposed: shuffled(input.proposed, by + 2),
      });
      expect({ ...again, files: null }).toEqual({ ...plan, files: null });
      expect(new Map([...again.files].sort())).toEqual(new Map([...plan.files].sort()));
    }
  });
});

/** The branch after the plan has been put on it: what people touched stays known as theirs. */
function proposedAfter(plan: Plan, input: PlanInput): ProposedFile[] {
  const changed = changedFiles(plan, input);
  const touched = input.proposed.filter(({ touchedByPerson }) => touchedByPerson).map(({ path }) => path);
  const onMain = new Map(input.inForce.map(({ path, text }) => [path, text]));
  return [...new Set([...changed.keys(), ...touched])].map((path) => {
    const text = (changed.has(path) ? changed.get(path) : onMain.get(path)) ?? null;
    const file = fileIn(path, text);
    return { path, text, file, touchedByPerson: touched.includes(path) };
  });
}

test('a plan that is proposed already is planned again without a new byte', () => {
  holds(({ input, plan }) => {
    const again = planMoves({ ...input, proposed: proposedAfter(plan, input) });
    expect(changedFiles(again, input)).toEqual(changedFiles(plan, input));
  });
});

test('a plan that is merged leaves nothing to do on the same day, but for who had to wait', () => {
  fc.assert(
    fc.property(some, (personas) => {
      const input = aRandomTenant(personas);
      const plan = planMoves(input);
      const stays = input.inForce.filter(({ path }) => !plan.files.has(path));
      const merged = plan.moves.flatMap(({ path }): InForceFile[] => {
        const text = plan.files.get(path) ?? null;
        return text === null ? [] : [{ path, text, file: parseAccountFile(path, text), since: input.run.auditedOn }];
      });
      const released = new Set(plan.moves.filter(({ to }) => to === null).map(({ file }) => file.account.id));
      const again = planMoves({ ...input, inForce: [...stays, ...merged] });
      // Released because a keep has lapsed or all is restored: the account may begin anew.
      // So may one who has everything back already when the restore is merged.
      const left = again.moves.filter(({ reason }) => reason !== 'restored');
      expect(left.filter(({ file }) => !released.has(file.account.id))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
