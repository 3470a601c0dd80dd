// m365:index:Account as the engine sees it: adopted, changed step by step, released. Between the engine and stacks/tenant/.
import Type from 'typebox';
import { DormantError } from '../../policy/errors.ts';
import { DesiredState, RestoreState, stages } from '../../policy/schemas/account.ts';
import { literals, nullable } from '../../policy/schemas/parts.ts';
import { listSchemaFaults } from '../../policy/schemas/validate.ts';
import { isSameState } from '../account/account-change.ts';
import {
  type AccountInputs,
  type AccountOutputs,
  buildAccountChange,
  buildInitialOutputs,
  needsApply,
  type PackedInputs,
  type PackedOutputs,
  packOutputs,
  unpackInputs,
  unpackOutputs,
} from '../account/account-state.ts';
import { applyAccount } from '../account/apply-account.ts';
import { buildAskedState, removeApplyNote } from '../account/apply-note.ts';
import { noteRestore } from '../account/taken-state.ts';
import { findTakingDay } from '../account/taking-days.ts';
import { stopTaking } from '../account/taking-waits.ts';
import { describeMove } from '../contained-main.ts';
import { logWrites } from '../record/log-writes.ts';
import { type ApplyOutcome, createOutcome, hasBegun, isFinished } from '../tenant/outcome.ts';
import { beginAccount } from './begin-account.ts';
import { sendProviderMessage } from './provider-messages.ts';
import type { Resource } from './resource.ts';
import type { Session } from './session.ts';

const Inputs = Type.Object({
  account: Type.Object({ id: Type.String(), userPrincipalName: Type.String(), displayName: Type.String() }),
  stage: literals(stages),
  desired: DesiredState,
  restore: RestoreState,
  taken: Type.Optional(DesiredState),
  evidence: Type.Object({
    auditedOn: Type.String(),
    signIn: nullable(Type.String()),
    silentSince: Type.Optional(Type.String()),
    population: Type.Optional(Type.String()),
  }),
  losesWithBlock: Type.Optional(Type.Boolean()),
  oneDrive: Type.Optional(nullable(Type.Number())),
});

export const accountResource: Resource = {
  check(news) {
    return listSchemaFaults(Inputs, unpackInputs(news)).map(({ keys, message }) => ({
      property: keys.join('.'),
      reason: message,
    }));
  },
  diff(olds, news) {
    return needsApply(unpackOutputs(olds), unpackInputs(news));
  },
  async begin(olds, news, begins) {
    const inputs = unpackInputs(news);
    const known = olds === null ? null : unpackOutputs(olds);
    return { id: inputs.account.id, outs: packOutputs(await beginAccount(inputs, known, begins)) };
  },
  async create(urn, news, session) {
    const inputs = unpackInputs(news);
    const { id } = inputs.account;
    return { id, outs: await applyAndReport(urn, { inputs, before: null }, await session()) };
  },
  async update(urn, olds, news, open) {
    const session = await open();
    const inputs = unpackInputs(news);
    const known = unpackOutputs(olds);
    const before = session.part === 'changes' ? requireOwnNote(known, inputs) : known;
    return { outs: await applyAndReport(urn, { inputs, before }, session) };
  },
  async read(olds, { context }) {
    const { account } = unpackInputs(olds);
    const before = unpackOutputs(olds);
    const found = await context.look(account.id);
    // While the account can be restored, the state must keep what was applied.
    if (found === null) {
      const isInBin = (await context.reader.readDeletionDay(account.id)) !== null;
      return isInBin ? { props: olds as PackedInputs } : null;
    }
    // What was applied stays recorded, whatever is read: the next apply handles other people's changes.
    const isAsReached = found.accountEnabled === before.reached.accountEnabled;
    const now = { ...before, isSettled: before.isSettled && isAsReached };
    return { props: { ...(olds as PackedInputs), ...packOutputs(now) } };
  },
};

/** Between the two passes of a run the stack is not locked: what another run changed meanwhile is kept. */
function requireOwnNote(before: AccountOutputs, { desired }: AccountInputs): AccountOutputs {
  if (before.begun !== undefined && isSameState(before.begun.desired, desired)) return removeApplyNote(before);
  throw new Error('Another run changed this account meanwhile. Run the apply again.');
}

/** Throws with what was reached if the next run has work left: the engine expects that of a half-made resource. */
async function applyAndReport(
  urn: string,
  { inputs, before }: { inputs: AccountInputs; before: AccountOutputs | null },
  session: Session,
): Promise<PackedOutputs> {
  const { context, log, applyLog } = session;
  const change = buildAccountChange(inputs, before);
  const { movedTo, mayTake } = await askMain(session);
  if (movedTo !== null) {
    const because = describeMove(movedTo);
    const outcome = { ...createOutcome(change), waits: [{ for: 'newer-main' as const, because }] };
    await sendProviderMessage(log, urn, { outcome });
    // As it was before this run: it has not been begun.
    if (before !== null) return packOutputs(before);
    throw new Error(because);
  }
  const writer = stopTaking(logWrites(context.writer, applyLog, inputs.account), context.findStop);
  const outcome = await applyAccount(change, { ...context, writer, mayTake });
  await sendProviderMessage(log, urn, { outcome });
  const tookOn = findTakingDay(before, change, { outcome, today: context.guard.today });
  const outputs: AccountOutputs = {
    reached: outcome.reached,
    asked: hasBegun(outcome)
      ? buildAskedState(inputs.desired, change, isFinished(outcome))
      : (before ?? buildInitialOutputs(inputs)).asked,
    isSettled: isFinished(outcome),
    wroteAt: outcome.wroteAt,
    ...(hasBegun(outcome) ? { auditedOn: inputs.evidence.auditedOn } : {}),
    ...(inputs.lostBy === undefined ? {} : { lostBy: inputs.lostBy }),
    ...(tookOn === undefined ? {} : { tookOn }),
    ...(isFinished(outcome) || !change.unsureSince ? {} : { unsureSince: change.unsureSince }),
  };
  const outs = packOutputs(noteRestore(outputs, change.restore));
  const reasons = listReasons(outcome);
  if (reasons.length === 0) return outs;
  const message = `${inputs.account.userPrincipalName}: ${reasons.join('; ')}`;
  throw Object.assign(new Error(message), { id: inputs.account.id, properties: outs, reasons });
}

/** Where main cannot be asked, nothing more is taken, and giving back goes on. */
async function askMain({ findNewerMain, context: { mayTake } }: Session) {
  try {
    return { movedTo: await findNewerMain(), mayTake };
  } catch (error) {
    if (error instanceof DormantError) return { movedTo: null, mayTake: false };
    throw error;
  }
}

/** Waiting for an admin or for Active Directory is no failure: the next run checks again. */
function listReasons({ refused, failure }: ApplyOutcome): string[] {
  return [...refused.map(({ because }) => because), ...(failure ? [failure.message] : [])];
}
