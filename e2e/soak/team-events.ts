// What a team changes on main while a story runs, each by a commit that `dormant check` lets pass: pauses, closed days and hours,
// a ramp, whom it begins with, other days for other people.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stack } from '../../demo/company.ts';
import { addDays } from '../../policy/evidence.ts';
import { requireChecked } from './check-change.ts';
import { runUndisturbed } from './disturb-command.ts';
import type { Story } from './story.fixture.ts';
import { holidaysPath, renderHolidays, writePolicy } from './team-policy.ts';
import type { OtherDays, TeamRules } from './team-rules.ts';

/** One change, merged to main. */
export async function changeTeamRules(story: Story): Promise<void> {
  const { company, chance, counts, tell, rules } = story;
  const [what, { counted, happen }] = chance.pick(Object.entries(events));
  const paths = await happen(story);
  if (paths === null) return;
  if (paths === 'policy') await writePolicy(story);
  tell(`on main: ${what}, ${JSON.stringify(rules)}`);
  counts[counted] += 1;
  await company.git('add', '--all', 'policy', 'stacks');
  await company.git('commit', '--quiet', '--allow-empty', '--message', what);
  await requireChecked(story);
  await company.git('push', '--quiet', 'origin', 'main');
  // The ramp counts the waves of main since then.
  if (rules.ramp?.since === '') rules.ramp.since = await company.git('rev-parse', 'HEAD');
}

/** `policy`: the rules have changed, and are to be written; null: nothing comes of it. */
type TeamEvent = (story: Story) => Promise<'policy' | 'written' | null>;

const events: Record<string, { counted: keyof Story['counts']; happen: TeamEvent }> = {
  'nothing is taken in the stack': { counted: 'pauses', happen: (story) => pause(story, 'stack') },
  'nothing is taken anywhere': { counted: 'pauses', happen: (story) => pause(story, 'all') },
  'a pause ends early': { counted: 'pauses', happen: endOnePause },
  'weekdays are closed': { counted: 'freezes', happen: (story) => closeWeekdays(story) },
  'a freeze is announced': { counted: 'freezes', happen: (story) => closeDates(story) },
  'the holidays are a file': { counted: 'freezes', happen: (story) => closeHolidays(story) },
  'hours are closed': { counted: 'freezes', happen: (story) => closeHours(story) },
  'the calendar goes': { counted: 'freezes', happen: openEverything },
  'small waves first': { counted: 'ramps', happen: beginRamp },
  'it begins with a few': { counted: 'scopes', happen: (story) => narrowScope(story) },
  'it is for everybody': { counted: 'scopes', happen: async ({ rules }) => set(rules, { scope: null }) },
  'other days for other people': { counted: 'populations', happen: (story) => changePopulations(story) },
  'so many are given back in a day': {
    counted: 'give-back limits',
    happen: async ({ rules, chance }) => set(rules, { perDay: chance.pick([1, 2, null]) }),
  },
};

async function set(rules: TeamRules, change: Partial<TeamRules>): Promise<'policy' | null> {
  const before = JSON.stringify(rules);
  Object.assign(rules, change);
  return before === JSON.stringify(rules) ? null : 'policy';
}

async function pause(story: Story, whose: 'stack' | 'all'): Promise<'written'> {
  const { company, chance, rules } = story;
  const until = addDays(company.today(), chance.pick([0, 3, 6, 7, 13, 20, 200]));
  const options = ['--until', until, '--reason', `a stop of ${chance.between(1, 9)} people`];
  await runPause(story, ...(whose === 'stack' ? [stack] : ['--all']), ...options);
  rules.paused[whose] = until;
  return 'written';
}

async function endOnePause(story: Story): Promise<'written' | null> {
  const { rules, chance } = story;
  const there = (['stack', 'all'] as const).filter((whose) => rules.paused[whose] !== null);
  if (there.length === 0) return null;
  await endPause(story, chance.pick(there));
  return 'written';
}

async function endPause(story: Story, whose: 'stack' | 'all'): Promise<void> {
  await runPause(story, ...(whose === 'stack' ? [stack] : ['--all']), '--end');
  story.rules.paused[whose] = null;
}

