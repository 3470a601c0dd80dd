// Ten people of the first pull request, and what happens to them.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addDays } from '../policy/evidence.ts';
import { editAccountFile, parseAccountFile } from '../policy/files/account-file.ts';
import type { AccountFile } from '../policy/schemas/account.ts';
import { type Company, stack } from './company.ts';

export interface Character {
  id: string;
  displayName: string;
  userPrincipalName: string;
  /** Path of the account file. */
  path: string;
}

export interface Cast {
  /** Returns to work in the week for objections. */
  returning: Character;
  /** A manager asks for an exemption. */
  exempt: Character;
  /** A reviewer keeps the account. */
  kept: Character;
  /** Calls the helpdesk once blocked, and is given the account back. */
  calling: Character;
  /** Has a licence by a group that the policy names, and loses it by leaving the group. */
  member: Character;
  /** The same, and is missed once the licences are gone: gets back what was taken, and joins the group again. */
  missed: Character;
  /** Has a OneDrive so small that its files go, with size and day named in the pull request. */
  named: Character;
  /** Has a large one, which a reviewer releases. */
  released: Character;
  /** Has a large one, which is not released: its licence, assigned directly, stays. */
  heldBack: Character;
  /** Has a mailbox that turns back into a user mailbox, weeks after it was shared. */
  turning: Character;
}

/** Taken from main in the order of the files: for each part the first file that fits. */
export async function chooseCast(company: Company): Promise<Cast> {
  const left = await readPeopleOnMain(company);
  const take = (fits: (file: AccountFile) => boolean): Character => {
    const [found] = left.splice(
      left.findIndex(({ file }) => fits(file)),
      1,
    );
    if (!found || !fits(found.file)) throw new Error('The tenant has too few inactive people for a story.');
    return { ...found.file.account, path: found.path };
  };
  // The one whose row is shown comes first: the pull request has the first rows of a long table.
  const named = take(isLosingFiles);
  return {
    named,
    released: take(isWaitingForFiles),
    heldBack: take((file) => isWaitingForFiles(file) && !isInNamedGroup(file)),
    returning: take(hasSomethingToLose),
    exempt: take(hasSomethingToLose),
    kept: take(hasSomethingToLose),
    calling: take(hasSomethingToLose),
    member: take(isLeavingGroup),
    missed: take(isLeavingGroup),
    turning: take(isLosingAllLicenses),
  };
}

interface PersonOnMain {
  path: string;
  file: AccountFile;
}

/** Accounts that may sign in and have a user mailbox and a readable name. */
async function readPeopleOnMain({ repository }: Company): Promise<PersonOnMain[]> {
  const folder = `stacks/${stack}/accounts`;
  const people: PersonOnMain[] = [];
  for (const name of (await readdir(join(repository, folder))).sort()) {
    const path = `${folder}/${name}`;
    const file = parseAccountFile(path, await readFile(join(repository, path), 'utf8'));
    const { account, restore } = file;
    const isInUse = restore.accountEnabled && restore.mailbox === 'user';
    if (isInUse && /^[\p{L} .'-]+$/u.test(account.displayName)) people.push({ path, file });
  }
  return people;
}

function hasSomethingToLose({ savings }: AccountFile): boolean {
  return savings.monthly > 0;
}

function isLosingAllLicenses(file: AccountFile): boolean {
  return hasSomethingToLose(file) && file.savings.heldBack.length === 0;
}

function isLeavingGroup(file: AccountFile): boolean {
  return isLosingAllLicenses(file) && isInNamedGroup(file);
}

/** One that the policy names, and that nothing stands against leaving. */
function isInNamedGroup({ restore }: AccountFile): boolean {
  return restore.groups !== undefined;
}

function isLosingFiles(file: AccountFile): boolean {
  return isLosingAllLicenses(file) && file.oneDrive?.byDefault !== undefined && Boolean(file.oneDrive.gigabytes);
}

/** And for nothing else. */
function isWaitingForFiles({ savings: { heldBack } }: AccountFile): boolean {
  return heldBack.length > 0 && heldBack.every(({ reason }) => reason === 'onedrive-files');
}

export function returnToWork({ tenant, today }: Company, { id }: Character): void {
  tenant.applyEvents(id, {
    signIn: { successful: today() },
    activity: { exchange: today(), teams: today() },
  });
}

/** As with a mailbox that was hybrid once: Exchange on premises still calls it a user mailbox. */
export function turnBack({ tenant }: Company, { id }: Character): void {
  tenant.applyEvents(id, { mailbox: { type: 'UserMailbox' } });
}

/** The same as `dormant exempt` writes. */
export async function exempt({ repository, today }: Company, { userPrincipalName }: Character): Promise<undefined> {
  const path = join(repository, 'exemptions.yaml');
  const entry = `  - account: ${userPrincipalName}
    reason: parental leave
    owner: Human Resources
    until: ${addDays(today(), 180)}
`;
  const text = await readFile(path, 'utf8');
  await writeFile(path, text.replace('exemptions: []\n', `exemptions:\n${entry}`));
}

/** Stage and reason: two lines of one file. */
export async function veto({ repository }: Company, { path }: Character): Promise<undefined> {
  const absolutePath = join(repository, path);
  const text = await readFile(absolutePath, 'utf8');
  const file = parseAccountFile(path, text);
  const reason = 'a contractor who starts again in March';
  await writeFile(absolutePath, editAccountFile({ path, text }, { ...file, stage: 'keep', reason }));
}

export function releaseFiles({ dormant }: Company, { userPrincipalName }: Character): Promise<string> {
  const why = ['--reason', 'the team has copied what it needs', '--by', 'Riley Reviewer'];
  return dormant('release-files', stack, userPrincipalName, ...why);
}
