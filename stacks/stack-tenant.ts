// A stack's tenant as one identity reaches it, with the guard of the stack's own files: for the provider, which writes, and
// for preview and limits, which only read.
import { type ConnectOptions, connect } from '../graph/connect.ts';
import type { Identity } from '../graph/credential.ts';
import { listPipelineAccounts, type StackFiles } from '../policy/files/stack-files.ts';
import { isEmulated } from '../policy/schemas/tenant.ts';
import {
  type ApplyContext,
  type ApplyOptions,
  createApplyContext,
  defaultWaits,
  emulatorWaits,
} from './account/apply-context.ts';
import type { NoticeSender } from './notice/notice-sender.ts';
import { createStackNoticeSender } from './notice/stack-notice-sender.ts';
import { createQuarantineFinder, type QuarantineFinder } from './on-premises/find-quarantine.ts';

export interface StackTenant {
  context: ApplyContext;
  notices: NoticeSender;
  quarantine: QuarantineFinder;
}

interface StackTenantOptions extends Pick<ConnectOptions, 'env' | 'log' | 'onQuotaWait'>, Pick<ApplyOptions, 'onWait'> {
  /** The repository's root. */
  repository: string;
  today: string;
  identity: Identity;
  /** What sends the notices, instead of the tenant's own writer. */
  wrapMailWriter?: (writer: ApplyContext['writer']) => ApplyContext['writer'];
}

/** Sends nothing before the first account or notice needs it. */
export function connectStackTenant(
  files: StackFiles,
  {
    repository,
    env,
    today,
    identity,
    log,
    wrapMailWriter = (writer) => writer,
    onWait,
    onQuotaWait,
  }: StackTenantOptions,
): StackTenant {
  const { stack, tenant, policy, exemptions } = files;
  const connection = connect(tenant.value, identity, {
    env,
    ...(log ? { log } : {}),
    ...(onQuotaWait ? { onQuotaWait } : {}),
  });
  const guard = {
    stack,
    today,
    policy: policy.value,
    exemptions: exemptions?.value.exemptions ?? [],
    pipelineAccounts: listPipelineAccounts(tenant.value, policy.value),
  };
  const waits = isEmulated(tenant.value.cloud) ? emulatorWaits : defaultWaits;
  const context = createApplyContext(connection, guard, { waits, ...(onWait ? { onWait } : {}) });
  return {
    context,
    notices: createStackNoticeSender(
      files,
      { repository, env },
      { ...context, writer: wrapMailWriter(context.writer) },
    ),
    quarantine: createQuarantineFinder(connection.graph),
  };
}
