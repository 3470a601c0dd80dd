// `npm start`: the whole story on the embedded tenant, with the real engine, real git and the clock moved.
import { join } from 'node:path';
import { pc } from '../colors.ts';
import { exitCodeOf, printFailure } from '../failure.ts';
import { type Company, foundCompany, humanResources, stack } from './company.ts';
import { proveLosses } from './losses.ts';
import { type Cast, castOf, comeBack, exempt, releaseFiles, turnBack, veto } from './people.ts';
import { heading } from './print.ts';
import { prove, snapshotOf } from './proof.ts';
import { apply, auditAndPropose, merge, read, readSection, revert, review } from './week.ts';

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
    await delicenseWeek(company, cast);
    await someoneIsMissed(company, cast);
    await monthLater(company, cast);
    const files = await prove(company, before, cast);
    proveLosses(company, files, cast);
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
  await auditAndPropose(company, { isFirst: true });
  await read(company, { isFirst: true });
  await merge(company);
  await apply(company);
  showMailToHumanResources(company);
  return castOf(company);
}

/** Executives are nobody's to disable: HR decides. */
function showMailToHumanResources(company: Company): void {
  const messages = company.tenant.outbox.list().map(({ message }) => message);
  const theirs = messages.find(({ toRecipients }) =>
    JSON.stringify(toRecipients).includes(`"${humanResources}"`),
  );
  if (theirs === undefined) throw new Error('Human Resources have no mail.');
  heading(company, `${humanResources} has mail: “${String(theirs.subject)}”`);
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

/** What goes with a licence is known before: small files go with size and days, large ones wait for somebody's word. */
async function delicenseWeek(company: Company, cast: Cast): Promise<void> {
  nextWeek(company);
  await auditAndPropose(company);
  await readSection(company, 'Enters Delicense', [cast.named, cast.heldBack]);
  await review(company, `release the OneDrive files of ${cast.released.displayName}`, () =>
    releaseFiles(company, cast.released),
  );
  await merge(company);
  await apply(company, [cast.named, cast.released, cast.heldBack]);
}

/** Nothing but git: main says again what it said before, and the apply gives it back. */
async function someoneIsMissed(company: Company, { missed }: Cast): Promise<void> {
  company.tenant.tenant.clock.advance({ days: 1 });
  heading(company, `${missed.displayName} is missed: the merges of both weeks are reverted for them`);
  await revert(company, missed.path, ['HEAD', 'HEAD^1']);
  await apply(company);
  comeBack(company, missed);
}

/** A shared mailbox is a user mailbox again, and has no licence any more. */
async function monthLater(company: Company, { turning }: Cast): Promise<void> {
  company.tenant.tenant.clock.advance({ days: 23 });
  heading(company, `Exchange on premises makes the mailbox of ${turning.displayName} a user mailbox again`);
  turnBack(company, turning);
  nextWeek(company);
  await auditAndPropose(company);
  await readSection(company, 'Mailboxes to save', [turning]);
  await readSection(company, 'Deletable by hand');
  await merge(company);
  await apply(company, [turning]);
}

function nextWeek({ tenant }: Company): void {
  tenant.tenant.clock.advance({ days: 7 });
}
