// Licences that stayed because the content of a OneDrive was unknown: once it is known, they may go. Pure.
import { listGivenSkus } from '../files/memberships.ts';
import { isReleased } from '../files/stage.ts';
import type { GroupId } from '../identifiers.ts';
import type { JudgedAccount } from '../judge/judgement.ts';
import { sumMonthly } from '../judge/savings.ts';
import type { AccountFile } from '../schemas/account.ts';

/** SKU part numbers that nothing keeps any more: a later report has shown a small OneDrive, or none. */
export function listKnownFileLicenses(file: AccountFile, { evidence, judgement }: JudgedAccount): string[] {
  if (file.stage !== 'delicense' || isReleased(file) || evidence.oneDrive.kind === 'unknown') return [];
  const assigned = new Set(evidence.licenses.map(({ skuPartNumber }) => skuPartNumber));
  const staying = new Set(judgement.savings.heldBack.map(({ license }) => license.skuPartNumber));
  return file.savings.heldBack
    .filter(({ reason }) => reason === 'onedrive-unknown')
    .map(({ skuPartNumber }) => skuPartNumber)
    .filter((sku) => assigned.has(sku) && !staying.has(sku));
}

/** The file without those licences. */
export function removeKnownFiles(file: AccountFile, judged: JudgedAccount): AccountFile {
  const leaving = listKnownFileLicenses(file, judged);
  if (leaving.length === 0) return file;
  const { desired, savings } = file;
  const { oneDrive: _, ...rest } = file;
  const { reclaimable } = judged.judgement.savings;
  const saved = sumMonthly(reclaimable.filter(({ license }) => leaving.includes(license.skuPartNumber)));
  const monthly = Math.round((savings.monthly + saved) * 100) / 100;
  const staying = savings.heldBack.filter(({ skuPartNumber }) => !leaving.includes(skuPartNumber));
  const isHeld = (group: GroupId) => listGivenSkus(file.restore, group).some((sku) => !leaving.includes(sku));
  return {
    ...rest,
    desired: {
      ...desired,
      licenses: desired.licenses.filter((sku) => !leaving.includes(sku)),
      ...(desired.groups === undefined ? {} : { groups: desired.groups.filter(isHeld) }),
    },
    savings: { ...savings, monthly, heldBack: staying },
  };
}
