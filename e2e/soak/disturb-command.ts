// Disturbs a running command: requests that fail in every way that the embedded tenant can, and a kill.
import { setTimeout as pause } from 'node:timers/promises';
import type { FaultKind, FaultRule } from '@dormant-m365/emulator';
import { killProcessTree } from '../kill-process-tree.ts';
import type { Chance } from './random-choice.ts';
import type { Story } from './story.fixture.ts';

export interface CommandResult {
  /** null: it was killed. */
  exitCode: number | null;
  output: string;
  isKilled: boolean;
}

type SoakCommand = 'audit' | 'apply';

/** Runs a command with random faults and perhaps a kill; the faults are removed afterwards. */
export async function runDisturbed(
  story: Story,
  command: SoakCommand,
  args: readonly string[],
): Promise<CommandResult> {
  const { company, chance, tell, counts } = story;
  const { faults } = company.tenant;
  const rules = Array.from({ length: chance.between(0, 3) }, () => pickFault(command, chance));
  for (const rule of rules) faults.add(rule);
  const kill = chance.maybe(0.5) ? pickKill(command, chance) : null;
  tell(`${args.join(' ')}, ${JSON.stringify(rules)}, killed: ${JSON.stringify(kill)}`);
  const { pid, ended: end } = company.start(...args);
  const running = { pid, isOver: false };
  const ended = end.finally(() => {
    running.isOver = true;
  });
  const isKilled = kill !== null && (await killWhenDue(story, kill, running));
  const { exitCode, output } = await ended;
  counts.faults += faults.list().reduce((sum, { struck }) => sum + struck, 0);
  faults.clear();
  if (isKilled) counts.kills += 1;
  tell(isKilled ? 'killed' : `ended with ${exitCode}`);
  return { exitCode, output, isKilled };
}

/** Runs a command without faults. */
export async function runUndisturbed(story: Story, args: readonly string[]): Promise<CommandResult> {
  const { exitCode, output } = await story.company.start(...args).ended;
  story.tell(`${args.join(' ')} ended with ${exitCode}`);
  if (exitCode !== 0 && args[0] !== 'apply') story.tell(output);
  return { exitCode, output, isKilled: false };
}

/** Kills the command and all of its processes after that time, unless it has ended before. */
export async function killAfter(story: Story, afterMs: number, args: readonly string[]): Promise<void> {
  const running = story.company.start(...args);
  const through = await Promise.race([running.ended, pause(afterMs, null)]);
  if (through === null) {
    await killProcessTree(running.pid);
    story.counts.kills += 1;
  }
  await running.ended;
  story.tell(`${args.join(' ')} ${through === null ? `killed after ${afterMs} ms` : 'was through before its kill'}`);
}

/** At the nth request of a kind, carried out or not, or after a time: between requests, or while files are written. */
type Kill = { rule: FaultRule } | { afterMs: number };

function pickKill(command: SoakCommand, chance: Chance): Kill {
  if (chance.maybe(0.3)) return { afterMs: chance.between(300, command === 'audit' ? 3000 : 8000) };
  const path = command === 'apply' && chance.maybe(0.8) ? applyWrites : anyRequest;
  return {
    rule: {
      kind: 'slow',
      delayMs: 15_000,
      path,
      identity: command,
      nth: chance.between(1, command === 'audit' ? 20 : 8),
      count: 1,
    },
  };
}

/** Returns whether it was killed: a command may end before. */
async function killWhenDue(
  { company }: Story,
  kill: Kill,
  running: { pid: number; isOver: boolean },
): Promise<boolean> {
  const { faults } = company.tenant;
  const id = 'rule' in kill ? faults.add(kill.rule) : null;
  const until = 'afterMs' in kill ? Date.now() + kill.afterMs : Number.POSITIVE_INFINITY;
  const isDue = () => Date.now() >= until || faults.list().some((fault) => fault.id === id && fault.struck > 0);
  while (!isDue() && !running.isOver) await pause(10);
  if (running.isOver) return false;
  await killProcessTree(running.pid);
  return true;
}

const anyRequest = '^/v1\\.0/|/InvokeCommand$|/reports/download/|/oauth2/';
const applyWrites =
  '/users/[^/]+(/revokeSignInSessions|/assignLicense|/sendMail)?$|/groups/[^/]+/members(/[^/]+)?/\\$ref$|/InvokeCommand$';
const paths: Record<SoakCommand, readonly string[]> = {
  audit: [
    anyRequest,
    '/v1.0/users$',
    'getOffice365ActiveUserDetail',
    'getMailboxUsageDetail',
    '/reports/download/',
    '/subscribedSkus',
    '/role(Definitions|Assignments|EligibilitySchedules)$',
    '/transitiveMembers',
    '/admin/reportSettings',
    '\\$batch',
  ],
  apply: [
    anyRequest,
    applyWrites,
    '/assignLicense$',
    '/members(/[^/]+)?/\\$ref$',
    '/groups',
    '/sendMail$',
    '/InvokeCommand$',
    '/subscribedSkus',
    '\\$batch',
    '/users$',
  ],
};

const faultKinds: readonly FaultKind[] = [
  'status',
  'reset',
  'slow',
  'truncate',
  'cut',
  'expiredPage',
  'expiredDownload',
  'unauthorized',
];

/** Most faults are transient; a few stay until an undisturbed run. */
function pickFault(command: SoakCommand, chance: Chance): FaultRule {
  const kind = chance.pick(faultKinds);
  const status = chance.pick([400, 403, 404, 409, 429, 429, 500, 502, 503, 503, 504]);
  const lasts = kind === 'status' && status < 409;
  return {
    kind,
    path: chance.pick(paths[command]),
    identity: command,
    nth: chance.between(1, 4),
    count: lasts ? 100 : chance.between(1, 3),
    ...(kind === 'status' ? { status } : {}),
    ...(kind === 'slow' ? { delayMs: chance.between(50, 800) } : {}),
    ...(kind === 'cut' || kind === 'truncate' ? { afterBytes: chance.between(0, 3000) } : {}),
    ...(kind === 'status' && status === 429 ? { retryAfter: '0.128' } : {}),
    ...(chance.maybe(0.25) && !isRefusal(kind, status) ? { afterwards: true } : {}),
  };
}

/** What Microsoft refuses it has not carried out; only an answer that is lost, or a 5xx, can follow the act. */
function isRefusal(kind: FaultKind, status: number): boolean {
  return ['expiredPage', 'expiredDownload', 'unauthorized'].includes(kind) || (kind === 'status' && status < 500);
}
