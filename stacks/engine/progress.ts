// Follows a run: how many accounts are done, what is waited for, and what the provider sends, event by event.
import type { EngineEvent } from '@pulumi/pulumi/automation/index.js';
import type { RequestLog } from '../../graph/request-log.ts';
import type { WaitProgress } from '../account/apply-context.ts';
import { parseProviderMessage } from '../provider/provider-messages.ts';
import type { PlannedChange } from './plan-changes.ts';

export interface ProgressListener {
  /** Resources that the update has finished, and how many there are. */
  onProgress?(done: number, total: number): void;
  /** Accounts that wait for their mailbox or their licences to show, each time the numbers change. */
  onWaiting?(accounts: Record<WaitProgress['for'], number>): void;
  /** Each wait for the quota of sign-ins, as it begins. */
  onQuotaWait?(milliseconds: number): void;
  /** Also takes the provider's requests, with `requestsOfProvider`. */
  requests?: RequestLog;
}

/** For `onEvent` of one update that changes `changes`. */
export function trackProgress(
  changes: readonly PlannedChange[],
  { onProgress = () => {}, onWaiting = () => {}, onQuotaWait = () => {}, requests }: ProgressListener,
): (event: EngineEvent) => void {
  const urns = new Map(changes.map(({ urn, inputs }) => [inputs.account.id, urn]));
  const waits = new Map<string, WaitProgress['for']>();
  let done = 0;
  const reportWaits = () =>
    onWaiting({
      mailbox: countWaits(waits, 'mailbox'),
      licenses: countWaits(waits, 'licenses'),
      directory: countWaits(waits, 'directory'),
    });
  return (event) => {
    if (isEnd(event)) onProgress(++done, changes.length);
    const message = parseProviderMessage(event);
    if (message === null) return;
    if ('request' in message) requests?.record(message.request);
    if ('quotaWaitMs' in message) onQuotaWait(message.quotaWaitMs);
    if ('wait' in message) {
      const urn = urns.get(message.wait.accountId) ?? message.wait.accountId;
      if (waits.get(urn) === message.wait.for) return;
      waits.set(urn, message.wait.for);
      reportWaits();
    }
    if ('outcome' in message && waits.delete(event.diagnosticEvent?.urn ?? '')) reportWaits();
  };
}

function isEnd({ resOutputsEvent, resOpFailedEvent }: EngineEvent): boolean {
  const metadata = (resOutputsEvent ?? resOpFailedEvent)?.metadata;
  return metadata !== undefined && metadata.op !== 'same';
}

function countWaits(waits: ReadonlyMap<string, WaitProgress['for']>, what: WaitProgress['for']): number {
  return [...waits.values()].filter((each) => each === what).length;
}
