// A freeze over Christmas: people merge as every week, and the calendar holds what is taken until January.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays, type Day } from '../policy/evidence.ts';
import { type Company, policyPath, stack } from './company.ts';
import { printHeading, say } from './print.ts';
import { takeSnapshot } from './proof.ts';
import { apply } from './week.ts';

export interface Freeze {
  from: Day;
  to: Day;
}

/** From the third week on, for seventeen days. */
export async function adoptFreeze({ repository, git, today }: Company): Promise<Freeze> {
  const freeze = { from: addDays(today(), 14), to: addDays(today(), 30) };
  const path = join(repository, policyPath);
  const policy = await readFile(path, 'utf8');
  const { from, to } = freeze;
  const calendar = `calendar:\n  closed:\n    dates:\n      - { from: ${from}, to: ${to}, reason: Christmas freeze }\n`;
  await writeFile(path, `${policy}\n${calendar}`);
  await git('commit', '--quiet', '--all', '--message=Take nothing over Christmas');
  await git('push', '--quiet', 'origin', 'main');
  return freeze;
}

/** What was merged in the freeze waits for its end, and nobody has to remember it. */
export async function sitOutFreeze(company: Company, { to }: Freeze): Promise<void> {
  const { tenant } = company;
  const before = countBlocked(company);
  await apply(company);
  assert.equal(countBlocked(company), before, 'somebody was blocked in the freeze');
  tenant.tenant.clock.set(`${addDays(to, 1)}T08:23:00Z`);
  printHeading(company, 'the freeze is over: every day main, state and tenant are compared');
  say(await company.dormant('repeat', stack));
  await apply(company);
  assert.ok(countBlocked(company) > before, 'nobody was blocked after the freeze');
}

function countBlocked(company: Company): number {
  return [...takeSnapshot(company).values()].filter(({ accountEnabled }) => !accountEnabled).length;
}
