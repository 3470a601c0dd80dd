import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, type Day, type Evidence } from '../evidence.ts';
import { parseAccountFile, serialiseAccountFile } from '../files/account-file.ts';
import { computeEffectiveDesired } from '../files/stage.ts';
import { anyBelonging, anyOneDrivePolicy } from '../random-belonging.fixture.ts';
import type { AccountFile } from '../schemas/account.ts';
import { anAccount, aTenant, signedIn, theRules, today } from '../tenant.fixture.ts';
import type { InForceFile } from './input.ts';
import { planMoves } from './plan.ts';

interface Walk {
  evidence: Evidence;
  inForce: InForceFile | null;
}

/** As an apply would leave it: whatever the merged file says is true in the tenant. */
function apply(evidence: Evidence, file: AccountFile): Evidence {
  const { accountEnabled, mailbox, licenses } = computeEffectiveDesired(file);
  const isShared = mailbox === 'shared' && evidence.mailbox.recipientType === 'user';
  const left = new Set(
    file.restore.licenses.flatMap(({ skuId, skuPartNumber }) => (licenses.includes(skuPartNumber) ? skuId : [])),
  );
  return {
    ...evidence,
    accountEnabled,
    mailbox: { ...evidence.mailbox, ...(isShared ? { recipientType: 'shared' } : {}) },
    licenses: evidence.licenses.filter(({ skuId }) => left.has(skuId)),
  };
}

/** The tenant calls its products by other names; they are the same products. */
function rename(evidence: Evidence): Evidence {
  const licenses = evidence.licenses.map((one) => ({ ...one, skuPartNumber: `${one.skuPartNumber}_New` }));
  return { ...evidence, licenses };
}

/** An audit on that day, everything that it proposes merged and applied on the same. */
function weekOf({ evidence, inForce }: Walk, day: Day, oneDrive: object, isReleased: boolean): Walk {
  const plan = planMoves(
    aTenant({
      accounts: [evidence],
      inForce: inForce ? [inForce] : [],
      rules: theRules({ policy: { oneDrive } }),
      run: { auditedOn: day, reportRefreshDate: addDays(day, -2) },
      today: day,
    }),
  );
  const [moved] = [...plan.files].filter(([path, text]) => path.includes('/accounts/') && text !== null);
  const path = moved?.[0] ?? inForce?.path ?? '';
  const text = moved?.[1] ?? inForce?.text ?? '';
  if (text === '') return { evidence, inForce };
  const since = moved ? day : (inForce?.since ?? day);
  const file = withWord(parseAccountFile(path, text), isReleased);
  return {
    evidence: apply(evidence, file),
    inForce: { path, file, since, text: serialiseAccountFile(file) },
  };
}

function withWord(file: AccountFile, isReleased: boolean): AccountFile {
  return isReleased ? { ...file, desired: { ...file.desired, oneDrive: 'release' } } : file;
}

/** By which the tests call them. */
function listNames({ licenses }: Evidence): string[] {
  return licenses.map(({ skuPartNumber }) => skuPartNumber.replace('_New', ''));
}

const weeks = 8;

test('from notify to the archive the licences that have to stay stay, and all others go', () => {
  const seen = new Map<string, number>();
  fc.assert(
    fc.property(
      anyBelonging,
      anyOneDrivePolicy,
      // The week in which a person writes the word; never, where it is past the last.
      fc.integer({ min: 0, max: weeks + 4 }),
      // The week from which on the tenant names its products otherwise, or never.
      fc.integer({ min: 1, max: weeks + 4 }),
      (belonging, oneDrive, releasedIn, renamedIn) => {
        const account = anAccount({ signIns: signedIn('2025-06-01'), ...belonging.change });
        let walk: Walk = { evidence: account, inForce: null };
        for (let week = 0; week < weeks; week++) {
          const isReleased = week >= releasedIn;
          if (week === renamedIn) walk = { ...walk, evidence: rename(walk.evidence) };
          walk = weekOf(walk, addDays(today, 7 * week), oneDrive, isReleased);
          const files = isReleased || oneDrive.beforeDelicense === 'name' ? [] : belonging.untilReleased;
          const left = listNames(walk.evidence);
          for (const sku of [...belonging.always, ...files]) expect(left).toContain(sku);
        }
        expect(walk.inForce?.file.stage).toBe('delicense');
        const files = releasedIn < weeks || oneDrive.beforeDelicense === 'name' ? [] : belonging.untilReleased;
        expect(listNames(walk.evidence).sort()).toEqual([...belonging.always, ...files].sort());
        seen.set(belonging.kind, (seen.get(belonging.kind) ?? 0) + 1);
      },
    ),
    { numRuns: 300 },
  );
  expect(seen.size).toBeGreaterThan(15);
});

test('whatever is named to go, goes with its size and its days in the file', () => {
  fc.assert(
    fc.property(anyBelonging, (belonging) => {
      const account = anAccount({ signIns: signedIn('2025-06-01'), ...belonging.change });
      let walk: Walk = { evidence: account, inForce: null };
      for (let week = 0; week < weeks; week++)
        walk = weekOf(walk, addDays(today, 7 * week), { beforeDelicense: 'name' }, false);
      const { oneDrive } = walk.inForce?.file ?? {};
      if (account.oneDrive.kind === 'seen') expect(oneDrive?.gigabytes).not.toBeNull();
      if (account.oneDrive.kind === 'unknown') expect(oneDrive?.gigabytes).toBeNull();
      if (account.oneDrive.kind === 'none') expect(oneDrive).toBeUndefined();
      // The day of the merge is the first on which the licence goes.
      if (oneDrive?.byDefault) {
        const merged = walk.inForce?.since ?? '';
        expect(oneDrive.byDefault.readOnlyFrom).toBe(addDays(merged, 60));
        expect(oneDrive.byDefault.deletedAtTheLatest).toBe(addDays(merged, 365));
      }
    }),
    { numRuns: 50 },
  );
});
