import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InvalidInput } from '../errors.ts';
import { computeOneDriveClock } from '../licenses/microsoft-clocks.ts';
import { anyAccountFile, anyText } from '../random-file.fixture.ts';
import type { AccountFile } from '../schemas/account.ts';
import { aLicense, anAccount, anInForceFile, idOf } from '../tenant.fixture.ts';
import { chooseAccountPath, editAccountFile, parseAccountFile, serialiseAccountFile } from './account-file.ts';

const path = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';

function aFile(): AccountFile {
  return anInForceFile({ account: anAccount(), stage: 'notify', since: '2026-12-07' }).file;
}

function edited(text: string, after: AccountFile): string {
  return editAccountFile({ path, text }, after);
}

test('a new file reads from top to bottom as a reviewer asks: who, which stage, what it does, why, what was', () => {
  expect(serialiseAccountFile(aFile())).toBe(`\
# yaml-language-server: $schema=../../../policy/schemas/account.schema.json
account:
  id: ${idOf('ana.reyes@contoso.com')}
  userPrincipalName: ana.reyes@contoso.com
  displayName: Ana Reyes
  department: Sales
  jobTitle: Account Manager
  manager: { displayName: Lee Park, mail: lee.park@contoso.com }
  onPremisesSyncEnabled: false
stage: notify # notify -> review -> disable -> delicense; keep = a reviewer’s no (add a reason:); restore takes it back
# what merging makes true
desired:
  accountEnabled: true
  mailbox: unchanged
  licenses: [ SPE_E3 ]
# what the reviewer judged; the apply refuses if it no longer holds
evidence:
  auditedOn: 2026-12-07
  reportRefreshDate: 2026-12-05
  inactiveDays: 143
  lastActivity: { exchange: 2026-07-15, oneDrive: 2026-06-30, sharePoint: null, teams: 2026-07-01, yammer: null, signIn: 2026-07-15 }
# what it had before this pipeline touched it; written once, never edited
restore:
  accountEnabled: true
  mailbox: user
  licenses: [ { skuPartNumber: SPE_E3, skuId: ${idOf('SPE_E3')}, assignedByGroup: null, disabledPlans: [] } ]
savings:
  monthly: 36
  currency: USD
  heldBack: []
`);
});

test('what hangs on the licences stands below the rest, and a group is one line', () => {
  const group = {
    id: idOf('E3'),
    displayName: 'E3',
    skuPartNumbers: ['SPE_E3'],
    membershipRule: 'user.accountEnabled -eq true',
  };
  const byDefault = computeOneDriveClock('2026-12-28');
  const oneDrive = { gigabytes: 3.1, files: 812, lastUse: '2026-06-30', byDefault };
  const text = serialiseAccountFile({ ...aFile(), oneDrive, dynamicGroups: [group] });
  expect(text.slice(text.indexOf('  heldBack'))).toBe(`\
  heldBack: []
# goes on Microsoft’s days once no licence carries it; by default a licence brings it back before archivedFrom; a large one stays until desired has \`oneDrive: release\`
oneDrive:
  gigabytes: 3.1
  files: 812
  lastUse: 2026-06-30
  byDefault: { readOnlyFrom: 2027-02-26, archivedFrom: 2027-03-31, deletedFrom: 2027-07-02, deletedAtTheLatest: 2027-12-28 }
# take back what they give once sign-in is blocked, so the mailbox is shared first
dynamicGroups:
  - { id: ${idOf('E3')}, displayName: E3, skuPartNumbers: [ SPE_E3 ], membershipRule: user.accountEnabled -eq true }
`);
  expect(text.split('\n').length).toBeLessThan(45);
});

