// Moves on main's own line: which the apply and the audit let stand, whoever merged or pushed them.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { verifySignature } from '../../forge/facts-key.ts';
import { anAccountFile } from '../account-file.fixture.ts';
import { addDays, type Day } from '../evidence.ts';
import { parseAccountFile, serialiseAccountFile } from '../files/account-file.ts';
import { findStageWait, isForward, listAllowedStages } from '../files/stage-steps.ts';
import { aPolicy } from '../policy.fixture.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { Pause } from '../schemas/pause.ts';
import type { Policy } from '../schemas/policy.ts';
import { createSigningContext } from './account-past.ts';
import { type JudgedFile, judgeFiles } from './judge-files.ts';
import { buildLineRules } from './line-rules.ts';
import type { FileVersion } from './main-line.ts';
import { aSignedFile, aSigning, contoso } from './signing.fixture.ts';

const accounts = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';
const archive = accounts.replace('accounts', 'archive');
const firstDay = '2026-11-02';

/** One commit of main. */
interface Commit {
  day: Day;
  /** Ana's file after it, at a path; null: it goes. Absent: the commit is about something else. */
  file?: { path: string; value: AccountFile } | null;
  /** What policy.yaml says from then on. */
  stages?: Policy['stages'];
  /** More of policy.yaml. */
  policy?: Pick<Policy, 'calendar' | 'paused' | 'populations'>;
  /** The stack's tenant.yaml says it from then on; null: no longer. */
  paused?: Pause | null;
  /** policy/holidays.ics from then on. */
  holidays?: string;
}

let audits = 0;

/** As an audit of this day signs it; no two sign the same. */
function signed(stage: Stage, on: Day, population?: string): AccountFile {
  const file = anAccountFile(stage);
  audits += 1;
  const by = population === undefined ? {} : { population };
  return aSignedFile({ ...file, evidence: { ...file.evidence, auditedOn: on, inactiveDays: audits, ...by } });
}

function move(stage: Stage, day: Day, path = accounts, population?: string): Commit {
  return { day, file: { path, value: signed(stage, day, population) } };
}

/** Ana's last file, as it is held against the line on this day. */
function judge(line: readonly Commit[], today: Day): JudgedFile {
  let path = accounts;
  const versions = line.flatMap(({ file }, at): FileVersion[] => {
    if (file === undefined) return [];
    const gone = file?.path === path ? [] : [{ path, text: null, at }];
    path = file?.path ?? path;
    return file === null ? gone : [...gone, { path, text: serialiseAccountFile(file.value), at }];
  });
  const policies = line.flatMap(({ stages, policy }, at) =>
    stages ? [{ path: 'policy/policy.yaml', text: stringify(aPolicy({ stages, ...policy })), at }] : [],
  );
  const tenants = line.flatMap(({ paused }, at) =>
    paused === undefined ? [] : [{ path: 'stacks/contoso/tenant.yaml', text: aTenantText(paused), at }],
  );
  const holidays = line.flatMap((commit, at) =>
    commit.holidays === undefined ? [] : [{ path: 'policy/holidays.ics', text: commit.holidays, at }],
  );
  const commits = line.map(({ day }, at) => ({ commit: `c${at}`, day, isProposals: false }));
  const places = new Map(commits.map(({ commit }, at) => [commit, at]));
  const tenant = { tenantId: contoso.tenantId, signing: aSigning() };
  const lineRules = buildLineRules({ commits, policies, tenants, holidays }, today);
  const context = createSigningContext('contoso', tenant, { verify: verifySignature, places, lineRules });
  const text = versions.findLast((version) => version.text !== null)?.text ?? '';
  const files = [{ path, text, value: parseAccountFile(path, text) }];
  const [judged] = judgeFiles({ files, versions }, context);
  if (judged === undefined) throw new Error('one file in, one out');
  return judged;
}

function aTenantText(paused: Pause | null): string {
  return stringify({
    ...{ tenantId: contoso.tenantId, cloud: 'emulator', timeZone: 'UTC', currency: 'USD' },
    ...{ audit: { clientId: contoso.tenantId }, apply: { clientId: contoso.tenantId } },
    notifications: { sender: 'it-lifecycle@contoso.com', replyTo: 'it-help@contoso.com' },
    ...(paused ? { paused } : {}),
  });
}

const codes = (line: readonly Commit[], today: Day) => judge(line, today).problems.map(({ code }) => code);
const week = aPolicy().stages;
const start: Commit = { day: firstDay, stages: week };
const on = (days: number) => addDays(firstDay, days);

test('a jump stays refused, with what stood before it, until main has a step that may follow that', () => {
  const line = [start, move('notify', on(0)), move('disable', on(8))];
  const jumped = judge(line, on(100));
  expect(jumped.problems).toMatchObject([{ code: 'stage-jump' }]);
  expect(jumped.problems[0]?.message).toContain('found disable after notify, allowed: review, keep');
  expect(jumped.inForce?.stage).toBe('notify');
  expect(codes([...line, move('review', on(9))], on(9))).toEqual([]);
  expect(codes([start, move('disable', on(8))], on(100))).toContain('stage-jump');
});