async function runPause(story: Story, ...args: string[]): Promise<void> {
  const { exitCode, output } = await runUndisturbed(story, ['pause', ...args]);
  if (exitCode !== 0) throw new Error(output);
}

/** Pauses that are longer than a story end on main, and closed days by themselves, or at last by somebody's hand. */
export async function endTeamStops(story: Story): Promise<void> {
  const { rules, company } = story;
  const whose = (['stack', 'all'] as const).filter((each) => rules.paused[each] !== null);
  for (const each of whose) await endPause(story, each);
  if (whose.length === 0) return;
  await company.git('commit', '--quiet', '--all', '--message', 'Pauses end');
  await company.git('push', '--quiet', 'origin', 'main');
}

function closeWeekdays({ rules, chance }: Story) {
  const weekdays = chance.pickSome(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'], 0.3);
  return set(rules, { weekdays });
}

function closeDates({ rules, chance, company }: Story) {
  const from = addDays(company.today(), chance.between(0, 12));
  return set(rules, {
    dates: [...rules.dates, { from, to: addDays(from, chance.between(0, 10)), reason: 'a freeze' }],
  });
}

async function closeHolidays({ rules, chance, company }: Story) {
  if (rules.holidays !== null) return set(rules, { holidays: null });
  const spans = Array.from({ length: chance.between(1, 4) }, () => {
    const from = addDays(company.today(), chance.between(0, 20));
    return { from, to: addDays(from, chance.between(0, 2)) };
  });
  await writeFile(join(company.repository, holidaysPath), renderHolidays(spans, chance));
  return set(rules, { holidays: spans });
}

function closeHours({ rules, chance }: Story) {
  return set(rules, { hours: chance.pick([['16:00-08:00'], ['00:00-06:00'], ['12:00-14:00', '18:00-24:00'], []]) });
}

function openEverything({ rules }: Story) {
  return set(rules, { weekdays: [], dates: [], holidays: null, hours: [] });
}

/** Now and then one that is there goes. */
async function beginRamp({ rules, chance }: Story) {
  if (rules.ramp !== null && chance.maybe(0.5)) return set(rules, { ramp: null });
  if (rules.ramp !== null) return null;
  const ramp = { start: chance.between(1, 5), growth: chance.pick([1.5, 2, 3]), quietDays: chance.pick([7, 14]) };
  return set(rules, { ramp: { ...ramp, since: '' } });
}

function narrowScope({ rules, chance }: Story) {
  const departments = chance.pickSome(['Sales', 'Design', 'IT', 'Finance'], 0.6);
  const share = { share: chance.pick([0.3, 0.6, 0.8, 0.95]) };
  const scopes: TeamRules['scope'][] = [
    ...(departments.length > 0 ? [{ departments }, { departments, ...share }] : []),
    ...[share, { domains: ['contoso.com'] }, { domains: ['contoso.com'], ...share }],
  ];
  return set(rules, { scope: chance.pick(scopes) });
}

function changePopulations({ rules, chance }: Story) {
  const { populations } = rules;
  if (populations.length > 0 && chance.maybe(0.4))
    return set(rules, { populations: populations.filter(() => chance.maybe(0.5)) });
  const [name, match] = chance.pick(Object.entries(matches));
  // Who is active for good by everybody's days may not be so by shorter ones, so only these have some.
  const days = name === 'contractors' ? [30, 45, 60, 150] : [120, 150, 180];
  const added: OtherDays = {
    ...{ name, match, inactiveAfterDays: chance.pick(days) },
    ...chance.pick([{}, { minimumAccountAgeDays: 30 }]),
    ...chance.pick([{}, {}, { stages: { notifyDays: 3 } }, { stages: { reviewDays: 14, disableDays: 8 } }]),
  };
  return set(rules, { populations: [...populations.filter((each) => each.name !== name), added] });
}

const matches: Record<string, OtherDays['match']> = {
  contractors: { employeeTypes: ['Contractor'] },
  sellers: { departments: ['Sales'] },
  everyone: { domains: ['contoso.com'] },
  leavers: { departments: ['Design', 'IT'], licenses: ['SPE_E3'] },
  premium: { licenses: ['SPE_E5', 'VISIOCLIENT'] },
};
