// An example of each kind of event, made by the code that makes the real ones.
import { type AuditedMove, buildAuditEvent, buildProposalEvent } from '../../cli/events/audit-events.ts';
import type { EventSource } from '../../cli/events/build-event.ts';
import type { EventKind } from '../../cli/events/event-kinds.ts';
import type { SecurityEvent } from '../../cli/events/event-schema.ts';
import { type ApplyDocument, buildOutcomeEvents } from '../../cli/events/outcome-events.ts';
import { buildRunEvents } from '../../cli/events/request-events.ts';
import type { LogLine, StepEntry } from '../../stacks/record/apply-log.ts';

export const exampleSource: EventSource = {
  stack: 'contoso',
  tenantId: '0a4b7c1e-6f0d-4c55-9d38-0f2f9c1b7a11',
  applyClientId: '5b1e9f70-2f64-4f0d-8f0e-6a2f6a4f8b22',
  sender: 'it-lifecycle@contoso.com',
  version: '0.1.0',
};

const account = {
  id: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e',
  userPrincipalName: 'ana.reyes@contoso.com',
  displayName: 'Ana Reyes',
};

const run = { stack: 'contoso', run: '4711/1', commit: '9223fcee2d5c0b7e8f1a6d3c4b5a69788796a5b4' };

const receipt = {
  at: '2026-12-07T09:00:01.250Z',
  requestId: '3c9d1c1e-8f4a-4a53-b3f1-3a4f1a0c9d77',
  clientRequestId: '0e2b6a51-5d54-4c55-9d38-7a11c1b70f2f',
  batch: { requestId: '3c9d1c1e-8f4a-4a53-b3f1-3a4f1a0c9d77', item: '1' },
};

/** A request with its answer; `failed`, if `because` is given. */
export function exampleLines(entry: Omit<StepEntry, 'what' | 'account'>, because?: string): LogLine[] {
  const whom = entry.step === 'mail-sent' ? null : account;
  const about = { ...run, ...entry, account: whom };
  const asked: LogLine = { ...about, at: '2026-12-07T09:00:01.000Z', what: 'asked' };
  const at = '2026-12-07T09:00:01.260Z';
  const answer: LogLine =
    because === undefined ? { ...about, at, what: 'done', receipt } : { ...about, at, what: 'failed', because };
  return [asked, answer];
}

/** Of each step: what its line says besides. */
export const exampleSteps: Record<StepEntry['step'], Omit<StepEntry, 'what' | 'account'>> = {
  'sign-in-blocked': { step: 'sign-in-blocked' },
  'sign-in-allowed': { step: 'sign-in-allowed' },
  'sessions-revoked': { step: 'sessions-revoked' },
  'mailbox-shared': { step: 'mailbox-shared' },
  'mailbox-regular': { step: 'mailbox-regular' },
  'licenses-changed': { step: 'licenses-changed', removed: ['SPE_E3'], given: [] },
  'group-left': { step: 'group-left', group: 'Office licences' },
  'group-joined': { step: 'group-joined', group: 'Office licences' },
  'mail-sent': {
    step: 'mail-sent',
    notice: 'a1f3',
    to: 'lee.park@contoso.com',
    subject: 'Accounts of your people that nobody uses',
  },
};

export const exampleDocument: ApplyDocument = {
  ...{ stack: 'contoso', appliedOn: '2026-12-07', at: '2026-12-07T09:00:05.000Z', run: run.run, commit: run.commit },
  limited: null,
  stop: { kind: 'paused', because: 'tenant.yaml says so until 2027-01-06' },
  accounts: [
    {
      ...{ account, stage: 'disable', failure: { code: 'graph', message: 'Microsoft Graph answered 503.' } },
      refused: [{ code: 'active-again', because: 'signed in on 2026-12-05' }],
    },
  ],
  unsent: [],
  quarantine: {
    mode: 'enforced',
    holds: [account.id],
    releases: [account.id],
    failures: [],
    strangers: [],
  },
};

const move: AuditedMove = {
  from: null,
  to: 'notify',
  reason: 'inactive',
  because: 'no activity for 143 days',
  file: {
    account,
    evidence: {
      lastActivity: {
        ...{ exchange: '2026-07-15', oneDrive: null, sharePoint: null, teams: '2026-07-01' },
        signIn: '2026-07-15',
      },
    },
  },
  judged: { evidence: { mail: 'ana.reyes@contoso.com' } },
};

const head: Parameters<typeof buildAuditEvent>[0] = {
  stack: 'contoso',
  auditedOn: '2026-12-07',
  counts: {
    ...{ accounts: 512, enabledMembers: 480, guests: 31 },
    verdicts: { active: 430, inactive: 61, 'insufficient-evidence': 21 },
  },
  quality: { signIns: 'read', roleEligibility: 'read', groupEligibility: 'unavailable', restrictedUnits: 'unlicensed' },
  inputs: {},
};

/** Of the kinds whose class has the same fields, too. */
export function buildExamples(): Record<EventKind, SecurityEvent> {
  const ofStep = (entry: Omit<StepEntry, 'what' | 'account'>) =>
    take(buildRunEvents(exampleLines(entry), exampleSource));
  const ofRun = (line: LogLine) => take(buildRunEvents([line], exampleSource));
  const outcomes = buildOutcomeEvents(exampleDocument, exampleSource);
  const ofKind = (kind: EventKind) => take(outcomes.filter(({ metadata }) => metadata.event_code === kind));
  const ofMove = (change: Partial<AuditedMove>) =>
    buildProposalEvent({ ...move, ...change }, head.auditedOn, exampleSource);
  const licenses = exampleSteps['licenses-changed'];
  return {
    audited: buildAuditEvent(head, 12, exampleSource),
    proposed: ofMove({}),
    'proposed-on': ofMove({ from: 'notify', to: 'review', reason: 'stage-elapsed', because: '7 days in notify' }),
    'proposed-out': ofMove({ from: 'notify', to: null, reason: 'active-again', because: 'signed in on 2026-12-05' }),
    'run-begun': ofRun({ ...run, at: '2026-12-07T09:00:00.000Z', what: 'begun', day: '2026-12-07' }),
    'run-ended': ofRun({ ...run, at: '2026-12-07T09:00:04.000Z', what: 'ended', how: 'done' }),
    'run-held': ofKind('run-held'),
    'sign-in-blocked': ofStep(exampleSteps['sign-in-blocked']),
    'sign-in-allowed': ofStep(exampleSteps['sign-in-allowed']),
    'sessions-revoked': ofStep(exampleSteps['sessions-revoked']),
    'mailbox-shared': ofStep(exampleSteps['mailbox-shared']),
    'mailbox-regular': ofStep(exampleSteps['mailbox-regular']),
    'licenses-removed': ofStep(licenses),
    'licenses-given': ofStep({ ...licenses, removed: [], given: ['SPE_E3'] }),
    'licenses-exchanged': ofStep({ ...licenses, given: ['SPE_F1'] }),
    'group-left': ofStep(exampleSteps['group-left']),
    'group-joined': ofStep(exampleSteps['group-joined']),
    'mail-sent': ofStep(exampleSteps['mail-sent']),
    'quarantine-joined': ofKind('quarantine-joined'),
    'quarantine-left': ofKind('quarantine-left'),
    refused: ofKind('refused'),
    failed: ofKind('failed'),
  };
}

function take([event]: readonly SecurityEvent[]): SecurityEvent {
  if (event === undefined) throw new Error('An example gives no event.');
  return event;
}
