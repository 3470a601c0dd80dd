// `npm start`: the whole story on the embedded tenant, with the real engine, real git and the clock moved.
import { join } from 'node:path';
import { pc } from '../colors.ts';
import { exitCodeOf, printFailure } from '../failure.ts';
import { type Company, foundCompany, stack } from './company.ts';
import { type Cast, castOf, comeBack, exempt, veto } from './people.ts';
import { prove, snapshotOf } from './proof.ts';
import { apply, auditAndPropose, heading, merge, read, revert, review } from './week.ts';

const folder = join(import.meta.dirname, '..', '..', 'out', 'story');

try {
  await tellStory();
} catch (error) {
  printFailure(error);
  process.exitCode = exitCodeOf(error);
}

async function tellStory(): Promise<void> {
  const company = await foundCompany(folder);
  try {
    introduce(company);
    const before = snapshotOf(company);
    const cast = await firstWeek(company);
    await reviewWeek(company, cast);
    await disableWeek(company);
    await delicenseWeek(company);
    await someoneIsMissed(company, cast);
    await monthLater(company);
    await prove(company, before, cast);
  } finally {
    await company.close();
  }
}

function introduce({ tenant, today, repository }: Company): void {
  const accounts = tenant.tenant.people.size.toLocaleString('en');
  console.log(pc.bold(`\nA company of ${accounts} accounts adopts Dormant on ${today()}.`));
  console.log(`Its repository is ${repository}, its stack ${stack}.`);
}

async function firstWeek(company: Company): Promise<Cast> {
  await auditAndPropose(company);
  await read(company);
  await merge(company);
  await apply(company);
  return castOf(company);
}

/** One person comes back, a manager asks for an exemption, a reviewer says no to a third. */
async function reviewWeek(company: Company, cast: Cast): Promise<void> {
  nextWeek(company);
  heading(company, `${cast.returning.displayName} is back and signs in`);
  comeBack(company, cast.returning);
  await auditAndPropose(company);
  await review(company, `exempt ${cast.exempt.displayName}, on parental leave`, () =>
    exempt(company, cast.exempt),
  );
  await review(company, `keep ${cast.kept.displayName}, a contractor who starts again in March`, () =>
    veto(company, cast.kept),
  );
  heading(company, 'the schedule runs again: what the reviewers did stands');
  await auditAndPropose(company);
  await merge(company);
  await apply(company);
}

async function disableWeek(company: Company): Promise<void> {
  nextWeek(company);
  await auditAndPropose(company);
  await read(company);
  await merge(company);
  await apply(company);
}

async function delicenseWeek(company: Company): Promise<void> {
  nextWeek(company);
  await auditAndPropose(company);
  await merge(company);
  await apply(company);
}

/** Nothing but git: main says again what it said before, and the apply gives it back. */
async function someoneIsMissed(company: Company, { missed }: Cast): Promise<void> {
  company.tenant.tenant.clock.advance({ days: 1 });
  heading(company, `${missed.displayName} is missed: the merges of both weeks are reverted for them`);
  await revert(company, missed.path, ['HEAD', 'HEAD^1']);
  await apply(company);
  comeBack(company, missed);
}

async function monthLater(company: Company): Promise<void> {
  company.tenant.tenant.clock.advance({ days: 30 });
  await auditAndPropose(company);
  await read(company, 'Deletable by hand');
}

function nextWeek({ tenant }: Company): void {
  tenant.tenant.clock.advance({ days: 7 });
}
