// `dormant events` after real audits and applies on the embedded tenant: what the tenant was sent is what a SIEM is told.
import { join } from 'node:path';
import type { Emulator } from '@dormant-m365/emulator';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { buildFactsLister } from '../audit/report/audit.fixture.ts';
import { writeJson } from '../audit/report/json.ts';
import type { EventKind } from '../cli/events/event-kinds.ts';
import type { SecurityEvent } from '../cli/events/event-schema.ts';
import { parseEvents } from '../cli/events/recorded-stack.fixture.ts';
import { writeRecord } from '../stacks/record/apply-record.ts';
import { summariseChanges } from '../stacks/record/summarise-changes.ts';
import { listEventFaults } from '../tools/ocsf/list-event-faults.fixture.ts';
import { aGroupCompany, delicenseEverybody } from './licence-groups.fixture.ts';
import { aMergedRepository, type MergedRepository, stack } from './merged-repository.fixture.ts';

const program = new URL('../cli/dormant.ts', import.meta.url).pathname;

async function readEvents({ folder }: MergedRepository): Promise<SecurityEvent[]> {
  const args = [program, 'events', stack, '--repo', folder];
  const { stdout, stderr } = await execa(process.execPath, args, { env: { GITHUB_ACTIONS: undefined } });
  expect(stderr).toBe('');
  const events = parseEvents(stdout);
  for (const event of events) expect([event, listEventFaults(event)]).toEqual([event, []]);
  return events;
}

/** By Microsoft's request id, which in a $batch is the batch's; in the order of the ids, because batches answer as they like. */
function listSent({ emulator }: MergedRepository): string[] {
  const changing = emulator.log.listEntries({ identity: 'apply' }).filter(isChanging);
  return changing
    .map(({ batch, requestId, method, path }) => `${batch ?? requestId} ${toOperation(method, path)}`)
    .sort();
}

type LoggedRequest = ReturnType<Emulator['log']['listEntries']>[number];

function isChanging({ method, path, body }: LoggedRequest): boolean {
  if (path.endsWith('/InvokeCommand')) return /"CmdletName":"Set-/.test(body ?? '');
  return method !== 'GET' && !/\/(\$batch|token|checkMemberGroups)$/.test(path);
}

function toOperation(method: string, path: string): string {
  if (path.endsWith('/InvokeCommand')) return 'POST /adminapi/beta/{tenant}/InvokeCommand Set-Mailbox';
  return `${method} ${path.replace(/^\/v1\.0/, '').replaceAll(/\/[0-9a-f-]{36}(?=\/|$)|(?<=\/users)\/[^/]+@[^/]+/g, '/{id}')}`;
}

const listTold = (events: readonly SecurityEvent[]): string[] =>
  events.flatMap(({ api }) => (api === undefined ? [] : `${api.request?.uid} ${api.operation}`)).sort();

const countKinds = (events: readonly SecurityEvent[]) => new Set(events.map(({ metadata }) => metadata.event_code));

test('every request that changed something in the tenant is exactly one event with its request id, from notify until all is given back', async () => {
  const company = await aGroupCompany();
  const { disable, delicense } = await delicenseEverybody(company);
  await company.revert(delicense);
  await company.applyNow();
  await company.revert(disable);
  await company.applyNow();
  const audited = await company.audit(company.getDay());
  await writeJson(audited, join(company.folder, 'out', stack), buildFactsLister(audited));

  const events = await readEvents(company);
  const sent = listSent(company);
  expect(sent.length).toBeGreaterThan(20);
  expect(listTold(events)).toEqual(sent);
  const all: EventKind[] = ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared', 'licenses-removed', 'group-left'];
  const back: EventKind[] = ['group-joined', 'licenses-given', 'mailbox-regular', 'sign-in-allowed'];
  const around: EventKind[] = ['run-begun', 'run-ended', 'audited'];
  expect([...countKinds(events)]).toEqual(expect.arrayContaining([...all, ...back, ...around]));
  expect(events.filter(({ api, status }) => api !== undefined && status !== 'Success')).toEqual([]);
});

test('who is refused is an event with the reason and the run, and so is each mail with its request id', async () => {
  const lee = { kind: 'lee', displayName: 'Lee Park', userPrincipalName: 'lee@contoso.com', inactiveDays: 0 };
  const repository = await aMergedRepository(['ana', 'bo'], [lee, { kind: 'cy', manager: 'lee' }]);
  await repository.merge('notify', ['cy'], (file) => ({
    ...file,
    account: { ...file.account, manager: { displayName: 'Lee Park', mail: 'lee@contoso.com' } },
  }));
  await repository.merge('disable', ['ana', 'bo']);
  repository.emulator.applyEvents('bo', { signIn: { successful: 'now' } });
  const options = await repository.buildOptions();
  const outcome = await repository.apply();
  const changes = summariseChanges(outcome, options.files);
  await writeRecord(join(repository.folder, 'out', stack), options, { outcome, changes });

  const events = await readEvents(repository);
  expect(listTold(events)).toEqual(listSent(repository));
  const [refused, ...others] = events.filter(({ metadata }) => metadata.event_code === 'refused');
  expect(others).toEqual([]);
  expect(refused).toMatchObject({
    user: { uid: repository.emulator.getState('bo').id, name: 'bo@contoso.com' },
    ...{ status: 'Failure', status_code: 'active-again', unmapped: { stage: 'disable' } },
  });
  const runs = new Set(events.map(({ metadata }) => metadata.correlation_uid));
  expect(runs.size).toBe(1);
  const mails = events.filter(({ class_uid: uid }) => uid === 4009);
  expect(mails).toMatchObject([
    { email: { from: 'it-lifecycle@contoso.com', to: ['lee@contoso.com'] }, status: 'Success' },
  ]);
});
