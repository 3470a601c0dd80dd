// Random account files for property tests: every field, with the texts that people and attackers put into names.
import fc from 'fast-check';
import { daysAgo, idOf } from './account.fixture.ts';
import { computeOneDriveClock } from './licenses/microsoft-clocks.ts';
import { type AccountFile, heldBackReasons, recipientTypes, stages } from './schemas/account.ts';

const nasty = fc.constantFrom(
  '=cmd|calc',
  '@here',
  '# no comment',
  'a: b',
  '- x',
  "O'Brien",
  '"',
  '~',
  'null',
  'no',
  '2026-12-07',
  '0o17',
  '1e3',
  '.inf',
  '&a',
  '*a',
  '!!str x',
  '| ',
  '>',
  '{',
  '[]',
  '%YAML 1.1',
  '---',
  '...',
  'two\nlines',
  ' spaces ',
  'tab\t',
  '\u2028',
  '\u202eevil',
  'عبد الله',
  '山田 太郎',
  '😀',
  '<script>',
  '__proto__',
);

/** Any text of 1 to 40 characters that UTF-8 can hold. */
export const anyText = fc.oneof(
  nasty,
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).map((text) => text.toWellFormed()),
);
const anyId = fc.nat(5000).map((number) => idOf(`id ${number}`));
const anySku = fc.constantFrom('SPE_E3', 'SPE_E5', 'EMS', 'FLOW_FREE', 'null', '2026');
const anyDay = fc.integer({ min: 0, max: 800 }).map(daysAgo);
const orNull = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });

/** Any file that fits the schema, whether or not it makes sense. */
export const anyAccountFile: fc.Arbitrary<AccountFile> = fc.record(
  {
    account: fc.record({
      id: anyId,
      userPrincipalName: anyText,
      displayName: anyText,
      department: orNull(anyText),
      jobTitle: orNull(anyText),
      manager: orNull(fc.record({ displayName: anyText, mail: orNull(anyText) })),
      onPremisesSyncEnabled: fc.boolean(),
    }),
    stage: fc.constantFrom(...stages),
    reason: anyText.filter((text) => [...text].length >= 3),
    desired: fc
      .record({
        accountEnabled: fc.boolean(),
        mailbox: fc.constantFrom('unchanged' as const, 'shared' as const),
        licenses: fc.uniqueArray(anySku, { maxLength: 4 }),
      })
      .chain((desired) => fc.constantFrom(desired, desired, { ...desired, oneDrive: 'release' as const })),
    evidence: fc.record({
      auditedOn: anyDay,
      reportRefreshDate: anyDay,
      inactiveDays: orNull(fc.nat(900)),
      lastActivity: fc.record({
        exchange: orNull(anyDay),
        oneDrive: orNull(anyDay),
        sharePoint: orNull(anyDay),
        teams: orNull(anyDay),
        yammer: orNull(anyDay),
        signIn: orNull(anyDay),
      }),
    }),
    restore: fc.record({
      accountEnabled: fc.boolean(),
      mailbox: fc.constantFrom(...recipientTypes),
      licenses: fc.array(
        fc.record({
          skuPartNumber: anySku,
          skuId: anyId,
          assignedByGroup: orNull(anyId),
          disabledPlans: fc.array(anyId, { maxLength: 2 }),
        }),
        { maxLength: 3 },
      ),
    }),
    savings: fc.record({
      monthly: fc.nat(30_000).map((cents) => cents / 100),
      currency: fc.constantFrom('USD', 'EUR'),
      heldBack: fc.array(fc.record({ skuPartNumber: anySku, reason: fc.constantFrom(...heldBackReasons) }), {
        maxLength: 2,
      }),
    }),
    oneDrive: fc.record(
      {
        gigabytes: orNull(fc.nat(500_000).map((hundredths) => hundredths / 100)),
        files: orNull(fc.nat(90_000)),
        lastUse: orNull(anyDay),
        byDefault: anyDay.map(computeOneDriveClock),
      },
      { requiredKeys: ['gigabytes', 'files', 'lastUse'], noNullPrototype: true },
    ),
    dynamicGroups: fc.array(
      fc.record({
        id: anyId,
        displayName: anyText,
        skuPartNumbers: fc.array(anySku, { minLength: 1, maxLength: 2 }),
        membershipRule: orNull(anyText),
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['account', 'stage', 'desired', 'evidence', 'restore', 'savings'], noNullPrototype: true },
);
