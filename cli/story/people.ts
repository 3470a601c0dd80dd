// Four of the people in the first pull request, and what becomes of them.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { editAccountFile, parseAccountFile } from '../../policy/account-file.ts';
import { addDays } from '../../policy/evidence.ts';
import { type Company, stack } from './company.ts';

export interface Character {
  id: string;
  displayName: string;
  userPrincipalName: string;
  /** Path of the account file. */
  path: string;
}

export interface Cast {
  /** Comes back to work in the week for objections. */
  returning: Character;
  /** A manager asks for an exemption. */
  exempt: Character;
  /** A reviewer says no. */
  kept: Character;
  /** Is missed once the licences are gone, and gets back what was taken. */
  missed: Character;
}

/** Taken from main: the first of those that held a paid licence and their own mailbox, so that there is something to lose. */
export async function castOf({ repository }: Company): Promise<Cast> {
  const folder = `stacks/${stack}/accounts`;
  const people: Character[] = [];
  for (const name of (await readdir(join(repository, folder))).sort()) {
    const path = `${folder}/${name}`;
    const { account, restore, savings } = parseAccountFile(
      path,
      await readFile(join(repository, path), 'utf8'),
    );
    const hasSomethingToLose = restore.accountEnabled && restore.mailbox === 'user' && savings.monthly > 0;
    if (hasSomethingToLose && /^[\p{L} .'-]+$/u.test(account.displayName)) people.push({ ...account, path });
  }
  const [returning, exempt, kept, missed] = people;
  if (!returning || !exempt || !kept || !missed)
    throw new Error('The tenant has too few inactive people for a story.');
  return { returning, exempt, kept, missed };
}

export function comeBack({ tenant, today }: Company, { id }: Character): void {
  tenant.live(id, { signIn: { successful: today() }, activity: { exchange: today(), teams: today() } });
}

/** What `dormant exempt` writes, too. */
export async function exempt(
  { repository, today }: Company,
  { userPrincipalName }: Character,
): Promise<void> {
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
export async function veto({ repository }: Company, { path }: Character): Promise<void> {
  const place = join(repository, path);
  const text = await readFile(place, 'utf8');
  const file = parseAccountFile(path, text);
  const reason = 'a contractor who starts again in March';
  await writeFile(place, editAccountFile({ path, text }, { ...file, stage: 'keep', reason }));
}
