// People whose files are in archive/, with main's line as it brought them there.
import { aLicense, anAccount, daysAgo, signedIn, today } from '../account.fixture.ts';
import { anAccountFile } from '../account-file.fixture.ts';
import { listDueAccounts } from '../erasure/list-due.ts';
import { addDays, type Day, type Evidence } from '../evidence.ts';
import { serialiseAccountFile } from '../files/account-file.ts';
import { aContext, pathOf } from '../give-back/give-back.fixture.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import { aPolicy } from '../policy.fixture.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { FileVersion } from '../signing/main-line.ts';
import { aSignedFile } from '../signing/signing.fixture.ts';
import { aTenant, type TenantChange } from '../tenant.fixture.ts';
import type { Absence, ErasableAccount, PlanInput } from './input.ts';

const { skuPartNumber, skuId } = aLicense('SPE_E3');

/** What the account had: sign-in, a mailbox, one licence. */
const restore: AccountFile['restore'] = {
  accountEnabled: true,
  mailbox: 'user',
  licenses: [{ skuPartNumber, skuId, assignedByGroup: null, disabledPlans: [] }],
};

export const eraseAfterDays = 365;

export interface ArchivedPerson {
  name: string;
  /** How long main has had the file in archive/. */
  days: number;
  /** The stage at which it went there. */
  stage?: Stage;
  isSigned?: boolean;
  /** What the tenant shows; absent: nobody has looked. */
  tenant?: Evidence | Absence;
  isInState?: boolean | null;
  giveBack?: boolean;
}

/** As the tenant shows somebody who has back what was taken, and works. */
export function anAccountThatIsBack(name: string): Evidence {
  const userPrincipalName = `${name}@contoso.com`;
  return anAccount({ userPrincipalName, licenses: [aLicense('SPE_E3')], signIns: signedIn(daysAgo(1)) });
}

/** As an apply of delicense leaves it. */
export function anAccountStillBlocked(name: string): Evidence {
  const account = anAccountThatIsBack(name);
  const mailbox = { ...account.mailbox, recipientType: 'shared' as const };
  return { ...account, accountEnabled: false, licenses: [], mailbox };
}

export function anArchivePath(name: string): string {
  return pathOf(anAccountFile('notify', { account: { userPrincipalName: `${name}@contoso.com` } })).replace(
    '/accounts/',
    '/archive/',
  );
}

interface ArchiveWorld {
  input: PlanInput;
  erasable: readonly ErasableAccount[];
  versions: readonly FileVersion[];
}

/** What the planner gets where main archived these people, each in a commit of its own. */
export function anArchive(people: readonly ArchivedPerson[], change: TenantChange = {}): ArchiveWorld {
  const made = people.map((person, at) => ({ person, ...makeFile(person), at }));
  const versions = made.flatMap(({ path, file, text, at }): FileVersion[] => [
    { path: path.replace('/archive/', '/accounts/'), text: serialiseAccountFile(file), at: 2 * at },
    { path: path.replace('/archive/', '/accounts/'), text: null, at: 2 * at + 1 },
    { path, text, at: 2 * at + 1 },
  ]);
  const days = new Map<number, Day>(made.map(({ person, at }) => [2 * at + 1, addDays(today, -person.days)]));
  const giveBackTexts = new Map(
    made.flatMap(({ person, path, file }) =>
      person.giveBack ? [[path.replace('/archive/', '/give-back/'), `asks for ${file.account.id}`] as const] : [],
    ),
  );
  const archived = made.map(({ path, text, file }) => ({ path, text, file }));
  const policy = aPolicy({ privacy: { eraseAfterDays } });
  const due = listDueAccounts({ versions, days, giveBackTexts, archived, today }, policy, aContext(999));
  const noted = new Map(made.map(({ person, file }) => [foldId(file.account.id), person.isInState]));
  const isInState = (id: IdKey) => (noted.get(id) === undefined ? false : (noted.get(id) ?? null));
  const erasable = due.map((account) => ({ ...account, isInState: isInState(account.id) }));
  const absent = new Map<IdKey, Absence>(
    made.flatMap(({ person: { tenant }, file }) =>
      tenant !== undefined && 'kind' in tenant ? [[foldId(file.account.id), tenant] as const] : [],
    ),
  );
  const accounts = made.flatMap(({ person: { tenant } }) =>
    tenant !== undefined && !('kind' in tenant) ? tenant : [],
  );
  const world = aTenant({
    ...change,
    archived,
    absent,
    accounts: [...accounts, ...(change.accounts ?? [])],
    policy: { ...change.policy, privacy: { eraseAfterDays } },
  });
  return { input: { ...world, erasable }, erasable, versions };
}

function makeFile({ name, days, stage = 'delicense', isSigned = true }: ArchivedPerson) {
  const plain = anAccountFile(stage, {
    account: { userPrincipalName: `${name}@contoso.com`, displayName: `Of ${name}` },
    restore,
  });
  const dated = { ...plain, evidence: { ...plain.evidence, auditedOn: addDays(today, -days - 30) } };
  const signed = aSignedFile(dated);
  const file = isSigned
    ? signed
    : { ...signed, signed: aSignedFile({ ...dated, restore: { ...restore, licenses: [] } }).signed ?? '' };
  return { path: anArchivePath(name), file, text: serialiseAccountFile(file) };
}
