import { expect, test } from 'vitest';
import { mergeList } from './merge-list.ts';

const path = 'exemptions.yaml';
const entry = (account: string, until = '2027-03-01') =>
  `  - { account: ${account}@contoso.com, reason: on leave, owner: HR, until: ${until} }`;
const list = (...entries: string[]) => `exemptions:\n${entries.map((line) => `${line}\n`).join('')}`;
const merge = (base: string | null, branch: string | null, main: string | null) =>
  mergeList('exemptions', { path, base, branch, main });

test('entries that two people added are both there, with the comments of main', () => {
  const { text, undecided } = merge(
    list(entry('zoe')),
    list(entry('zoe'), entry('ana')),
    list(`${entry('zoe')} # until March`, entry('bo')),
  );
  expect(text).toContain('# until March');
  expect([...(text ?? '').matchAll(/account: (\w+)/g)].map(([, name]) => name)).toEqual(['zoe', 'bo', 'ana']);
  expect(undecided).toEqual([]);
});

test('what the branch took out goes, and what main took out stays out', () => {
  const base = list(entry('zoe'), entry('ana'), entry('bo'));
  const { text } = merge(base, list(entry('ana', '2027-05-01'), entry('bo')), list(entry('zoe'), entry('bo')));
  expect([...(text ?? '').matchAll(/account: (\w+)/g)].map(([, name]) => name)).toEqual(['bo']);
});

test('one entry that two people changed differently is quoted; main’s stands, and the rest is merged', () => {
  const { text, undecided } = merge(
    list(entry('zoe')),
    list(entry('zoe', '2027-05-01'), entry('ana')),
    list(entry('zoe', '2027-04-01')),
  );
  expect(text).toContain('2027-04-01');
  expect(text).toContain('ana@contoso.com');
  expect(undecided).toMatchObject([
    { main: expect.stringContaining('2027-04-01'), branch: expect.stringContaining('2027-05-01') },
  ]);
});

test('the same change on both sides is nobody’s question', () => {
  const both = list(entry('zoe', '2027-05-01'));
  expect(merge(list(entry('zoe')), both, both)).toEqual({ text: both, undecided: [] });
});

test('a first list on both sides is merged, too', () => {
  const { text } = merge(null, list(entry('ana')), list(entry('bo')));
  expect(text).toContain('ana@contoso.com');
  expect(text).toContain('bo@contoso.com');
});

test('a list that cannot be read yet stays for its person', () => {
  expect(merge(null, 'exemptions: [', list(entry('bo'))).text).toBe('exemptions: [');
});

test('HR’s list is merged by id', () => {
  const cara = `escalations:
  - id: 6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e
    userPrincipalName: cara.vo@contoso.com
    displayName: Cara Vo
    why: job title
    lastActivity: null
    since: 2026-12-07
`;
  const { text } = mergeList('escalations', {
    path: 'stacks/contoso/escalations.yaml',
    base: cara,
    branch: 'escalations: []\n',
    main: cara.replace(/^/, '# seen by HR\n'),
  });
  expect(text).toBe('# seen by HR\nescalations: []\n');
});
