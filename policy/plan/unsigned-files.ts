// What follows for a file on main that may not stand as it is, because no audit has signed its facts or main's line does not
// allow its move: it is put right, from what can be trusted. Pure.
import { isTakeable } from '../files/memberships.ts';
import { buildDesiredState, getStageOrder, isTakingStage } from '../files/stage.ts';
import { foldId } from '../identifiers.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { NotedAccount } from '../signing/noted-state.ts';
import { buildNewAccountFile } from './build-account-file.ts';
import { canEnterByItself } from './candidates.ts';
import { type InForceFile, listDeclinedIds, mapById, type PlanInput, type UnsignedFile } from './input.ts';
import { nameLicensesAs } from './license-names.ts';
import { decideNextStep, type NextStep } from './next-stage.ts';

/** The input with today's reading in the place of facts that nobody vouches for; `restore` is what the state noted. */
export function replaceUnsignedFacts(input: PlanInput): PlanInput {
  if (input.inForce.every(({ unsigned }) => unsigned === undefined)) return input;
  const judgedById = mapById(input.judged);
  const inForce = input.inForce.map((tracked) =>
    replaceFacts(tracked, judgedById.get(foldId(tracked.file.account.id)) ?? null, input),
  );
  return { ...input, inForce };
}

function replaceFacts(tracked: InForceFile, judged: JudgedAccount | null, input: PlanInput): InForceFile {
  const { unsigned, file } = tracked;
  const basis = unsigned?.basis ?? 'standing';
  if (basis === 'standing' || basis === 'unknown' || judged === null) return tracked;
  const { rules, run } = input;
  const since = run.auditedOn;
  if (basis === 'nothing-taken') {
    const fresh = buildNewAccountFile(judged, rules, run);
    const isPersons = getStageOrder(file.stage) < 0;
    return { ...tracked, since, file: setStage(fresh, isPersons ? file.stage : 'notify', file.reason) };
  }
  const { restore } = basis;
  const noted = { ...buildNewAccountFile(nameLicensesAs(restore, judged), rules, run), restore };
  return { ...tracked, since, file: setStage(noted, selectEarlier(file.stage, findReachedStage(basis)), file.reason) };
}

/** null: the file may stand, so the rules of the stages decide. */
export function decideUnsignedStep(
  tracked: InForceFile,
  judged: JudgedAccount | null,
  input: PlanInput,
): NextStep | null {
  if (tracked.unsigned === undefined) return null;
  return keepOnRecord(decideStep(tracked, tracked.unsigned, { judged, input }), tracked.unsigned);
}

/** A file that main has at a stage that takes is not deleted, whoever wrote it: it gives back first, or is archived. */
function keepOnRecord(step: NextStep, { stage }: UnsignedFile): NextStep {
  if (step.kind === 'hold' || step.to !== null || !isTakingStage(stage)) return step;
  return { ...step, to: step.reason === 'account-gone' ? 'archive' : 'restore' };
}

function decideStep(
  tracked: InForceFile,
  unsigned: UnsignedFile,
  { judged, input }: { judged: JudgedAccount | null; input: PlanInput },
): NextStep {
  const { basis, code } = unsigned;
  const why = describeFault(unsigned);
  const step = decideNextStep(tracked, judged, input);
  if (judged === null && basis !== 'standing') return step;
  if (basis === 'unknown') return buildHold(`${why}, and the state that may know what was taken could not be read`);
  if (basis === 'nothing-taken' && tracked.file.stage !== 'keep') return decideAnew(tracked, judged, { why, input });
  if (step.kind === 'move' && step.to !== 'archive') return step;
  // It stands by itself once the day comes.
  if (code === 'stage-too-early' && step.kind === 'hold')
    return buildHold(`${why}; until then what stood before it counts`);
  return buildMove(tracked.file.stage, `${why}: put right`);
}

function describeFault({ code, because }: UnsignedFile): string {
  switch (code) {
    case 'stage-jump':
      return `main’s line does not allow its move (${because})`;
    case 'stage-too-early':
      return `its move came too early (${because})`;
    default:
      return `no audit has signed its file as it stands (${because})`;
  }
}

/** Nothing was taken: somebody who would enter the plan does so now, and the file of anybody else goes. */
function decideAnew(
  { file }: InForceFile,
  judged: JudgedAccount | null,
  { why, input }: { why: string; input: PlanInput },
): NextStep {
  const isDeclined = listDeclinedIds(input).has(foldId(file.account.id));
  const isEntering = file.stage === 'notify' && judged !== null && canEnterByItself(judged, input) && !isDeclined;
  return isEntering
    ? buildMove('notify', `${why}, and nothing was taken: it begins anew`)
    : buildMove(null, `${why}, and nothing was taken: its file goes`);
}

function setStage(file: AccountFile, stage: Stage, reason: string | undefined): AccountFile {
  const desired = buildDesiredState(stage, file.restore, file.savings);
  return { ...file, stage, desired, ...(reason === undefined || getStageOrder(stage) >= 0 ? {} : { reason }) };
}

/** How far the apply has come, as far as it can be seen in what it took. */
function findReachedStage({ restore, reached }: NotedAccount): Stage {
  const takeable = restore.licenses.filter((license) => isTakeable(license, restore));
  if (takeable.some(({ skuPartNumber }) => !reached.licenses.includes(skuPartNumber))) return 'delicense';
  return reached.accountEnabled && reached.mailbox === 'unchanged' ? 'review' : 'disable';
}

/** People’s keep and restore count, whatever stands beside them. */
function selectEarlier(stage: Stage, reached: Stage): Stage {
  return getStageOrder(stage) > getStageOrder(reached) ? reached : stage;
}

function buildMove(to: Stage | null, because: string): NextStep {
  return { kind: 'move', to, reason: 'not-signed', because };
}

function buildHold(because: string): NextStep {
  return { kind: 'hold', because, movesOn: null };
}