test('memberships that stay are one line each, with the name of the group behind the id, and edits keep that', () => {
  const groups = ['Office', 'Tools\n# not: a key', 'Phones'].map((displayName) => ({
    id: idOf(displayName),
    displayName,
  }));
  const [office, tools, phones] = groups.map(({ id }) => id);
  const before = { ...aFile(), restore: { ...aFile().restore, groups } };
  const staying = (ids: readonly (string | undefined)[]): AccountFile => ({
    ...before,
    desired: { ...before.desired, groups: ids.flatMap((id) => id ?? []) },
  });
  const lines = `  groups:\n    - ${office} # Office\n    - ${tools} # Tools # not: a key\n`;
  expect(serialiseAccountFile(staying([office, tools]))).toContain(lines);
  const text = edited(serialiseAccountFile(before), staying([office, tools]));
  expect(text).toContain(lines);
  expect(parseAccountFile(path, text)).toEqual(staying([office, tools]));
  const noted = text.replace('# Office', '# needs it until May');
  expect(edited(noted, staying([office, phones]))).toContain(
    `  groups:\n    - ${office} # needs it until May\n    - ${phones} # Phones\n`,
  );
  expect(edited(noted, staying([]))).toContain('  groups: []\n');
});

test('any file that is written reads back as it was', () => {
  fc.assert(
    fc.property(anyAccountFile, (file) => {
      expect(parseAccountFile(path, serialiseAccountFile(file))).toEqual(file);
    }),
    { numRuns: 100 },
  );
});

test('an edit makes the file say what is asked, and none gives it back byte for byte', () => {
  fc.assert(
    fc.property(anyAccountFile, anyAccountFile, (before, after) => {
      const text = serialiseAccountFile(before);
      expect(edited(text, before)).toBe(text);
      const now = edited(text, after);
      expect(parseAccountFile(path, now)).toEqual(after);
      expect(edited(now, after)).toBe(now);
    }),
    { numRuns: 100 },
  );
});

/** Puts a comment above and, where the line is a plain value, behind every line of a written file. */
function commented(file: AccountFile): string {
  const lines = serialiseAccountFile(file).split('\n').slice(0, -1);
  const isPlain = (line: string) => /^ *\w+: [\w.@-]+$/.test(line);
  return lines
    .flatMap((line, index) => {
      const indent = ' '.repeat(line.length - line.trimStart().length);
      return [`${indent}# above ${index}.`, isPlain(line) ? `${line} # behind ${index}.` : line];
    })
    .join('\n');
}

function comments(text: string): string[] {
  return (text.match(/(?:above|behind) \d+\./g) ?? []).sort();
}

/** What was written in a block or at an item of a list goes with it, behind a word with the word: those of `before` stay. */
function standingBlocks(before: AccountFile, other: AccountFile): Partial<AccountFile> {
  const oneDrive = before.oneDrive && { ...before.oneDrive, ...other.oneDrive };
  const dynamicGroups = before.dynamicGroups && [...before.dynamicGroups, ...(other.dynamicGroups ?? [])];
  const word = before.desired.oneDrive ?? other.desired.oneDrive;
  return {
    desired: { ...other.desired, ...(word ? { oneDrive: word } : {}) },
    ...(oneDrive ? { oneDrive } : {}),
    ...(dynamicGroups ? { dynamicGroups } : {}),
  };
}

