// m365:index:Account as the engine sees it: adopted, changed step by step, released. Between the engine and stacks/tenant/.
import Type from 'typebox';
import { DesiredState, RestoreState, stages } from '../../policy/schemas/account.ts';
import { literals, nullable } from '../../policy/schemas/parts.ts';
import { schemaFaults } from '../../policy/schemas/validate.ts';
import { takesAway } from '../../policy/stage.ts';
import {
  type AccountInputs,
  type AccountOutputs,
  accountChange,
  adopted,
  type PackedInputs,
  type PackedOutputs,
  packedOutputs,
  unpackedInputs,
  unpackedOutputs,
} from '../account.ts';
import { say } from '../engine/said.ts';
import { bringAbout } from '../tenant/bring-about.ts';
import { isSame } from '../tenant/change.ts';
import { isBegun, isSettled, type Outcome, reportOf } from '../tenant/outcome.ts';
import type { Resource } from './resource.ts';
import type { Session } from './session.ts';

const Inputs = Type.Object({
  account: Type.Object({ id: Type.String(), userPrincipalName: Type.String(), displayName: Type.String() }),
  stage: literals(stages),
  desired: DesiredState,
  restore: RestoreState,
  evidence: Type.Object({ auditedOn: Type.String(), signIn: nullable(Type.String()) }),
  oneDrive: Type.Optional(nullable(Type.Number())),
});

export const accountResource: Resource = {
  check(news) {
    return schemaFaults(Inputs, unpackedInputs(news)).map(({ keys, message }) => ({
      property: keys.join('.'),
      reason: message,
    }));
  },
  diff(olds, news) {
    const outputs = unpackedOutputs(olds);
    const inputs = unpackedInputs(news);
    return !outputs.isSettled || !isSame(outputs.asked, inputs.desired) || isReviewedAnew(outputs, inputs);
  },
  async create(urn, news, session) {
    const inputs = unpackedInputs(news);
    const { id } = inputs.account;
    return { id, outs: await settle(urn, null, inputs, session) };
  },
  async update(urn, olds, news, session) {
    return { outs: await settle(urn, unpackedOutputs(olds), unpackedInputs(news), session) };
  },
  async read(olds, { context }) {
    const { account } = unpackedInputs(olds);
    const before = unpackedOutputs(olds);
    const found = await context.look(account.id);
    // Of an account that can be restored the state has to know what it has brought about.
    if (found === null) {
      const isInBin = (await context.reader.deletedOn(account.id)) !== null;
      return isInBin ? { props: olds as PackedInputs } : null;
    }
    // What an apply has brought about stays so, whatever is read: somebody else's doing is for the next apply to look at.
    const isAsReached = found.accountEnabled === before.reached.accountEnabled;
    const now = { ...before, isSettled: before.isSettled && isAsReached };
    return { props: { ...(olds as PackedInputs), ...packedOutputs(now) } };
  },
};

/**
 * Merged with newer evidence, although nothing else is asked for: the audit does not see done what was done, as of a mailbox that has
 * turned back, or what stayed for a hold that has ended. The same where a mailbox is to be saved by what somebody else took.
 */
function isReviewedAnew(before: AccountOutputs, { stage, evidence, lostBy }: AccountInputs): boolean {
  const isRenewed = before.auditedOn !== undefined && evidence.auditedOn > before.auditedOn;
  const isSaved = lostBy !== undefined && lostBy !== before.lostBy;
  return takesAway(stage) && (isRenewed || isSaved);
}

/** Throws with what was reached where something is left for the next run, as the engine wants it of a half-made resource. */
async function settle(
  urn: string,
  before: AccountOutputs | null,
  inputs: AccountInputs,
  { context, log }: Session,
): Promise<PackedOutputs> {
  const change = accountChange(inputs, before);
  const outcome = await bringAbout(change, context);
  await say(log, urn, { outcome: reportOf(outcome) });
  const outs = packedOutputs({
    reached: outcome.reached,
    asked: isBegun(outcome) ? inputs.desired : (before ?? adopted(inputs)).asked,
    isSettled: isSettled(outcome),
    wroteAt: outcome.wroteAt,
    mailboxBefore: change.restore.mailbox,
    ...(isBegun(outcome) ? { auditedOn: inputs.evidence.auditedOn } : {}),
    ...(inputs.lostBy === undefined ? {} : { lostBy: inputs.lostBy }),
  });
  const reasons = reasonsOf(outcome);
  if (reasons.length === 0) return outs;
  const message = `${inputs.account.userPrincipalName}: ${reasons.join('; ')}`;
  throw Object.assign(new Error(message), { id: inputs.account.id, properties: outs, reasons });
}

/** Waiting for an admin or for Active Directory is no failure: the next run looks again. */
function reasonsOf({ refused, failure }: Outcome): string[] {
  return [...refused.map(({ because }) => because), ...(failure ? [failure.message] : [])];
}
