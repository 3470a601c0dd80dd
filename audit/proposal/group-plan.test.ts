import { describe, expect, it } from 'vitest';
import type { Move, Plan } from '../../policy/plan/move.ts';
import type { Stage } from '../../policy/schemas/account.ts';
import { groupPlan, isProposalBranch } from './group-plan.ts';
import { accountFile, accountText, pathOf } from './proposal.fixture.ts';

function move(name: string, to: Move['to'] = 'notify', department: string | null = 'Sales'): Move {
  const stage: Stage = to === null || to === 'archive' ? 'delicense' : to;
  return {
    path: pathOf(name),
    from: null,
    to,
    reason: 'inactive',
    because: '',
    file: accountFile(name, stage, department),
    judged: null,
    archivePaths: [],
  };
}

function planOf(moves: readonly Move[], others: Record<string, string | null> = {}): Plan {
  const files = moves.map(({ path, to }) => [path, to === null ? null : accountText(path)] as const);
  return {
    stack: 'contoso',
    auditedOn: '2026-12-07',
    moves,
    held: [],
    waiting: [],
    declined: [],
    setBack: [],
    deletable: [],
    erasures: { erased: [], kept: [] },
    expiredExemptions: [],
    ramp: null,
    escalations: { path: 'stacks/contoso/escalations.yaml', entered: [], left: [], listed: [] },
    files: new Map([...files, ...Object.entries(others)]),
  };
}

const inArchive = (name: string) => `stacks/contoso/archive/${name}@contoso.com.yaml`;

/** Of these people, whatever department their files name. */
function erasing(plan: Plan, ...names: string[]): Plan {
  const erased = names.map((name) => ({
    ...{ paths: [inArchive(name)], file: accountFile(name, 'delicense', 'Sales'), since: '2024-01-01' },
  }));
  const files = new Map([...plan.files, ...names.map((name) => [inArchive(name), null] as const)]);
  return { ...plan, erasures: { erased, kept: [] }, files };
}

const byDepartment = { groupBy: 'department', maxFiles: 250, retryAfterDays: 30 } as const;
const listBranches = (departments: (string | null)[]) =>
  groupPlan(planOf(departments.map((department, n) => move(`p${n}`, 'notify', department))), byDepartment).map(
    ({ branch }) => branch,
  );
const byStack = { ...byDepartment, groupBy: 'stack' } as const;

describe('one pull request a stack', () => {
  it('has all of the plan', () => {
    const plan = planOf([move('ana'), move('bo', 'disable', 'Research')], { 'exemptions.yaml': 'x' });
    const groups = groupPlan(plan, byStack);
    expect(groups).toMatchObject([{ branch: 'dormant/contoso', department: null }]);
    expect(groups[0]?.plan.files.size).toBe(3);
  });

  it('is none for an empty plan', () => {
    expect(groupPlan(planOf([]), byStack)).toEqual([]);
  });
});