test('what came too early counts from the day on which the days are over, and so does the stage after it', () => {
  const early = [start, move('notify', on(0)), move('review', on(3))];
  const refused = judge(early, on(6));
  expect(refused.problems).toMatchObject([{ code: 'stage-too-early' }]);
  expect(refused.problems[0]?.message).toContain(
    `7 days after notify reached main on ${on(0)}, so not before ${on(7)}`,
  );
  expect(refused.inForce?.stage).toBe('notify');
  expect(codes(early, on(7))).toEqual([]);
  expect(judge(early, on(7)).past.since).toBe(on(7));
  expect(codes([...early, move('disable', on(13))], on(13))).toEqual(['stage-too-early']);
  expect(codes([...early, move('disable', on(13))], on(14))).toEqual([]);
});

test('a word about a file that came too early does not keep it from standing when its day comes', () => {
  const review = signed('review', on(3));
  const files = [review, { ...review, reason: 'asked twice' }].map((value, index) => ({
    day: on(3 + index),
    file: { path: accounts, value },
  }));
  const line = [start, move('notify', on(0)), ...files];
  expect(codes(line, on(5))).toEqual(['stage-too-early']);
  expect(codes(line, on(7))).toEqual([]);
});

test('the policy counts that main had right before the move', () => {
  const line = [
    start,
    move('notify', on(0)),
    { day: on(2), stages: { ...week, notifyDays: 3 } },
    move('review', on(3)),
  ];
  expect(codes(line, on(3))).toEqual([]);
  const longer = { day: on(4), stages: { ...week, notifyDays: 30 } };
  expect(codes([...line, longer], on(4))).toEqual([]);
  const atOnce = [start, move('notify', on(0)), { ...move('review', on(3)), stages: { ...week, notifyDays: 3 } }];
  expect(codes(atOnce, on(3))).toEqual(['stage-too-early']);
});

test('a commit that says it is of long ago, or of a day to come, makes no stage longer or shorter', () => {
  const early = [start, move('notify', on(10)), { ...move('review', on(11)), day: '2020-01-01' }];
  expect(codes(early, on(12))).toEqual(['stage-too-early']);
  const ahead = [start, { ...move('notify', on(0)), day: '2036-01-01' }, { day: on(1) }, move('review', on(8))];
  expect(codes(ahead, on(8))).toEqual([]);
});

const stages: Stage[] = ['notify', 'review', 'disable', 'delicense'];
const moveOn = fc.record({
  wait: fc.integer({ min: 0, max: 20 }),
  pick: fc.nat(),
  kind: fc.constantFrom('move', 'move', 'move', 'again', 'rename', 'policy', 'other', 'archive'),
  days: fc.integer({ min: 1, max: 14 }),
});

/** A history in which each step is what the check of a pull request allows on the day of its merge. */
function walk(steps: readonly { wait: number; pick: number; kind: string; days: number }[]) {
  const line: Commit[] = [start];
  let [day, since, path, names] = [firstDay, firstDay, accounts, 0];
  let policy = week;
  let stage: Stage | null = null;
  for (const { wait, pick, kind, days } of steps) {
    day = addDays(day, wait);
    if (kind === 'policy') {
      policy = { ...week, notifyDays: days, reviewDays: days, disableDays: days };
      line.push({ day, stages: policy });
    } else if (kind === 'other') line.push({ day });
    else if (kind === 'rename' && stage !== null) {
      names += 1;
      path = accounts.replace('ana', `ana${names}`);
      line.push(move(stage, day, path));
    } else if (kind === 'archive' && stage === 'delicense') {
      line.push(move(stage, day, archive), move(stage, day, path));
    } else if (kind === 'again' && stage !== null) line.push(move(stage, day, path));
    else {
      const from: Stage | null = stage;
      const may: Stage[] = listAllowedStages(from, { hasTaken: false }).filter((to) => {
        const wait = from && findStageWait({ stage: from, since }, to, policy, []);
        return wait === null || wait.until <= day;
      });
      const to: Stage | undefined = may[pick % may.length];
      if (to === undefined) continue;
      line.push(move(to, day, path));
      [stage, since] = [to, day];
    }
  }
  return { line, day, since, path, policy, stage };
}

test('no history is refused whose every step was allowed on its day', () => {
  fc.assert(
    fc.property(fc.array(moveOn, { minLength: 1, maxLength: 12 }), fc.nat(30), (steps, later) => {
      const { line, day, stage, since } = walk(steps);
      fc.pre(stage !== null);
      const judged = judge(line, addDays(day, later));
      expect(judged.problems).toEqual([]);
      expect(judged.past.since).toBe(since);
    }),
    { numRuns: 300 },
  );
});

