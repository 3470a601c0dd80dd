// Files of give-back/ for tests, and main's line with the account that they are about.
import { verifySignature } from '../../forge/facts-key.ts';
import { today } from '../account.fixture.ts';
import { anAccountFile } from '../account-file.fixture.ts';
import { addDays } from '../evidence.ts';
import { chooseAccountPath, serialiseAccountFile } from '../files/account-file.ts';
import { getGiveBackPath, serialiseGiveBack } from '../files/give-back-file.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import { GiveBack } from '../schemas/give-back.ts';
import { createSigningContext } from '../signing/account-past.ts';
import type { FileVersion } from '../signing/main-line.ts';
import { aSignedFile, aSigning, contoso } from '../signing/signing.fixture.ts';
import { type ParsedYaml, parseYaml } from '../yaml/parse-yaml.ts';

/** Signed by the audit of as many days before today as it takes to go on from the stage before. */
export function aStagedFile(userPrincipalName: string, stage: Stage): AccountFile {
  const age = { notify: 120, review: 90, disable: 60, delicense: 30, keep: 10, restore: 10 }[stage];
  const file = anAccountFile(stage, { account: { userPrincipalName, displayName: `Of ${userPrincipalName}` } });
  return aSignedFile({ ...file, evidence: { ...file.evidence, auditedOn: addDays(today, -age) } });
}

export function pathOf({ account }: Pick<AccountFile, 'account'>): string {
  return chooseAccountPath('contoso', account, () => false);
}

export function aGiveBack(file: Pick<AccountFile, 'account'>, change: Partial<GiveBack> = {}): ParsedYaml<GiveBack> {
  const { id, userPrincipalName, displayName } = file.account;
  const asked = { reason: 'Back from leave', askedBy: '@lee', askedOn: today };
  const text = serialiseGiveBack({ account: { id, userPrincipalName, displayName }, ...asked, ...change });
  return parseYaml(GiveBack, getGiveBackPath('contoso', pathOf(file)), text);
}

/** One commit for each list of files; null takes the path's file out. */
export function aLine(...commits: readonly Readonly<Record<string, AccountFile | null>>[]): FileVersion[] {
  return commits.flatMap((files, at) =>
    Object.entries(files).map(([path, file]) => ({ path, text: file && serialiseAccountFile(file), at })),
  );
}

/** Main's commits stand at these places. */
export function aContext(length: number, signing: ReturnType<typeof aSigning> | null = aSigning()) {
  const places = new Map(Array.from({ length }, (_, at) => [`c${at}`, at]));
  const tenant = { tenantId: contoso.tenantId, ...(signing ? { signing } : {}) };
  return createSigningContext('contoso', tenant, { verify: verifySignature, places });
}
