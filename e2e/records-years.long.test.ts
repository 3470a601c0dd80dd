// Two years of weekly runs on the embedded tenant, whose clock is moved: recorded, erased by the policy's days, and verified whole
// from a copy; and each store of records refuses what would change one.
import { cp } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { addDays } from '../policy/evidence.ts';
import { aPrivateKey } from '../policy/signing/signing.fixture.ts';
import { aRecordedYear, changeFile, departingPeople, listRecordFiles, type RecordedYear } from './records.fixture.ts';

const weeks = 104;
const eraseAfterDays = 400;

test('two years of weekly audits and applies are verified without a network, also after people were erased each month', async () => {
  const year = await aRecordedYear({
    people: departingPeople,
    policy: { privacy: { eraseAfterDays } },
  });
  const erasing = { DORMANT_RECORDS_KEY: aPrivateKey('contoso-erasure') };
  for (let week = 0; week < weeks; week++) {
    if (week === 30) year.emulator.applyEvents('leaver0', { delete: 'for good' });
    await year.runRecordedWeek();
    if (week % 4 !== 3) continue;
    const { exitCode, stderr } = await year.dormant(['erase', 'contoso', '--today', year.today()], { env: erasing });
    expect([week, exitCode, stderr]).toEqual([week, 0, '']);
  }

  const { stdout, exitCode } = await year.dormant(['verify', 'out/records', '--json'], { offline: true });
  const verified = JSON.parse(stdout);
  expect([exitCode, verified.findings]).toEqual([0, []]);
  const kinds = Object.fromEntries(verified.signers.map(({ kind, records, key }: Signer) => [kind, { records, key }]));
  expect(kinds.audit).toEqual({ records: weeks, key: 'contoso-audit' });
  expect(kinds.apply.records).toBeGreaterThan(10);
  expect(kinds.erasure.records).toBeGreaterThan(5);
  expect(Object.values(verified.erased).length).toBe(kinds.erasure.records);

  // Nothing is left of anybody from whom nothing is taken, of records that are older than that.
  const last = addDays(year.today(), -eraseAfterDays - 35);
  const files = await listRecordFiles(year, 'people');
  const owed = await listOwed(year);
  expect(owed.size).toBeGreaterThan(5);
  expect(owed).not.toContain(year.emulator.getState('leaver0').id.toLowerCase());
  const old = files.filter((path) => (path.split('/').at(-1) ?? '').slice(0, 10) <= last);
  expect(old.filter((path) => !owed.has(path.split('/').at(-2) ?? ''))).toEqual([]);
  expect(old.length).toBeGreaterThan(0);

  const [chain] = [await listRecordFiles(year, 'chain')];
  await cp(year.records, `${year.records}-copy`, { recursive: true });
  await changeFile(chain[50] ?? '', (text) => text.replace(/"day":"\d{4}/, '"day":"1999'));
  const spoiled = await year.dormant(['verify', 'out/records', '--json'], { offline: true });
  expect([spoiled.exitCode, JSON.parse(spoiled.stdout).findings.map(({ fault }: { fault: string }) => fault)]).toEqual([
    1,
    ['signature'],
  ]);
});

/** Ids of those whom main still has a file of: something was taken from them, and could be given back. */
async function listOwed(year: RecordedYear): Promise<Set<string>> {
  const kinds = departingPeople.flatMap(({ kind = '' }) => (kind.startsWith('leaver') ? kind : []));
  const ids = await Promise.all(
    kinds.map(async (kind) =>
      (await year.findFile(kind)) === null ? [] : [year.emulator.getState(kind).id.toLowerCase()],
    ),
  );
  return new Set(ids.flat());
}

interface Signer {
  kind: string;
  key: string;
  records: number;
}
