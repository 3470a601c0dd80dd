// Whether audits still come: schedules stop by themselves, and a stopped one looks like a quiet week.

import type { GitHub } from '../../forge/github/github.ts';
import { findLastSuccess } from '../../forge/github/last-run.ts';
import { countDaysBetween, type Day } from '../../policy/evidence.ts';

/** Audits are weekly, and one that failed is run again within two days. */
const oldAfterDays = 9;

/** As sentences for whoever reads what a run says; empty: it is recent, or nobody can tell. Never throws. */
export async function describeOldAudit(github: GitHub | null, today: Day): Promise<string[]> {
  const last = github === null ? null : await findLastSuccess(github, 'audit.yml').catch(() => null);
  if (last === null || (last !== 'never' && 'refused' in last)) return [];
  if (last === 'never') return [`No audit has gone through yet on the default branch. ${remedy}`];
  const days = countDaysBetween(last.day, today);
  return days > oldAfterDays ? [`The last good audit was ${days} days ago, on ${last.day}. ${remedy}`] : [];
}

const remedy =
  'Who came back since is found by nobody until the workflow “Audit” runs: start it, and see that its schedule is on.';