test('of every such history a step forward that is not allowed is refused', () => {
  fc.assert(
    fc.property(fc.array(moveOn, { minLength: 1, maxLength: 8 }), fc.constantFrom(...stages), (steps, to) => {
      const { line, day, path, stage, since, policy } = walk(steps);
      const wait = stage && findStageWait({ stage, since }, to, policy, []);
      const isJump = !listAllowedStages(stage, { hasTaken: false }).includes(to);
      const isEarly = wait !== null && wait.until > day;
      fc.pre(isForward(stage, to) && (isJump || isEarly));
      const judged = judge([...line, move(to, day, path)], day);
      expect(judged.problems.map(({ code }) => code)).toEqual([isJump ? 'stage-jump' : 'stage-too-early']);
      expect(judged.inForce?.stage ?? null).toBe(stage);
    }),
    { numRuns: 300 },
  );
});

const freeze = { from: on(3), to: on(12), reason: 'Christmas freeze' };

test.each<[string, Commit[]]>([
  ['closed dates', [{ ...start, policy: { calendar: { closed: { dates: [freeze] } } } }]],
  ['a pause of every stack', [{ ...start, policy: { paused: { until: on(12), reason: 'a merger' } } }]],
  [
    'the days of an iCalendar file',
    [
      {
        ...start,
        policy: { calendar: { closed: { holidays: 'holidays.ics' } } },
        holidays: [
          ...['BEGIN:VCALENDAR', 'BEGIN:VEVENT', 'UID:1', `DTSTART;VALUE=DATE:${on(3).replaceAll('-', '')}`],
          ...[`DTEND;VALUE=DATE:${on(13).replaceAll('-', '')}`, 'END:VEVENT', 'END:VCALENDAR', ''],
        ].join('\r\n'),
      },
    ],
  ],
])('%s are no days to object in: what comes after seven days all the same came too early', (name, rules) => {
  const closed = name === 'a pause of every stack' ? 13 : 10;
  const line = [...rules, move('notify', on(0)), move('review', on(9))];
  const refused = judge(line, on(9));
  expect(refused.problems).toMatchObject([{ code: 'stage-too-early' }]);
  expect(refused.problems[0]?.message).toContain(
    `so not before ${on(7 + closed)} (closed dates and pauses do not count)`,
  );
  expect(codes(line, on(7 + closed - 1))).toEqual(['stage-too-early']);
  expect(codes(line, on(7 + closed))).toEqual([]);
});

test('a pause of the stack counts from the day on which main got it to the day on which it was ended', () => {
  const pause: Commit = { day: on(3), paused: { until: on(60), reason: 'a merger' } };
  const ended: Commit = { day: on(5), paused: null };
  const line = [start, move('notify', on(0)), pause, ended, move('review', on(9))];
  expect(codes(line, on(9))).toEqual(['stage-too-early']);
  expect(codes(line, on(10))).toEqual([]);
  expect(codes([start, move('notify', on(0)), pause, move('review', on(50))], on(50))).toEqual(['stage-too-early']);
  expect(
    codes(
      [start, move('notify', on(0)), { ...pause, paused: { until: on(2), reason: 'over' } }, move('review', on(7))],
      on(7),
    ),
  ).toEqual([]);
});

test('nor are they days to be missed in: what was disabled before a freeze is delicensed as many days later', () => {
  const closed = { dates: [{ ...freeze, from: on(16), to: on(40) }] };
  const frozen: Commit = { ...start, policy: { calendar: { closed } } };
  const disabled = [frozen, move('notify', on(0)), move('review', on(7)), move('disable', on(14))];
  expect(codes([...disabled, move('delicense', on(21))], on(21))).toEqual(['stage-too-early']);
  expect(codes([...disabled, move('delicense', on(46))], on(46))).toEqual([]);
});

test('a closed date or a pause that main gets later changes no move of before', () => {
  const before = [start, move('notify', on(0)), move('review', on(7))];
  const later: Commit = {
    day: on(8),
    stages: week,
    policy: { calendar: { closed: { dates: [{ ...freeze, from: on(0) }] } } },
  };
  expect(codes([...before, later], on(9))).toEqual([]);
  expect(codes([...before, { day: on(8), paused: { until: on(30), reason: 'a merger' } }], on(9))).toEqual([]);
});

test('a stage lasts as long as the signed file’s own population says, by the policy that main had then', () => {
  const seasonal = {
    name: 'seasonal',
    match: { departments: ['Sales'] },
    inactiveAfterDays: 60,
    stages: { notifyDays: 3 },
  };
  const rules: Commit = { day: firstDay, stages: week, policy: { populations: [seasonal] } };
  const afterThreeDays = (population?: string) => [
    rules,
    move('notify', firstDay, accounts, population),
    move('review', addDays(firstDay, 3), accounts, population),
  ];
  const today = addDays(firstDay, 4);
  expect(codes(afterThreeDays('seasonal'), today)).toEqual([]);
  expect(codes(afterThreeDays(), today)).toEqual(['stage-too-early']);
  expect(codes(afterThreeDays('apprentices'), today)).toEqual(['stage-too-early']);
});
