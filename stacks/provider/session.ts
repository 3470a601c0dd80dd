// One run of the provider: its repository and stack, and the tenant that it writes to. Announced by the program, opened by
// the first account or notice that needs it.
import { createRequestLog } from '../../graph/request-log.ts';
import { loadStack, type RepositoryFiles } from '../../policy/files/stack-files.ts';
import { isEmulated } from '../../policy/schemas/tenant.ts';
import { listSchemaFaults } from '../../policy/schemas/validate.ts';
import { watchMain } from '../applied-main.ts';
import { describeMove } from '../contained-main.ts';
import { OpenArguments } from '../open-arguments.ts';
import { type ApplyLog, createApplyLog } from '../record/apply-log.ts';
import { logWrites } from '../record/log-writes.ts';
import { connectStackTenant, type StackTenant } from '../stack-tenant.ts';
import { watchStops } from '../taking-stop.ts';
import { openWorkingTree } from '../working-tree.ts';
import type { EngineLog } from './engine-log.ts';
import { type ProviderMessage, sendProviderMessage } from './provider-messages.ts';

export interface Session extends StackTenant {
  log: EngineLog;
  part: OpenArguments['part'];
  applyLog: ApplyLog;
  /** Main's newer tip, where it has moved since this run began; null: it has not. Throws `main-unknown`. */
  findNewerMain(): Promise<string | null>;
}

/** Loads and checks the stack's files; sends nothing to the tenant yet. */
export async function openSession(inputs: unknown, log: EngineLog): Promise<Session> {
  if (listSchemaFaults(OpenArguments, inputs).length > 0)
    throw new Error(
      'm365:index:open needs repository, stack, today, mayTake, part, startedAt, loggedRun, appliedCommit, startsAt and requestsOfProvider.',
    );
  const { repository, stack, today, mayTake, requestsOfProvider, part, loggedRun, appliedCommit, startsAt } =
    inputs as OpenArguments;
  const applyLog = createApplyLog({ repository, stack }, loggedRun);
  const files = await loadStack(part === 'changes' ? openSettings(repository) : openWorkingTree(repository), stack);
  const sendMessage = (message: ProviderMessage) => void sendProviderMessage(log, '', message).catch(ignoreError);
  const tenant = connectStackTenant(files, {
    repository,
    env: process.env,
    today,
    identity: 'apply',
    wrapMailWriter: (writer) => logWrites(writer, applyLog, null),
    onWait: (wait) => sendMessage({ wait }),
    onQuotaWait: (quotaWaitMs) => sendMessage({ quotaWaitMs }),
    ...(requestsOfProvider ? { log: createRequestLog((request) => sendMessage({ request })) } : {}),
  });
  const { commit } = loggedRun;
  const everyMs = isEmulated(files.tenant.value.cloud) ? 1_000 : 60_000;
  const findNewerMain =
    commit === null ? async () => null : watchMain({ repository, stack, commit }, { env: process.env, everyMs });
  const findStop = watchStops({ repository, files, today, startsAt, appliedCommit, env: process.env });
  const findWaitEnd = () => describeNewerMain(findNewerMain);
  const context = { ...tenant.context, mayTake, findStop, findWaitEnd };
  return { ...tenant, context, log, part, applyLog, findNewerMain };
}

/** While main cannot be asked, what is waited for is waited for. */
async function describeNewerMain(findNewerMain: Session['findNewerMain']): Promise<string | null> {
  const movedTo = await findNewerMain().catch(() => null);
  return movedTo === null ? null : describeMove(movedTo);
}

/** Only mails need the other accounts' files: reading thousands takes seconds. */
function openSettings(repository: string): RepositoryFiles {
  return { ...openWorkingTree(repository), list: async () => [] };
}

/** Such a message may be lost: the engine is about to end this process. */
function ignoreError(): void {}
