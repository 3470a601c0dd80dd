import { expect, test } from 'vitest';
import { measureCost } from '../cost.fixture.ts';
import { aProposedFile, aTenant } from '../tenant.fixture.ts';
import { removeExpiredExemptions } from './expired-exemptions.ts';
import type { ProposedFile } from './input.ts';

const path = 'exemptions.yaml';

const byHand = `# yaml-language-server: $schema=policy/schemas/exemptions.schema.json
# Who is left alone.

exemptions:
  # back in January
  - account: ana@contoso.com     # her mailbox, too
    reason: parental leave
    owner: Lee Park
    until: 2026-12-06
    # inside of the first


  # the labs, all of them

  - account: "*@labs.contoso.com"   # aligned
    reason:  'they test'            # aligned, too
    owner:   Lab team
    until:   2027-03-01

  # the last one
  -
    account: bob@contoso.com
    reason: a long one
      on two lines
    owner: Lee Park
    until: 2026-03-01
# the end
`;

function withText(text: string, proposed: readonly ProposedFile[] = []) {
  return removeExpiredExemptions(aTenant({ exemptionsText: text, proposed }));
}

test('what has expired goes, with its own comments; every other line stays as it was written', () => {
  const { expired, files } = withText(byHand);
  expect(expired.map(({ account }) => account)).toEqual(['ana@contoso.com', 'bob@contoso.com']);
  expect(files).toEqual([
    [
      path,
      `# yaml-language-server: $schema=policy/schemas/exemptions.schema.json
# Who is left alone.

exemptions:
  # the labs, all of them

  - account: "*@labs.contoso.com"   # aligned
    reason:  'they test'            # aligned, too
    owner:   Lab team
    until:   2027-03-01

# the end
`,
    ],
  ]);
});

test('an exemption holds through its last day', () => {
  const text = byHand.replace('until: 2026-12-06', 'until: 2026-12-07');
  expect(withText(text).expired.map(({ account }) => account)).toEqual(['bob@contoso.com']);
});

test('nothing has expired, nothing is written', () => {
  expect(withText('exemptions: []\n')).toEqual({ expired: [], files: [] });
  const text = byHand.replaceAll(/until: 2026\S+/g, 'until: 2027-01-01');
  expect(withText(text)).toEqual({ expired: [], files: [] });
});

test('when the last one goes, an empty list is left', () => {
  const text =
    'exemptions: # who is left alone\n  - { account: ana@x.com, reason: leave, owner: Lee, until: 2026-01-01 }\n';
  expect(withText(text).files).toEqual([[path, 'exemptions: [] # who is left alone\n']]);
});

test('an entry of another stack is left to that stack’s audit', () => {
  const entry = (stack: string) =>
    `  - account: ana@x.com\n    stack: ${stack}\n    reason: leave\n    owner: Lee\n    until: 2026-01-01\n`;
  const text = `exemptions:\n${entry('fabrikam')}${entry('contoso')}`;
  expect(withText(text).files).toEqual([[path, `exemptions:\n${entry('fabrikam')}`]]);
});

test('a list in brackets is edited, too', () => {
  const entry = (account: string, until: string) =>
    `{ account: ${account}, reason: leave, owner: Lee, until: ${until} }`;
  const text = `# why\nexemptions: [${entry('ana@x.com', '2026-01-01')}, ${entry('bob@x.com', '2027-01-01')}]\n`;
  const { files } = withText(text);
  expect(files[0]?.[1]).toMatch(/^# why\nexemptions:/);
  expect(withText(files[0]?.[1] ?? '')).toEqual({ expired: [], files: [] });
  expect(files[0]?.[1]).toContain('bob@x.com');
  expect(files[0]?.[1]).not.toContain('ana@x.com');
});

test('Windows line ends stay', () => {
  const [file] = withText(byHand.replaceAll('\n', '\r\n')).files;
  expect(file?.[1]).toBe(withText(byHand).files[0]?.[1]?.replaceAll('\n', '\r\n'));
});

test('what a reviewer wrote into it on the proposal’s branch is kept', () => {
  const added = `${byHand.replace('# the end\n', '')}  - account: kim@contoso.com
    reason: on a project
    owner: Lee Park
    until: 2027-02-01
`;
  const theirs = aProposedFile({ path, text: added, touchedByPerson: true });
  const [file] = withText(byHand, [theirs]).files;
  expect(file?.[1]).toContain('kim@contoso.com');
  expect(file?.[1]).not.toContain('bob@contoso.com');
});

test('what a reviewer wrote and cannot be read yet is left alone', () => {
  const theirs = aProposedFile({ path, text: 'exemptions:\n  - account: kim', touchedByPerson: true });
  expect(withText(byHand, [theirs])).toEqual({ expired: [], files: [] });
});

test('a repository without exemptions.yaml has none that expired', () => {
  expect(removeExpiredExemptions({ ...aTenant(), exemptionsFile: null })).toEqual({ expired: [], files: [] });
});

test('thousands of entries take no longer than they have to', () => {
  const entry = '  - account: ana@contoso.com\n    reason: leave\n    owner: Lee\n    until: 2026-01-01\n';
  const take = () => expect(withText(`exemptions:\n${entry.repeat(1000)}`).expired).toHaveLength(1000);
  expect(measureCost(take)).toBeLessThan(10_000);
});
