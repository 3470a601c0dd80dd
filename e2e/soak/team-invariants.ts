// What a team has been promised, whatever else went wrong: checked after each apply against the tenant's own log and state.
import assert from 'node:assert/strict';
import type { AccountState } from '@dormant-m365/emulator';
import { takeSnapshot } from '../../demo/proof.ts';
import { countDaysBetween } from '../../policy/evidence.ts';
import { readGiveBacks } from './give-back-events.ts';
import { findLargestWave } from './ramp-size.ts';
import type { Story } from './story.fixture.ts';
import { findReasonNotToTake, findSilence, isInScope } from './team-rules.ts';
import { listWrites, type Write } from './tenant-writes.ts';

/** How things were when an apply began. */
export interface ApplyStart {
  since: number;
  mails: number;
  stop: ReturnType<typeof findReasonNotToTake>;
}

export function noteStart({ company: { tenant }, rules }: Story): ApplyStart {
  const stop = findReasonNotToTake(rules, tenant.tenant.clock.now());
  return { since: tenant.log.last, mails: tenant.outbox.list().length, stop };
}

export async function assertTeamKept(story: Story, { since, mails, stop }: ApplyStart): Promise<void> {
  const { company, rules, takenIds } = story;
  const taking = listWrites(company.tenant.log, since).filter(({ takes }) => takes);
  if (stop !== null) assert.deepEqual(taking, [], `something is taken although it is ${stop}`);
  const sent = company.tenant.outbox.list().slice(mails);
  const subjects = sent.map(({ message }) => String(message.subject));
  const announcing = subjects.filter((subject) => /^(Please check|Reminder)/.test(subject));
  if (stop === 'paused') assert.deepEqual(announcing, [], 'what is paused is announced');
  for (const write of taking) {
    assertMayLose(story, write);
    takenIds.add(write.id);
  }
  if (rules.ramp === null) return;
  const wave = new Set(taking.map(({ id }) => id)).size;
  const most = await findLargestWave(company, rules.ramp);
  assert.ok(wave <= most, `something is taken from ${wave} accounts, and the ramp is at ${most}`);
}

function assertMayLose({ company, rules, before, contractorIds }: Story, { id, what }: Write): void {
  const state = takeSnapshot(company).get(id);
  assert.ok(state, `${what} for ${id}, whom the tenant never had`);
  const { userPrincipalName: who, lastSuccessfulSignIn } = state;
  assert.ok(isInScope(rules, state), `${what} for ${who}, who is outside the scope`);
  const employeeType = contractorIds.has(id) ? 'Contractor' : null;
  const idle = lastSuccessfulSignIn === null ? Infinity : countDaysBetween(lastSuccessfulSignIn, company.today());
  // Whoever lost a licence to the pipeline belongs where it put them; whoever lost it otherwise does not.
  const silences = [before.get(id) ?? state, state].map(({ licenses }) =>
    findSilence(rules, { ...state, employeeType, held: licenses.map(({ skuPartNumber }) => skuPartNumber) }),
  );
  assert.ok(idle >= Math.min(...silences), `${what} for ${who}, silent for ${idle} days of ${silences.join(' or ')}`);
}

/** Each file of give-back/ has had its effect, whatever stops what is taken, or the apply has said why not. */
export async function assertGivenBack(story: Story): Promise<void> {
  const { company, before, unsettled, stoppedIds, meddledIds, waitingPaths } = story;
  const states = takeSnapshot(company);
  for (const { account, path } of await readGiveBacks(story)) {
    const { id, userPrincipalName: who } = account;
    assert.ok(!stoppedIds.has(id), `${who} is to be given back, and waits for a stop: ${unsettled.get(id)}`);
    if (meddledIds.has(id) || unsettled.has(id) || waitingPaths.has(path)) continue;
    assert.deepEqual(pickGiven(states.get(id)), pickGiven(before.get(id)), `${who} is not given back by ${path}`);
  }
}

function pickGiven(state: AccountState | undefined) {
  const names = state?.licenses.map(({ skuPartNumber, assignedByGroup }) => `${skuPartNumber} ${assignedByGroup}`);
  return { accountEnabled: state?.accountEnabled, mailbox: state?.mailbox?.type, licenses: names?.sort() };
}
