// One run of the provider: the repository and stack that it is for, and the tenant that it writes to. Opened by the program.
import Type, { type Static } from 'typebox';
import { connect } from '../../graph/connect.ts';
import { loadStack, pipelineAccountsOf, type StackFiles } from '../../policy/repository.ts';
import { schemaFaults } from '../../policy/schemas/validate.ts';
import { noticesFor } from '../notice/notices-for.ts';
import type { NoticeSender } from '../notice/send.ts';
import { type ApplyContext, applyContext, emulatorWaits, usualWaits } from '../tenant/apply-context.ts';
import { workingTree } from '../working-tree.ts';
import type { EngineLog } from './engine-log.ts';

const OpenArguments = Type.Object({
  /** Absolute path of the repository's root. */
  repository: Type.String(),
  stack: Type.String(),
  /** The day it is; the guard counts the evidence's age to it. */
  today: Type.String(),
});
type OpenArguments = Static<typeof OpenArguments>;

export interface Session {
  files: StackFiles;
  context: ApplyContext;
  notices: NoticeSender;
  log: EngineLog;
}

/** Loads and checks the stack's files like everybody else; nothing is sent to the tenant yet. */
export async function openSession(inputs: unknown, log: EngineLog): Promise<Session> {
  if (schemaFaults(OpenArguments, inputs).length > 0)
    throw new Error('m365:index:open needs repository, stack and today.');
  const { repository, stack, today } = inputs as OpenArguments;
  const files = await loadStack(workingTree(repository), stack);
  const tenant = files.tenant.value;
  const guard = {
    stack,
    today,
    policy: files.policy.value,
    exemptions: files.exemptions?.value.exemptions ?? [],
    pipelineAccounts: pipelineAccountsOf(files.tenant.value, files.policy.value),
  };
  const waits = tenant.cloud === 'emulator' ? emulatorWaits : usualWaits;
  const connection = connect(tenant, 'apply');
  const context = applyContext(connection, guard, { waits });
  return { files, context, notices: noticesFor(files, repository, connection, context), log };
}
