// `npm start [-- <folder>]`: the whole story on the embedded tenant, with the real engine, real git, and a clock that is moved.
// The folder is made anew.
import { join } from 'node:path';
import { pc } from '../cli/colors.ts';
import { getExitCode, printFailure } from '../cli/failure.ts';
import { type Company, createCompany, humanResources, stack } from './company.ts';
import { adoptFreeze, type Freeze, sitOutFreeze } from './freeze.ts';
import { giveBackOnMonday } from './give-back.ts';
import { type Installation, startInstallation } from './installation.ts';
import { identities, licenseGroup, nameLicenseGroup } from './license-group.ts';
import { proveLosses } from './losses.ts';
import { printNextSteps } from './next-steps.ts';
import { type Cast, chooseCast, exempt, releaseFiles, returnToWork, turnBack, veto } from './people.ts';
import { printHeading } from './print.ts';
import { prove, takeSnapshot } from './proof.ts';
import { apply, commitReview, merge, read, readSection, revert, runScheduledAudit } from './week.ts';

const [folder = join(import.meta.dirname, '..', 'out', 'story')] = process.argv.slice(2);

try {
  await tellStory();
} catch (error) {
  printFailure(error);
  process.exitCode = getExitCode(error);
}

async function tellStory(): Promise<void> {
  const installation = startInstallation(() =>
    console.log(pc.dim('  (The Pulumi CLI is installed meanwhile: the first apply needs it, the audit does not.)')),
  );
  const company = await createCompany(folder, { identities });
  try {
    await nameLicenseGroup(company);
    const freeze = await adoptFreeze(company);
    introduce(company);
    const before = takeSnapshot(company);
    const cast = await runFirstWeek(company, installation);
    await runReviewWeek(company, cast);
    const disabled = await runDisableWeek(company, freeze);
    await runMonday(company, cast);
    const delicensed = await runDelicenseWeek(company, cast);
    await restoreMissed(company, cast, [delicensed, disabled]);
    await runMonthLater(company, cast);
    const files = await prove(company, before, cast);
    proveLosses(company, files, cast);
    printNextSteps(company);
  } finally {
    await company.close();
  }
}

function introduce({ tenant, today, repository }: Company): void {
  const accounts = tenant.tenant.people.size.toLocaleString('en');
  console.log(pc.bold(`\nA company of ${accounts} accounts adopts Dormant on ${today()}.`));
  console.log(`Its repository is ${repository}, its stack ${stack}.`);
  console.log(
    'Its audits sign what they have seen, by a key that only they have: a file that anybody else wrote is refused.',
  );
  console.log(
    `Its policy names the group “${licenseGroup}”, which gives licences: the apply may change its members, and no other group’s.`,
  );
}

async function runFirstWeek(company: Company, installation: Installation): Promise<Cast> {
  await runScheduledAudit(company, { isFirst: true });
  await read(company, { isFirst: true });
  await merge(company);
  if (installation.isUnderWay()) printHeading(company, 'the apply waits for the Pulumi CLI, once on this machine');
  await installation.finish();
  await apply(company);
  showMailToHumanResources(company);
  return chooseCast(company);
}

/** The pipeline never disables executives: HR decides. */
function showMailToHumanResources(company: Company): void {
  const messages = company.tenant.outbox.list().map(({ message }) => message);
  const theirs = messages.find(({ toRecipients }) => JSON.stringify(toRecipients).includes(`"${humanResources}"`));
  if (theirs === undefined) throw new Error('Human Resources have no mail.');
  printHeading(company, `${humanResources} has mail: “${String(theirs.subject)}”`);
}

/** One person returns, a manager asks for an exemption, a reviewer keeps a third. */
async function runReviewWeek(company: Company, cast: Cast): Promise<void> {
  advanceWeek(company);
  printHeading(company, `${cast.returning.displayName} is back and signs in`);
  returnToWork(company, cast.returning);
  await runScheduledAudit(company);
  await commitReview(company, `exempt ${cast.exempt.displayName}, on parental leave`, () =>
    exempt(company, cast.exempt),
  );
  await commitReview(company, `keep ${cast.kept.displayName}, a contractor who starts again in March`, () =>
    veto(company, cast.kept),
  );
  printHeading(company, 'the schedule runs again and keeps what the reviewers did');
  await runScheduledAudit(company);
  await merge(company);
  await apply(company);
}

/** It falls into the freeze over Christmas. Returns the merge. */
async function runDisableWeek(company: Company, freeze: Freeze): Promise<string> {
  advanceWeek(company);
  await runScheduledAudit(company);
  await read(company);
  const merged = await merge(company);
  await sitOutFreeze(company, freeze);
  return merged;
}

/** The Monday after the freeze. */
async function runMonday(company: Company, { calling }: Cast): Promise<void> {
  company.tenant.tenant.clock.advance({ days: 4 });
  await giveBackOnMonday(company, calling);
}

/**
 * What goes with a licence is known before: small files go, named with size and days; large ones wait for a release. Returns the
 * merge.
 */
async function runDelicenseWeek(company: Company, cast: Cast): Promise<string> {
  advanceWeek(company);
  await runScheduledAudit(company);
  await readSection(company, 'Enters Delicense', [cast.named, cast.member, cast.heldBack]);
  await commitReview(company, `release the OneDrive files of ${cast.released.displayName}`, () =>
    releaseFiles(company, cast.released),
  );
  const merged = await merge(company);
  await apply(company, [cast.named, cast.member, cast.heldBack]);
  return merged;
}

/** By git alone: main says again what it said before, and the apply gives it back. */
async function restoreMissed(company: Company, { missed }: Cast, merges: readonly string[]): Promise<void> {
  company.tenant.tenant.clock.advance({ days: 1 });
  printHeading(company, `${missed.displayName} is missed: the merges of both weeks are reverted for them`);
  await revert(company, missed.path, merges);
  await apply(company);
  returnToWork(company, missed);
}

/** A shared mailbox has become a user mailbox again and needs a licence. */
async function runMonthLater(company: Company, { turning }: Cast): Promise<void> {
  company.tenant.tenant.clock.advance({ days: 23 });
  printHeading(company, `Exchange on premises makes the mailbox of ${turning.displayName} a user mailbox again`);
  turnBack(company, turning);
  advanceWeek(company);
  await runScheduledAudit(company);
  await readSection(company, 'Mailboxes to save', [turning]);
  await readSection(company, 'Deletable by hand');
  await merge(company);
  await apply(company, [turning]);
}

function advanceWeek({ tenant }: Company): void {
  tenant.tenant.clock.advance({ days: 7 });
}
