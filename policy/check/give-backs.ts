// A file of give-back/ gives back and does nothing else: it is of somebody from whom this pipeline took something, says whose it
// is, is never edited, and goes only once the account's own file gives back. Pure.
import type { Problem } from '../errors.ts';
import { parseGiveBacks } from '../files/give-back-file.ts';
import { getStageOrder } from '../files/stage.ts';
import { describeWait } from '../give-back/describe.ts';
import { getGiveBacksPerDay, type JudgedGiveBack, judgeGiveBacks } from '../give-back/judge-give-backs.ts';
import { restoreAccount } from '../give-back/overlay.ts';
import { foldId, foldText } from '../identifiers.ts';
import type { InForceFile } from '../plan/input.ts';
import { buildFileProblem, buildProblem, type CheckInput } from './input.ts';

/** What the files of give-back/ come to, in the pull request and on the base branch. */
export interface CheckedGiveBacks {
  head: readonly JudgedGiveBack[];
  base: readonly JudgedGiveBack[];
}

export function judgeCheckedGiveBacks(input: CheckInput): CheckedGiveBacks {
  const { giveBacks, head, main, policy, today } = input;
  // As the apply counts: what came too early was never taken.
  const context = { ...input.signing, lineRules: main.lineRules };
  const line = {
    ...{ versions: main.versions, giveBacks: main.giveBackVersions, days: main.lineRules?.days ?? new Map() },
    ...{ policy, today },
  };
  const onMain = parseGiveBacks(main.giveBacks).files;
  const accounts = main.inForce.map(({ path, text, file: value }) => ({ path, text, value }));
  return {
    head: judgeGiveBacks({ ...line, files: giveBacks.files, accounts: head }, context),
    base: judgeGiveBacks({ ...line, files: onMain, accounts }, context),
  };
}

/** The input with what give-back/ says over the account files, on both sides: no other rule need know of it. */
export function overlayCheck(input: CheckInput, { head, base }: CheckedGiveBacks): CheckInput {
  const headFiles = mapRestored(head);
  // What is taken away is told by its own rule, and not as a step of the account’s file.
  const baseFiles = mapRestored(base.filter(({ file }) => input.giveBackTexts.has(file.path)));
  const overlayBase = (tracked: InForceFile): InForceFile => {
    const restored = baseFiles.get(tracked.path);
    return restored === undefined ? tracked : { ...tracked, file: restored.value };
  };
  return {
    ...input,
    head: input.head.map((parsed) => headFiles.get(parsed.path) ?? parsed),
    main: { ...input.main, inForce: input.main.inForce.map(overlayBase) },
  };
}

/** Of those that have a file in accounts/, by its path: who has none loses nothing by any rule. */
function mapRestored(giveBacks: readonly JudgedGiveBack[]) {
  const files = giveBacks.flatMap((judged) =>
    judged.effect.kind === 'in-effect' && judged.effect.account.isInAccounts ? (restoreAccount(judged) ?? []) : [],
  );
  return new Map(files.map((file) => [file.path, file]));
}

export function checkGiveBacks(input: CheckInput, { head, base }: CheckedGiveBacks): Problem[] {
  const { main, giveBacks, policy } = input;
  const changed = head.filter(({ file }) => main.giveBacks.get(file.path) !== file.text);
  return [
    ...giveBacks.problems.filter(({ path }) => !main.giveBacks.has(path) || isEdited(path, input)),
    ...changed.filter(({ file }) => main.giveBacks.has(file.path)).map(({ file }) => buildEdited(file.path)),
    ...changed.flatMap((judged) => [
      ...checkEffect(judged, getGiveBacksPerDay(policy)),
      ...checkNames(judged),
      ...checkDay(judged, input),
    ]),
    ...base.filter((judged) => isTakenAway(judged, input)).map(({ file }) => buildTakenOut(file.path)),
  ];
}

/** One that cannot be read has no text here. */
function isEdited(path: string, { main, giveBackTexts }: CheckInput): boolean {
  return main.giveBacks.get(path) !== giveBackTexts.get(path);
}

function buildEdited(path: string): Problem {
  const message = 'is changed; a file of give-back/ is never edited, so put it back as main has it';
  return buildFileProblem(path, 'give-back-edited', message);
}

function checkEffect({ file, effect }: JudgedGiveBack, perDay: number): Problem[] {
  switch (effect.kind) {
    case 'in-effect':
      return [];
    case 'none':
      return [buildProblem(file, ['account', 'id'], 'nothing-given-back', `account.id: ${effect.because}`)];
    case 'waits': {
      const message = `is more than give-back/ may give back today, allowed are ${perDay} (restore.perDay): ${describeWait(effect)}`;
      return [buildFileProblem(file.path, 'give-back-over-limit', message)];
    }
  }
}

/** Who approves reads names, and the id decides. */
function checkNames({ file, effect }: JudgedGiveBack): Problem[] {
  if (effect.kind === 'none') return [];
  const { account } = effect.account.value;
  return (['userPrincipalName', 'displayName'] as const)
    .filter((key) => foldText(file.value.account[key]) !== foldText(account[key]))
    .map((key) => {
      const message = `account.${key}: found ${file.value.account[key]}, but main's file of this id says ${account[key]}`;
      return buildProblem(file, ['account', key], 'give-back-names', message);
    });
}

function checkDay({ file }: JudgedGiveBack, { today }: CheckInput): Problem[] {
  const { askedOn } = file.value;
  if (askedOn <= today) return [];
  const message = `askedOn: found ${askedOn}, which is after today, ${today}`;
  return [buildProblem(file, ['askedOn'], 'future-evidence', message)];
}

/** A branch that began before main had it takes nothing away. */
function isTakenAway({ file, effect }: JudgedGiveBack, { main, head, giveBackTexts }: CheckInput): boolean {
  if (effect.kind === 'none' || giveBackTexts.has(file.path) || !main.knownPaths.has(file.path)) return false;
  const own = head.find(({ value }) => foldId(value.account.id) === foldId(file.value.account.id));
  return own === undefined || getStageOrder(own.value.stage) >= 0;
}

function buildTakenOut(path: string): Problem {
  const message =
    'is taken away while it gives the account back, which would be taken again: put it back; the next proposal writes "stage: restore" into the account’s own file and takes this one away';
  return buildFileProblem(path, 'give-back-taken-out', message);
}
