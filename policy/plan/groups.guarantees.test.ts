import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AssignedLicense, addDays, type Evidence } from '../evidence.ts';
import { parseAccountFile } from '../files/account-file.ts';
import { listLeftGroups } from '../files/memberships.ts';
import { computeEffectiveDesired } from '../files/stage.ts';
import type { GroupObstacle } from '../licenses/license-groups.ts';
import { anyBelonging } from '../random-belonging.fixture.ts';
import { anAccount, aTenant, idOf, signedIn, theRules, today } from '../tenant.fixture.ts';
import type { InForceFile } from './input.ts';
import { planMoves } from './plan.ts';

const groupNames = ['Office', 'Tools', 'Everything'] as const;
type GroupName = (typeof groupNames)[number];

/** How policy.yaml and the tenant have the group: it may be left, it may not, or policy.yaml does not name it. */
const anyStanding = fc.constantFrom<readonly GroupObstacle[] | null>(
  [],
  [],
  [{ reason: 'group-synced' }],
  [{ reason: 'group-gives-more', uses: [] }],
  null,
);

const anyGiving = fc.record({
  standings: fc.record({ Office: anyStanding, Tools: anyStanding, Everything: anyStanding }),
  // Each licence of the account, by its place: which groups give it, and whether it is direct, too.
  sources: fc.array(fc.record({ groups: fc.subarray([...groupNames], { maxLength: 2 }), isDirect: fc.boolean() }), {
    minLength: 4,
    maxLength: 4,
  }),
});

type Giving = typeof anyGiving extends fc.Arbitrary<infer Value> ? Value : never;

function assignLicenses(licenses: readonly AssignedLicense[], { standings, sources }: Giving): AssignedLicense[] {
  return licenses.flatMap((license, index) => {
    if (license.assignedByGroup !== null) return license;
    const { groups = [], isDirect = true } = sources[index] ?? {};
    const given = groups.map((name): AssignedLicense => {
      const groupObstacles = standings[name];
      const group = { assignedByGroup: idOf(name), groupName: name };
      return { ...license, ...group, ...(groupObstacles === null ? {} : { groupObstacles }) };
    });
    return isDirect || given.length === 0 ? [license, ...given] : given;
  });
}

interface Week {
  evidence: Evidence;
  inForce: InForceFile | null;
}

/** As an apply would leave it. */
function apply(evidence: Evidence, { file }: InForceFile): Evidence {
  const desired = computeEffectiveDesired(file);
  const left = new Set<string | null>(listLeftGroups(desired, file.restore).map(({ id }) => id));
  const isShared = desired.mailbox === 'shared' && evidence.mailbox.recipientType === 'user';
  return {
    ...evidence,
    accountEnabled: desired.accountEnabled,
    mailbox: { ...evidence.mailbox, ...(isShared ? { recipientType: 'shared' as const } : {}) },
    licenses: evidence.licenses.filter(({ skuPartNumber, assignedByGroup }) =>
      assignedByGroup === null ? desired.licenses.includes(skuPartNumber) : !left.has(assignedByGroup),
    ),
  };
}

/** An audit on that day, merged and applied. */
function nextWeek({ evidence, inForce }: Week, week: number): Week {
  const day = addDays(today, 7 * week);
  const plan = planMoves(
    aTenant({
      accounts: [evidence],
      inForce: inForce ? [inForce] : [],
      rules: theRules({}),
      run: { auditedOn: day, reportRefreshDate: addDays(day, -2) },
      today: day,
    }),
  );
  const [moved] = [...plan.files].filter(([path, text]) => path.includes('/accounts/') && text !== null);
  if (moved === undefined) return { evidence, inForce };
  const [path, text] = moved;
  const file = { path, text: text ?? '', file: parseAccountFile(path, text ?? ''), since: day };
  return { evidence: apply(evidence, file), inForce: file };
}

function listGivenBy(licenses: readonly AssignedLicense[], name: GroupName): string[] {
  return licenses.flatMap(({ assignedByGroup, skuPartNumber }) =>
    assignedByGroup === idOf(name) ? skuPartNumber : [],
  );
}

test('a group is left only if policy.yaml names it, nothing stands against it, and all that it gives may go', () => {
  let left = 0;
  let held = 0;
  fc.assert(
    fc.property(anyBelonging, anyGiving, (belonging, giving) => {
      const { licenses = [] } = belonging.change;
      const account = anAccount({
        signIns: signedIn('2025-06-01'),
        ...belonging.change,
        licenses: assignLicenses(licenses, giving),
      });
      let week: Week = { evidence: account, inForce: null };
      for (let count = 0; count < 6; count++) week = nextWeek(week, count);
      const file = week.inForce?.file;
      if (file === undefined) throw new Error('it has not entered the plan');
      const namesLeft = new Set(
        listLeftGroups(computeEffectiveDesired(file), file.restore).map(({ displayName }) => displayName),
      );
      const staying = new Set(week.evidence.licenses.map(({ skuPartNumber }) => skuPartNumber));
      for (const sku of [...belonging.always, ...belonging.untilReleased]) expect(staying).toContain(sku);
      for (const name of groupNames) {
        const given = listGivenBy(account.licenses, name);
        const isFree = giving.standings[name]?.length === 0;
        if (namesLeft.has(name)) {
          left += 1;
          expect(isFree).toBe(true);
          for (const sku of given) expect(staying).not.toContain(sku);
        } else if (given.length > 0) {
          held += 1;
          // It stays for a reason: its own, or a product that stays.
          expect(!isFree || given.some((sku) => staying.has(sku))).toBe(true);
        }
      }
      // What is direct and not held by anything has gone, too.
      const direct = week.evidence.licenses.filter(({ assignedByGroup }) => assignedByGroup === null);
      for (const { skuPartNumber } of direct) expect(file.desired.licenses).toContain(skuPartNumber);
      // A veto gives everything back, whatever `desired` still says.
      const veto = computeEffectiveDesired({ ...file, stage: 'keep', reason: 'on leave' });
      expect(veto).not.toHaveProperty('groups');
      expect(new Set(veto.licenses)).toEqual(new Set(account.licenses.map(({ skuPartNumber }) => skuPartNumber)));
    }),
    { numRuns: 150 },
  );
  expect(Math.min(left, held)).toBeGreaterThan(15);
});
