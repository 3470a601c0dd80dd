// Holds what a client says of its steps against the tenant: its state, and the log of what it was really asked. The client's own
// word that something went well counts for nothing.
import type { Emulator } from '../emulator.ts';
import type { LogEntry } from '../metering/request-log.ts';
import { splitLines, type Truth } from './client-tenant.ts';

/** The columns of the table. */
export const stepNames = [
  'sign-in',
  'users',
  'filter',
  'batch',
  'report',
  'subscribedSkus',
  'licenseDetails',
  'members',
  'count',
  'write',
] as const;

/** Steps that are shown as another: what a client does in its stead, or besides. */
const shownAs: Readonly<Record<string, string>> = { certificate: 'sign-in', mail: 'write' };

/** The column of a step. */
export function findColumn(step: string): string {
  return shownAs[step] ?? step;
}

/** The columns that a program says nothing of; one that only signs in has no others. */
export function listMissingSteps(said: readonly SaidStep[], isForSignIn: boolean): string[] {
  const columns = new Set(said.map(({ step }) => findColumn(step)));
  return stepNames.filter((name) => !columns.has(name) && !(isForSignIn && name !== 'sign-in'));
}

/** One line of a client's output. */
export interface SaidStep {
  readonly step: string;
  readonly ok?: boolean;
  readonly got?: unknown;
  readonly detail?: string;
  /** In a few words what the client does not have at all. */
  readonly lacks?: string;
}

export interface JudgedStep {
  readonly step: string;
  /** `absent`: the client has no such thing, which is no pass. */
  readonly outcome: 'passed' | 'failed' | 'absent';
  /** What was done or why it failed, as the table has it. */
  readonly did: string;
}

/** Each step with what came of it. */
export async function judgeSteps(said: readonly SaidStep[], emulator: Emulator, truth: Truth): Promise<JudgedStep[]> {
  const log = emulator.log.listEntries();
  return Promise.all(said.map((step) => judgeStep(step, { emulator, truth, log })));
}

interface Evidence {
  readonly emulator: Emulator;
  readonly truth: Truth;
  readonly log: readonly LogEntry[];
}

async function judgeStep({ step, ok, got, detail, lacks }: SaidStep, evidence: Evidence): Promise<JudgedStep> {
  if (lacks !== undefined) return { step, outcome: 'absent', did: lacks };
  if (ok !== true) return { step, outcome: 'failed', did: detail ?? 'it did not say why' };
  const rule = rules[step];
  if (!rule) return { step, outcome: 'failed', did: `there is no step called ${step}` };
  try {
    return { step, outcome: 'passed', did: await rule(got, evidence) };
  } catch (error) {
    return { step, outcome: 'failed', did: error instanceof Error ? error.message : String(error) };
  }
}

/** What a step did, for the table; throws if it did not. */
type Rule = (got: unknown, evidence: Evidence) => string | Promise<string>;

const rules: Readonly<Record<string, Rule>> = {
  'sign-in': async (got, evidence) => {
    await requireToken(got, evidence);
    return 'secret';
  },
  certificate: async (got, evidence) => {
    await requireToken(got, evidence);
    return 'certificate';
  },
  users: (got, { truth, log }) => {
    requireSame(got, truth.userIds);
    const pages = findAnswers(log, { method: 'GET', path: /\/users\/*$/, status: 200 }).filter(
      ({ query }) => !/filter|top=1(&|$)/.test(query),
    );
    if (pages.length < 2) throw new Error('it read no second page');
    return `${truth.userIds.length} in ${pages.length} pages`;
  },
  filter: (got, { truth, log }) => {
    requireSame(got, truth.idsByName);
    requireAnswers(log, { method: 'GET', path: /\/users\/*$/, query: /startswith/i, status: 200 });
    return `${truth.idsByName.length}`;
  },
  batch: (got, { truth, log }) => {
    requireSame(got, [truth.readerId, truth.targetId]);
    const items = findAnswers(log, { method: 'GET', path: /\/users\//, status: 200 }).filter(({ batch }) => batch);
    if (items.length !== 2) throw new Error(`${items.length} of its requests came in a batch`);
    return '2 in one';
  },
  report: (got, { truth, log }) => {
    const [asked] = requireAnswers(log, { method: 'GET', path: /\/reports\//, status: 302 });
    const [, lines = []] = Object.entries(truth.reports).find(([name]) => asked?.path.includes(name)) ?? [];
    requireSame(splitLines(String(got)), lines);
    return `${lines.length} lines`;
  },
  subscribedSkus: (got, { truth }) => requireSame(got, truth.subscribedSkus),
  licenseDetails: (got, { truth }) => requireSame(got, truth.readerSkus),
  members: (got, { truth }) => requireSame(got, truth.memberIds),
  count: (got, { truth }) => {
    if (Number(got) !== truth.groupCount) throw new Error(`it counts ${String(got)} and not ${truth.groupCount}`);
    return `${truth.groupCount}`;
  },
  write: (got, { emulator, truth, log }) => {
    const path = new RegExp(`/users[/(']+${truth.targetId}`);
    const [write] = requireAnswers(log, { method: 'PATCH', path, status: 204 });
    if (emulator.getState(truth.targetId).accountEnabled) throw new Error('the account is not blocked');
    if (got !== false) throw new Error(`it reads accountEnabled as ${JSON.stringify(got)}`);
    const reads = findAnswers(log, { method: 'GET', path, status: 200 });
    if (!reads.some(({ number }) => number > (write?.number ?? 0))) throw new Error('it did not read back');
    return 'blocked, read back';
  },
  mail: (got, { emulator }) => {
    if (emulator.outbox.list().some(({ message }) => message.subject === got || message.Subject === got))
      return 'mail sent; it cannot change users';
    throw new Error('no such mail was sent');
  },
};

/** That a token was issued; where the client shows it, that it is one of this application. */
async function requireToken(got: unknown, { emulator, log }: Evidence): Promise<void> {
  requireAnswers(log, { method: 'POST', path: /\/oauth2\/v2\.0\/token$/, status: 200 });
  if (typeof got !== 'string') return;
  const caller = await emulator.bearers.verify(got);
  if (typeof caller === 'string') throw new Error(caller);
  if (caller.appId !== emulator.identities.stranger?.clientId) throw new Error('the token is of another application');
}

interface Asked {
  readonly method: string;
  readonly path: RegExp;
  readonly query?: RegExp;
  readonly status: number;
}

function findAnswers(log: readonly LogEntry[], { method, path, query, status }: Asked): LogEntry[] {
  return log.filter(
    (entry) =>
      entry.method === method &&
      entry.status === status &&
      path.test(entry.path) &&
      (query?.test(decodeURIComponent(entry.query)) ?? true),
  );
}

function requireAnswers(log: readonly LogEntry[], asked: Asked): LogEntry[] {
  const found = findAnswers(log, asked);
  if (found.length > 0) return found;
  throw new Error(`no ${asked.method} ${asked.path.source} was answered with ${asked.status}`);
}

/** That a list has exactly these, in any order; returns how many they are. */
function requireSame(got: unknown, wanted: readonly string[]): string {
  if (!Array.isArray(got)) throw new Error('it got no list');
  const [have, want] = [got, wanted].map((list) => list.map(String).toSorted());
  if (JSON.stringify(have) !== JSON.stringify(want))
    throw new Error(`it got ${got.length}, which are not the ${wanted.length} of the tenant`);
  return `${wanted.length}`;
}