describe('one pull request a department', () => {
  it('has the executives of all of them on a branch of its own, for HR', () => {
    const plan = planOf([move('ana', 'notify', 'Escalations')], {
      'exemptions.yaml': 'x',
      'stacks/contoso/escalations.yaml': 'y',
    });
    const groups = groupPlan(plan, byDepartment);
    expect(groups.map(({ branch, plan: part }) => [branch, [...part.files.keys()]])).toEqual([
      [expect.stringMatching(/^dormant\/contoso\/department-[0-9a-f]{8}$/), [pathOf('ana')]],
      ['dormant/contoso/escalations', ['stacks/contoso/escalations.yaml']],
      ['dormant/contoso/exemptions', ['exemptions.yaml']],
    ]);
    expect(groupPlan(plan, byStack)).toHaveLength(1);
  });

  it('has its own people only, and what is nobody’s is on a branch of its own', () => {
    const plan = planOf([move('ana'), move('bo', 'disable', 'R&D'), move('cy', 'notify', null)], {
      'exemptions.yaml': 'x',
    });
    const groups = groupPlan(plan, byDepartment);
    expect(groups.map(({ branch }) => branch)).toEqual([
      'dormant/contoso/exemptions',
      'dormant/contoso/no-department',
      'dormant/contoso/r-d',
      'dormant/contoso/sales',
    ]);
    expect(groups.map(({ plan: part }) => [...part.files.keys()])).toEqual([
      ['exemptions.yaml'],
      [pathOf('cy')],
      [pathOf('bo')],
      [pathOf('ana')],
    ]);
  });

  it('has nobody’s erasure, which has a pull request of its own that lists just those', () => {
    const groups = groupPlan(erasing(planOf([move('ana')]), 'bo', 'cy'), byDepartment);
    expect(
      groups.map(({ branch, plan: { files, erasures } }) => [branch, [...files.keys()], erasures.erased.length]),
    ).toEqual([
      ['dormant/contoso/erasures', [inArchive('bo'), inArchive('cy')], 2],
      ['dormant/contoso/sales', [pathOf('ana')], 0],
    ]);
  });

  it('whose name makes the branch of another one is named beside it, in one pull request', () => {
    const plan = planOf([move('ana', 'notify', 'R&D'), move('bo', 'notify', 'R-D'), move('cy', 'notify', 'R&D')]);
    const groups = groupPlan(plan, byDepartment);
    expect(groups).toMatchObject([{ branch: 'dormant/contoso/r-d', department: 'R&D, R-D' }]);
    expect(groups[0]?.plan.moves).toHaveLength(3);
  });

  it('keeps both halves of a file that moves to the archive, or comes back, together', () => {
    const archived = 'stacks/contoso/archive/ana@contoso.com.yaml';
    const plan = planOf([{ ...move('ana', 'archive'), archivePaths: [archived] }], { [archived]: 'x' });
    expect(groupPlan(plan, byDepartment).map(({ plan: part }) => part.files.size)).toEqual([2]);
  });

  it.each([
    ['Sales & Marketing', 'sales-marketing'],
    ['Größe', 'gro-e'],
    ['', 'no-department'],
    [null, 'no-department'],
    ['A'.repeat(200), 'a'.repeat(60)],
  ])('of %j is on the branch %s', (department, slug) => {
    expect(listBranches([department])).toEqual([`dormant/contoso/${slug}`]);
  });

  it('whose name leaves no letters has a branch all the same, and no other one’s', () => {
    const branches = listBranches(['../..', '営業', '研究']);
    expect(branches).toHaveLength(3);
    for (const branch of branches) expect(branch).toMatch(/^dormant\/contoso\/department-[0-9a-f]{8}$/);
  });
});

describe('more files than a page of GitHub shows', () => {
  it('wait, and what gives something back never does', () => {
    const many = Array.from({ length: 5 }, (_, n) => move(`person-${n}`));
    const plan = planOf([...many, move('back', 'restore'), move('gone', null)]);
    const [group] = groupPlan(plan, { ...byStack, maxFiles: 3 });
    expect([...(group?.plan.files.keys() ?? [])].sort()).toEqual(
      [pathOf('back'), pathOf('gone'), pathOf('person-0')].sort(),
    );
    expect(group?.plan.moves.map(({ path }) => path)).toEqual([pathOf('person-0'), pathOf('back'), pathOf('gone')]);
  });
});

it('erasures wait for a page, and only those that it has are listed', () => {
  const [group] = groupPlan(erasing(planOf([move('ana')]), 'bo', 'cy'), { ...byStack, maxFiles: 2 });
  expect([...(group?.plan.files.keys() ?? [])]).toEqual([pathOf('ana'), inArchive('bo')]);
  expect(group?.plan.erasures.erased.map(({ paths }) => paths)).toEqual([[inArchive('bo')]]);
});

it('a mailbox that is about to be lost waits for no page: its licence gives something back', () => {
  const many = Array.from({ length: 3 }, (_, n) => move(`person-${n}`, 'delicense'));
  const rescue: Move = { ...move('saved', 'delicense'), from: 'delicense', reason: 'mailbox-flipped-back' };
  const [group] = groupPlan(planOf([...many, rescue]), { ...byStack, maxFiles: 2 });
  expect(group?.plan.moves.map(({ path }) => path)).toEqual([pathOf('person-0'), pathOf('saved')]);
});

it('a stack’s branches are told from those of a stack whose name begins alike', () => {
  expect(isProposalBranch('contoso', 'dormant/contoso')).toBe(true);
  expect(isProposalBranch('contoso', 'dormant/contoso/sales')).toBe(true);
  expect(isProposalBranch('contoso', 'dormant/contoso-eu')).toBe(false);
});
