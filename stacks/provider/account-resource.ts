// m365:index:Account as the engine sees it: adopted, changed step by step, released. Between the engine and stacks/tenant/.
import Type from 'typebox';
import { DesiredState, RestoreState, stages } from '../../policy/schemas/account.ts';
import { literals, nullable } from '../../policy/schemas/parts.ts';
import { listSchemaFaults } from '../../policy/schemas/validate.ts';
import {
  type AccountInputs,
  type AccountOutputs,
  accountChange,
  adopted,
  isToApply,
  type PackedInputs,
  type PackedOutputs,
  packedOutputs,
  unpackedInputs,
  unpackedOutputs,
} from '../account.ts';
import { withoutNote } from '../begun.ts';
import { say } from '../engine/said.ts';
import { bringAbout } from '../tenant/bring-about.ts';
import { isSame } from '../tenant/change.ts';
import { isBegun, isSettled, type Outcome, reportOf } from '../tenant/outcome.ts';
import { beginAccount } from './begin-account.ts';
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
    return listSchemaFaults(Inputs, unpackedInputs(news)).map(({ keys, message }) => ({
      property: keys.join('.'),
      reason: message,
    }));
  },
  diff(olds, news) {
    return isToApply(unpackedOutputs(olds), unpackedInputs(news));
  },
  async begin(_urn, olds, news, begins) {
    const inputs = unpackedInputs(news);
    const known = olds === null ? null : unpackedOutputs(olds);
    return { id: inputs.account.id, outs: packedOutputs(await beginAccount(inputs, known, begins)) };
  },
  async create(urn, news, session) {
    const inputs = unpackedInputs(news);
    const { id } = inputs.account;
    return { id, outs: await settle(urn, null, inputs, session) };
  },
  async update(urn, olds, news, session) {
    const inputs = unpackedInputs(news);
    const before = unpackedOutputs(olds);
    return {
      outs: await settle(urn, session.part === 'changes' ? ownNote(before, inputs) : before, inputs, session),
    };
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

/** Between the two passes of a run the stack is not locked: what another run has made of the account meanwhile stands. */
function ownNote(before: AccountOutputs, { desired }: AccountInputs): AccountOutputs {
  if (before.begun !== undefined && isSame(before.begun.desired, desired)) return withoutNote(before);
  throw new Error('Another run has come to this account meanwhile. Run the apply again.');
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
    ...(isSettled(outcome) || !change.unsureSince ? {} : { unsureSince: change.unsureSince }),
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
