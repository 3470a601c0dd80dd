// For tests: notices, and a tenant that they are sent through.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EmulatorOptions, PersonInput } from '@dormant-m365/emulator';
import { onTestFinished } from 'vitest';
import { anEmulator, fastRetryPolicy } from '../../graph/emulator.fixture.ts';
import { createRateLimiter } from '../../graph/rate-limit.ts';
import { idOf } from '../../policy/account.fixture.ts';
import { toUtcDay } from '../../policy/evidence.ts';
import { aPolicy, type PolicyChange } from '../../policy/policy.fixture.ts';
import type { Escalation } from '../../policy/schemas/escalations.ts';
import { createApplyReader } from '../tenant/apply-reader.ts';
import { createRequestBatcher } from '../tenant/request-batcher.ts';
import { createTenantWriter } from '../tenant/tenant-writer.ts';
import type { HrNotice } from './hr-notice.ts';
import { createNoticeJournal } from './journal.ts';
import type { NoticePerson, StageNotice } from './manager-notice.ts';
import { createNoticeSender, type NoticeContext } from './notice-sender.ts';

/** Lee Park is told of Ana Reyes, on 7 December 2026. */
export function aNotice(change: Partial<StageNotice> = {}): StageNotice {
  return {
    stage: 'notify',
    wave: '2026-12-07',
    manager: { displayName: 'Lee Park', mail: 'lee.park@contoso.com' },
    people: [aPerson()],
    ...change,
  };
}

export function aPerson(change: Partial<NoticePerson> = {}): NoticePerson {
  const { userPrincipalName = 'ana.reyes@contoso.com' } = change;
  return {
    id: idOf(userPrincipalName),
    displayName: 'Ana Reyes',
    userPrincipalName,
    department: 'Sales',
    inactiveDays: 143,
    lastActivity: {
      exchange: '2026-07-15',
      oneDrive: null,
      sharePoint: null,
      teams: '2026-07-15',
      yammer: null,
      signIn: '2026-07-02',
    },
    ahead: ['sign-in', 'mailbox', 'licenses'],
    path: `stacks/contoso/accounts/${userPrincipalName}.yaml`,
    ...change,
  };
}

/** HR is told of Cara Vo, on 7 December 2026. */
export function anHrNotice(change: Partial<HrNotice> = {}): HrNotice {
  return { hrContact: 'hr@contoso.com', keepDays: 90, people: [anEscalation()], ...change };
}

export function anEscalation(change: Partial<Escalation> = {}) {
  const { userPrincipalName = 'cara.vo@contoso.com' } = change;
  return {
    id: idOf(userPrincipalName),
    userPrincipalName,
    displayName: 'Cara Vo',
    why: 'job title "Chief Financial Officer"',
    lastActivity: '2026-07-15',
    since: '2026-12-07',
    ...change,
  };
}

export const lee: PersonInput = {
  kind: 'lee',
  displayName: 'Lee Park',
  userPrincipalName: 'lee.park@contoso.com',
  mail: 'lee.park@contoso.com',
};

const sender: PersonInput = {
  kind: 'sender',
  displayName: 'IT lifecycle',
  userPrincipalName: 'it-lifecycle@contoso.com',
  mail: 'it-lifecycle@contoso.com',
};

interface Options extends Omit<EmulatorOptions, 'people'> {
  people?: readonly PersonInput[];
  policy?: PolicyChange;
  context?: Partial<NoticeContext>;
}

/** The journal's folder and the tenant end with the test. */
export async function aTenantThatSends({ people = [lee], policy = {}, context = {}, ...options }: Options = {}) {
  const tenant = await anEmulator({ users: 0, ...options, people: [...people, sender] });
  const folder = await mkdtemp(join(tmpdir(), 'dormant-notices-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const journalPath = join(folder, 'out', 'notices.jsonl');
  const rules = aPolicy(policy);
  const gathering = { quietMs: 5, atMostMs: 20 };
  /** As a new run does: what it knows of earlier ones is on the disk, or handed to it. */
  const aRun = (more: Partial<NoticeContext> & { signal?: AbortSignal } = {}) => {
    const { graph, writing } = tenant.connect('apply', more.signal ? { signal: more.signal } : {});
    const batching = { retryPolicy: fastRetryPolicy, gathering };
    const { now = () => new Date('2026-12-07T09:30:00Z') } = { ...context, ...more };
    const reader = createApplyReader(graph, createRequestBatcher(graph, { source: 'accounts', ...batching }));
    // Whoever is in a notice and not in the tenant reports to Lee Park.
    const readManager: typeof reader.readManager = async (id) =>
      tenant.emulator.tenant.people.find(id)
        ? reader.readManager(id)
        : { displayName: 'Lee Park', mail: String(lee.mail) };
    return createNoticeSender({
      signal: more.signal,
      reader: { ...reader, readManager },
      writer: createTenantWriter(writing, { converts: false, now, ...batching }),
      journal: createNoticeJournal(journalPath),
      tenant: tenant.tenant,
      notifications: rules.notifications,
      policy: rules,
      uncounted: [],
      planned: new Set(),
      repositoryUrl: 'https://github.com/contoso/dormant',
      today: toUtcDay(now()),
      now,
      pace: createRateLimiter({ burst: 1000, perSecond: 1000 }),
      ...context,
      ...more,
    });
  };
  return { ...tenant, journalPath, aRun, outbox: () => tenant.emulator.outbox.list() };
}
