// Products under the names of the account's file, whatever today's reading calls them. Pure.
import type { AssignedLicense } from '../evidence.ts';
import { foldId } from '../identifiers.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import { createLicenseNamer } from '../licenses/license-names.ts';
import type { RestoreState } from '../schemas/account.ts';
import type { PlanInput } from './input.ts';

/** The input with each account's licences named as its file names them, so that plans can compare names. */
export function nameLicensesAsFiled(input: PlanInput): PlanInput {
  const vouched = [...input.archived.filter(({ isUnsigned }) => !isUnsigned), ...input.inForce];
  const restores = new Map(vouched.map(({ file }) => [foldId(file.account.id), file.restore]));
  return {
    ...input,
    judged: input.judged.map((account) => {
      const restore = restores.get(foldId(account.evidence.id));
      return restore === undefined ? account : nameLicensesAs(restore, account);
    }),
  };
}

/** The account itself where no name differs. */
export function nameLicensesAs({ licenses }: Pick<RestoreState, 'licenses'>, account: JudgedAccount): JudgedAccount {
  const { evidence, judgement } = account;
  const getName = createLicenseNamer(licenses);
  const name = (license: AssignedLicense) => ({ ...license, skuPartNumber: getName(license) });
  const { licensesInError = [] } = evidence;
  const all = [...evidence.licenses, ...licensesInError];
  if (all.every((license) => getName(license) === license.skuPartNumber)) return account;
  const nameEach = <Entry extends { license: AssignedLicense }>(entries: readonly Entry[]) =>
    entries.map((entry) => ({ ...entry, license: name(entry.license) }));
  const { savings } = judgement;
  return {
    evidence: { ...evidence, licenses: evidence.licenses.map(name), licensesInError: licensesInError.map(name) },
    judgement: {
      ...judgement,
      savings: {
        ...savings,
        reclaimable: nameEach(savings.reclaimable),
        heldBack: nameEach(savings.heldBack),
        withBlock: savings.withBlock.map(name),
        waiting: nameEach(savings.waiting),
        inError: savings.inError.map(name),
      },
    },
  };
}
