// Plain `pulumi preview -s <stack>` runs this (Pulumi.yaml); `dormant preview` and `dormant apply` run it inline.
import { getRootDirectory, getStack, log, RunError } from '@pulumi/pulumi/index.js';
import { execa } from 'execa';
import { DormantError } from '../policy/errors.ts';
import { toUtcDay } from '../policy/evidence.ts';
import { isCapped } from '../policy/files/removals.ts';

import { loadStack, type StackFiles } from '../policy/files/stack-files.ts';
import { describeIdleGiveBacks } from '../policy/give-back/describe.ts';
import { foldId, type IdKey } from '../policy/identifiers.ts';
import { describeStop, type TakingStop } from '../policy/pause/taking-stop.ts';

import { readAppliedMain } from './applied-main.ts';
import { requireContained } from './contained-main.ts';
import { migrateResource } from './engine/migrate-state.ts';
import { planChanges } from './engine/plan-changes.ts';
import { findStateQuarantine } from './on-premises/state-quarantine.ts';
import { declareStack, mayQuarantine } from './program.ts';
import type { StateResource } from './provider/resource.ts';
import { identifyRun } from './record/apply-log.ts';
import { createRestraint, type Restraint } from './restraint.ts';
import { findAppliedRecord } from './signing-record-state.ts';
import { toForgeUnknownError, watchStops } from './taking-stop.ts';
import { type TrustedStack, trustFiles } from './trusted-files.ts';
import { openWorkingTree } from './working-tree.ts';

export default function program(): Promise<void> {
  return declareFiles().catch(throwRunError);
}

async function declareFiles(): Promise<void> {
  const { env } = process;
  const repository = env.DORMANT_REPOSITORY ?? getRootDirectory();
  const today = toUtcDay(new Date());
  const files = await loadStack(openWorkingTree(repository), getStack());
  const main = await readAppliedMain(repository, files, { env, rewoundTo: env.DORMANT_REWOUND_TO });
  const state = await readState(files.stack);
  requireContained(main, findAppliedRecord(state ?? []));
  const trusted = trustFiles(files, { main, state, today });
  requireVouched(trusted);
  for (const message of describeIdleGiveBacks(trusted.giveBacks, files.giveBacks)) log.warn(message);
  const restraint = createRestraint();
  restraint.mayTake = mayTake(trusted, state);
  if (main.applied !== null && main.signing !== null && trusted.refusal === null)
    restraint.seen = {
      ...{ commit: main.applied, isRewound: main.isRewound, signing: main.signing },
      ...{ today, landed: trusted.landed, mayBeStopped: true },
    };
  restraint.appliedCommit = trusted.record?.commit ?? null;
  const stop = await watchStops({
    repository,
    files: trusted.files,
    today,
    appliedCommit: restraint.appliedCommit,
    env,
  })();
  if (stop !== null) {
    tellStop(stop);
    restraint.notHeld = listNotHeld(trusted.files, state);
  }
  const loggedRun = { run: identifyRun(env), commit: main.applied };
  await declareStack(trusted, { repository, env, today, restraint, loggedRun });
}

/** By the CLI that has started this program. null: it cannot be read, so that nobody knows since when the keys are known. */
async function readState(stack: string): Promise<StateResource[] | null> {
  const { exitCode, stdout } = await execa('pulumi', ['stack', 'export', '--stack', stack], { reject: false });
  return exitCode === 0 ? (JSON.parse(stdout).deployment?.resources ?? []).map(migrateResource) : null;
}

/** A resource that is not declared would be forgotten, and the account with it. With a message the run ends as failed. */
function requireVouched({ refused, refusal, unsignedList }: TrustedStack): void {
  const alone = refused.find(({ isReplaced }) => !isReplaced);
  if (alone !== undefined) {
    throw new DormantError('facts-not-signed', `Nothing vouches for ${alone.path}: ${alone.problems[0]?.message}`, {
      where: alone.path,
      remedy: 'Run `dormant apply`, which leaves that account alone and goes on.',
    });
  }
  const messages = refused.flatMap(({ path, problems }) => problems.map(({ message }) => `${path}: ${message}`));
  const all = [...messages, refusal?.message ?? [], unsignedList ?? []].flat();
  for (const message of all) log.error(message);
  // The SDK's own sign that the reason has been logged: what stands is declared first.
  if (all.length > 0) process.exitCode = 32;
}

/** It is all or nothing: what only a key of this week vouches for cannot be left out. */
function mayTake(trusted: TrustedStack, state: readonly StateResource[] | null): Restraint['mayTake'] {
  if (state === null || trusted.refusal !== null) return false;
  const { accounts } = planChanges(state, trusted);
  return !accounts.some(({ change }) => isCapped(change) && trusted.tooNew.has(foldId(change.account.id)));
}

/** The provider asks again before each account; here it is said once. With an error the run ends as failed. */
function tellStop(stop: TakingStop): void {
  if (stop.kind === 'forge-unknown') {
    log.error(toForgeUnknownError(stop).message);
    process.exitCode = 32;
  } else log.warn(describeStop(stop));
}

/** Nobody joins the quarantine; who is in it by the state stays. */
function listNotHeld(files: StackFiles, state: readonly StateResource[] | null): ReadonlySet<IdKey> {
  if (!mayQuarantine(files)) return new Set();
  if (state === null)
    throw new DormantError(
      'quarantine-unclear',
      'Nothing is taken now, and the state does not say who is in quarantine.',
      {
        remedy: 'Run `dormant apply`, which does the rest meanwhile.',
      },
    );
  const members = new Set(findStateQuarantine(state).members);
  return new Set(files.accounts.map(({ value }) => foldId(value.account.id)).filter((id) => !members.has(id)));
}

/** Of a RunError Pulumi prints the message; of any other error the stack trace, which is for defects. */
function throwRunError(error: unknown): never {
  if (error instanceof DormantError) throw new RunError(`${error.message}\n${error.remedy}`.trim());
  throw error;
}
