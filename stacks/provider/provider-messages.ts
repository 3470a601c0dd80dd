// Messages of the provider to the run that started it: one JSON object each, through the engine's debug events. Both ends
// of the channel, so that they cannot drift apart.
import type { EngineEvent } from '@pulumi/pulumi/automation/index.js';
import type { RequestIds } from '../../graph/request-ids.ts';
import type { SentRequest } from '../../graph/request-log.ts';
import type { AccountChange } from '../account/account-change.ts';
import type { WaitProgress } from '../account/apply-context.ts';
import type { SentNotice } from '../notice/deliver.ts';
import type { ManagerNotice } from '../notice/manager-notice.ts';
import type { ApplyOutcome } from '../tenant/outcome.ts';
import type { EngineLog } from './engine-log.ts';

export type ProviderMessage =
  | { outcome: ApplyOutcome }
  | { mail: SentNotice }
  | { wait: WaitProgress }
  /** For the quota of sign-ins, in milliseconds. */
  | { quotaWaitMs: number }
  | { request: SentRequest };

/** `urn`: the resource it is about; empty: none. */
export function sendProviderMessage(log: EngineLog, urn: string, message: ProviderMessage): Promise<void> {
  return log(urn, 'debug', JSON.stringify(message));
}

/** null: the event is the engine's own. */
export function parseProviderMessage({ diagnosticEvent }: EngineEvent): ProviderMessage | null {
  const message = diagnosticEvent?.message.trim() ?? '';
  // The engine's own messages are prose; one that starts like this is ours.
  return /^\{"(outcome|mail|wait|quotaWaitMs|request)":/.test(message) ? JSON.parse(message) : null;
}

/** One mail to a manager or to HR, planned or sent. */
export interface NoticeReport
  extends Pick<SentNotice, 'to' | 'because' | 'subject' | 'people' | 'mayBeSecond' | keyof RequestIds> {
  /** `escalation`: to HR. */
  stage: ManagerNotice['stage'] | 'escalation';
}

/** What the provider reported of each notice: sent, or why not, as a sentence. */
export function extractMailReports(
  events: readonly EngineEvent[],
  notices: readonly { urn: string; notice: Pick<ManagerNotice, 'stage'> }[],
  hrNotice: { urn: string } | null,
) {
  const mails: NoticeReport[] = [];
  const unsent: string[] = [];
  const all = [
    ...notices.map(({ urn, notice }) => ({ urn, stage: notice.stage })),
    ...(hrNotice === null ? [] : [{ urn: hrNotice.urn, stage: 'escalation' as const }]),
  ];
  for (const { urn, stage } of all) {
    for (const event of filterByUrn(events, urn)) {
      const message = parseProviderMessage(event);
      if (message !== null && 'mail' in message) mails.push({ ...message.mail, stage });
      unsent.push(...listErrorMessages(event));
    }
  }
  return { mails, unsent };
}

/** What the provider reported of the account. One that it never reached counts as failed, never as done. */
export function extractOutcome(
  events: readonly EngineEvent[],
  { urn, change }: { urn: string; change: Pick<AccountChange, 'from'> },
): ApplyOutcome {
  const own = filterByUrn(events, urn);
  for (const event of own) {
    const message = parseProviderMessage(event);
    if (message !== null && 'outcome' in message) return message.outcome;
  }
  const [error = 'The engine ended before it came to this account.'] = own.flatMap(listErrorMessages);
  const failure = { code: 'engine' as const, message: error, remedy: 'Run the apply again.' };
  return { done: [], refused: [], heldBack: [], waits: [], reached: change.from, wroteAt: null, failure };
}

function filterByUrn(events: readonly EngineEvent[], urn: string): EngineEvent[] {
  return events.filter(({ diagnosticEvent }) => diagnosticEvent?.urn === urn);
}

function listErrorMessages({ diagnosticEvent }: EngineEvent): string[] {
  return diagnosticEvent?.severity === 'error' ? [diagnosticEvent.message.trim()] : [];
}