test('what people wrote above and behind any line is there after any edit', () => {
  fc.assert(
    fc.property(anyAccountFile, anyAccountFile, (before, other) => {
      // A name is not a comment, however much it looks like one.
      const { account } = before;
      const text = commented(before);
      const { reason, ...rest } = other;
      const after = {
        ...rest,
        ...standingBlocks(before, other),
        account,
        ...(before.reason === undefined || reason === undefined ? {} : { reason }),
      };
      const behindReason = /^reason:.* # (behind \d+\.)$/m.exec(text)?.[1];
      const expected = comments(text).filter((comment) => after.reason !== undefined || comment !== behindReason);
      expect(comments(edited(text, after))).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});

const byHand = `# yaml-language-server: $schema=../../../policy/schemas/account.schema.json
# Lee asked for a second look.

stage: 'notify' # since Monday
account:
  displayName: "Ana Reyes"
  userPrincipalName: ana.reyes@contoso.com
  id: ${idOf('ana.reyes@contoso.com')}
  department: Sales # was Marketing
  manager: { displayName: Lee Park, mail: lee.park@contoso.com }
  jobTitle: |
    Account Manager
    and more
  onPremisesSyncEnabled: false

desired:
  accountEnabled: true
  mailbox: unchanged
  licenses:
    # she needs the first
    - SPE_E3 # until March
    # and this one
    - EMS

evidence:
  auditedOn: 2026-12-07
  reportRefreshDate: 2026-12-05
  inactiveDays: 143
  lastActivity: { exchange: 2026-07-15, oneDrive: null, sharePoint: null, teams: null, yammer: null, signIn: null }
restore:
  accountEnabled: true
  mailbox: user
  licenses: []
savings: { monthly: 36.50, currency: USD, heldBack: [] }
`;

test('an edit changes the lines it is about and no others, whatever order and quotes people use', () => {
  const before = parseAccountFile(path, byHand);
  const after: AccountFile = {
    ...before,
    stage: 'review',
    desired: { ...before.desired, licenses: ['SPE_E3'] },
    evidence: { ...before.evidence, inactiveDays: 150 },
  };
  const expected = byHand
    .replace("'notify'", "'review'")
    .replace('    # and this one\n    - EMS\n', '')
    .replace('143', '150');
  expect(edited(byHand, after)).toBe(expected);
});

test('equal values in another order of keys are no edit', () => {
  const before = parseAccountFile(path, byHand);
  const { id: first, ...others } = before.account;
  const account = { ...others, id: first };
  expect(edited(byHand, { ...before, account })).toBe(byHand);
});

test('a reason goes right under the stage, wherever the edit put it', () => {
  const before = parseAccountFile(path, byHand);
  const text = edited(byHand, { ...before, stage: 'keep', reason: 'on leave until March' });
  expect(text).toContain("stage: 'keep' # since Monday\nreason: on leave until March\naccount:\n");
});

test('a reason that goes leaves the comment above it', () => {
  const text = byHand.replace('account:\n', '# HR knows\nreason: on leave\naccount:\n');
  const { reason, ...after } = parseAccountFile(path, text);
  expect(reason).toBe('on leave');
  expect(edited(text, after)).toBe(byHand.replace('account:\n', '# HR knows\naccount:\n'));
});

test('a manager who comes or goes keeps the comment behind', () => {
  const text = byHand.replace(/manager: .*/, 'manager: null # nobody yet');
  const before = parseAccountFile(path, text);
  const manager = { displayName: 'Kim Ito', mail: null };
  const now = edited(text, { ...before, account: { ...before.account, manager } });
  expect(now).toBe(text.replace('manager: null', 'manager: { displayName: Kim Ito, mail: null }'));
  expect(edited(now, before)).toBe(text);
});

test('Windows line ends stay', () => {
  const text = byHand.replaceAll('\n', '\r\n');
  const before = parseAccountFile(path, text);
  expect(edited(text, before)).toBe(text);
  const now = edited(text, { ...before, stage: 'review' });
  expect(now).toBe(byHand.replace("'notify'", "'review'").replaceAll('\n', '\r\n'));
});

test('a file that cannot be read is refused with every place', () => {
  const text = byHand.replace("'notify'", 'notfy').replace('143', '-1');
  expect(() => parseAccountFile(path, text)).toThrow(InvalidInput);
  expect(() => parseAccountFile(path, text)).toThrow(
    `${path}:4:1: stage: found "notfy", allowed: notify, review, disable, delicense, keep, restore\n` +
      `${path}:28:3: evidence.inactiveDays: found -1, allowed: integer or null`,
  );
});

function pathOf(userPrincipalName: string, taken: (path: string) => boolean = () => false): string {
  return chooseAccountPath('contoso', { id: idOf('ana'), userPrincipalName }, taken);
}

const id = idOf('ana');

test.each([
  ['Ana.Reyes@Contoso.com', 'ana.reyes@contoso.com'],
  ['../../.github/workflows/x@contoso.com', 'github-workflows-x@contoso.com'],
  ['..\\..\\x@contoso.com', 'x@contoso.com'],
  ["o'brien+test@contoso.com", 'o-brien-test@contoso.com'],
  ['josé.muñoz@contoso.com', 'jose.munoz@contoso.com'],
  ['ana_ext#EXT#@contoso.onmicrosoft.com', 'ana_ext-ext-@contoso.onmicrosoft.com'],
  ['--force@contoso.com', 'force@contoso.com'],
  ['.hidden@contoso.com', 'hidden@contoso.com'],
  ['aux.lopez@contoso.com', '_aux.lopez@contoso.com'],
  ['con', '_con'],
  ['com1.x', '_com1.x'],
  ['constance@contoso.com', 'constance@contoso.com'],
  ['a\u0000b@contoso.com', 'a-b@contoso.com'],
  ['dots...@contoso.com..', 'dots.@contoso.com'],
  ['山田', id],
  ['', id],
])('the file of %j is named %s.yaml', (userPrincipalName, name) => {
  expect(pathOf(userPrincipalName)).toBe(`stacks/contoso/accounts/${name}.yaml`);
});

test('where new files are named by id, the userPrincipalName is not in the path', () => {
  const account = { id: id.toUpperCase(), userPrincipalName: 'ana.reyes@contoso.com' };
  const choose = (isTaken: (path: string) => boolean) => chooseAccountPath('contoso', account, isTaken, 'id-only');
  const path = `stacks/contoso/accounts/${id}.yaml`;
  expect(choose(() => false)).toBe(path);
  expect(choose((one) => one === path)).toBe(`stacks/contoso/accounts/${id}-${id.slice(0, 8)}.yaml`);
  expect(chooseAccountPath('contoso', account, () => false, 'initials')).toContain('ana.reyes@contoso.com');
});

test('a name of 300 characters is cut to what every disk takes', () => {
  const name =
    pathOf(`${'x'.repeat(300)}@contoso.com`)
      .split('/')
      .at(-1) ?? '';
  expect(name).toBe(`${'x'.repeat(120)}.yaml`);
});

test('a name that is taken gets the start of the id, then all of it', () => {
  const first = pathOf('ana@contoso.com');
  const second = pathOf('ana@contoso.com', (name) => name === first);
  const third = pathOf('ana@contoso.com', (name) => name === first || name === second);
  expect(second).toBe(`stacks/contoso/accounts/ana@contoso.com-${id.slice(0, 8)}.yaml`);
  expect(third).toBe(`stacks/contoso/accounts/ana@contoso.com-${id}.yaml`);
});

test('no userPrincipalName leaves the folder, hides, or reads as an option; and no two accounts share a file', () => {
  const anyName = fc.oneof(
    anyText,
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc
      .array(fc.constantFrom('..', '/', '\\', '.', '-', 'a', 'con', '\u0000', '%2e'), { maxLength: 9 })
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(fc.array(anyName, { maxLength: 20 }), (names) => {
      const taken = new Set<string>();
      for (const [index, userPrincipalName] of names.entries()) {
        const account = { id: idOf(`person ${index}`), userPrincipalName };
        const file = chooseAccountPath('contoso', account, (name) => taken.has(name));
        expect(file).toMatch(/^stacks\/contoso\/accounts\/[a-z0-9@_][a-z0-9.@_-]*\.yaml$/);
        expect(file).not.toMatch(/\.\.|\/(con|prn|aux|nul|com\d|lpt\d)\./);
        expect(file.length).toBeLessThan(200);
        expect(taken.has(file)).toBe(false);
        taken.add(file);
      }
    }),
    { numRuns: 200 },
  );
});

test('licences that stay keep their place and comment when others go', () => {
  const before = parseAccountFile(path, byHand);
  const now = edited(byHand, { ...before, desired: { ...before.desired, licenses: ['EMS', 'SPE_E3'] } });
  expect(now).toContain('    # and this one\n    - EMS\n');
  expect(now).toContain('    - SPE_E3 # until March\n');
});

test('a licence that is new is written in the list’s own style', () => {
  const { skuPartNumber } = aLicense('VISIOCLIENT');
  const before = parseAccountFile(path, byHand);
  const licenses = [...before.desired.licenses, skuPartNumber];
  const now = edited(byHand, { ...before, desired: { ...before.desired, licenses } });
  expect(now).toBe(byHand.replace('    - EMS\n', '    - EMS\n    - VISIOCLIENT\n'));
});
