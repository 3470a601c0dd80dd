// Splits a plan into pull requests: one for the stack, or one for each department, for its head to review. Pure.
import { createHash } from 'node:crypto';
import { type Erasure, isGivingMove, type Move, type OverLimitAccount, type Plan } from '../../policy/plan/move.ts';
import type { Policy } from '../../policy/schemas/policy.ts';

export interface ProposalGroup {
  /** The branch that the pull request is opened from. */
  branch: string;
  /** null: the whole stack, or files that belong to no department: exemptions.yaml, escalations.yaml, erased ones. */
  department: string | null;
  /** The part of the plan that this pull request proposes; its counts and lists are the group's own. */
  plan: Plan;
}

export function isProposalBranch(stack: string, branch: string): boolean {
  return branch === toStackBranch(stack) || branch.startsWith(`${toStackBranch(stack)}/`);
}

/** Sorted by branch; empty if the plan proposes nothing. */
export function groupPlan(plan: Plan, { groupBy, maxFiles }: Policy['proposal']): ProposalGroup[] {
  const parts = groupBy === 'stack' ? groupWholeStack(plan) : groupByDepartment(plan);
  return parts
    .filter(({ plan: part }) => part.files.size > 0)
    .map((part) => ({ ...part, plan: restrictFiles(part.plan, maxFiles) }))
    .sort((a, b) => (a.branch < b.branch ? -1 : 1));
}

function toStackBranch(stack: string): string {
  return `dormant/${stack}`;
}

function groupWholeStack(plan: Plan): ProposalGroup[] {
  return [{ branch: toStackBranch(plan.stack), department: null, plan }];
}

function groupByDepartment(plan: Plan): ProposalGroup[] {
  const withoutErasures = { ...plan, erasures: { erased: [], kept: [] } };
  const slugs = Map.groupBy(plan.moves, (move) => toDepartmentSlug(move.file.account.department));
  const groups = [...slugs].map(([slug, moves]) => ({
    branch: `${toStackBranch(plan.stack)}/${slug}`,
    department: nameDepartments(moves),
    plan: selectPart(withoutErasures, moves, (path) => moves.some((move) => isFileOfMove(move, path))),
  }));
  const owned = new Set(groups.flatMap((group) => [...group.plan.files.keys()]));
  const { path: escalations } = plan.escalations;
  const erased = new Set(plan.erasures.erased.flatMap(({ paths }) => paths));
  const rest = selectPart(plan, [], (path) => !owned.has(path) && path !== escalations && !erased.has(path));
  // No head of a department reviews which executives are inactive.
  const forHr = selectPart(plan, [], (path) => path === escalations);
  // Neither does one decide for how long data is kept.
  const erasures = selectPart(plan, [], (path) => erased.has(path));
  const reservedPlans = { exemptions: rest, escalations: forHr, erasures };
  return [
    ...groups,
    ...reserved.map((name) => ({
      branch: `${toStackBranch(plan.stack)}/${name}`,
      department: null,
      plan: reservedPlans[name],
    })),
  ];
}

/** More than one where a branch name cannot tell them apart, such as `R&D` and `R-D`: one pull request names them all. */
function nameDepartments(moves: readonly Move[]): string | null {
  const names = new Set(moves.flatMap(({ file }) => file.account.department?.trim() || []));
  return names.size === 0 ? null : [...names].sort().join(', ');
}

/** Branches of files that belong to no department. */
const reserved = ['exemptions', 'escalations', 'erasures'] as const;

/** The account's file, or one in archive/ or give-back/ that goes with it. */
function isFileOfMove(move: Move, path: string): boolean {
  return path === move.path || path === move.giveBackPath || move.archivePaths.includes(path);
}

/** Lists about the tenant rather than the moves stay whole in every part. */
function selectPart(plan: Plan, moves: readonly Move[], includes: (path: string) => boolean): Plan {
  const files = new Map([...plan.files].filter(([path]) => includes(path)));
  return { ...plan, moves, files, erasures: selectErasures(plan, files) };
}

function selectErasures({ erasures }: Plan, files: ReadonlyMap<string, string | null>): Plan['erasures'] {
  const isWithin = ({ paths }: Erasure) => paths.every((path) => files.has(path));
  return { erased: erasures.erased.filter(isWithin), kept: erasures.kept };
}

/** Moves that give something back come first, so that the limit never delays a restore. */
function restrictFiles(plan: Plan, maxFiles: number): Plan {
  if (plan.files.size <= maxFiles) return plan;
  const moves = plan.moves.toSorted((a, b) => Number(isGivingMove(b)) - Number(isGivingMove(a)));
  const rest = new Set(plan.files.keys());
  const fits: Move[] = [];
  const files = new Map<string, string | null>();
  const waiting: OverLimitAccount[] = [];
  for (const move of moves) {
    const paths = [...rest].filter((path) => isFileOfMove(move, path));
    for (const path of paths) rest.delete(path);
    if (files.size + paths.length > maxFiles) {
      if (move.judged) waiting.push({ judged: move.judged, limit: 'maxFiles' });
      continue;
    }
    fits.push(move);
    for (const path of paths) files.set(path, plan.files.get(path) ?? null);
  }
  for (const { paths } of plan.erasures.erased) {
    for (const path of paths) rest.delete(path);
    if (files.size + paths.length <= maxFiles) for (const path of paths) files.set(path, null);
  }
  for (const path of rest) if (files.size < maxFiles) files.set(path, plan.files.get(path) ?? null);
  const order = new Map(plan.moves.map((move, index) => [move, index]));
  fits.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
  return { ...plan, moves: fits, files, waiting: [...plan.waiting, ...waiting], erasures: selectErasures(plan, files) };
}

/** A part of a branch name; a hash if the name leaves nothing or is reserved. */
function toDepartmentSlug(department: string | null): string {
  if (department === null || department.trim() === '') return 'no-department';
  const slug = department
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60);
  if (slug !== '' && !reserved.some((name) => name === slug)) return slug;
  return `department-${createHash('sha256').update(department).digest('hex').slice(0, 8)}`;
}
