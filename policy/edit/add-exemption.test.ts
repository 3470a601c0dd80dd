import { expect, it } from 'vitest';
import { addExemption, noExemptions, setExemption } from './add-exemption.ts';

const entry = { account: 'ana@contoso.com', reason: 'Parental leave', owner: '@lee', until: '2027-03-31' };
const written = `  - account: ana@contoso.com
    reason: Parental leave
    owner: "@lee"
    until: 2027-03-31
`;

it('an entry stands on lines of its own in a file that had none', () => {
  expect(addExemption({ path: 'exemptions.yaml', text: noExemptions }, entry)).toBe(`exemptions:\n${written}`);
});

it('an entry goes to the end, and the comments and entries before it stay', () => {
  const text = `# Ask HR first.
exemptions:
  # until the board has decided
  - { account: "*@board.contoso.com", reason: Board, owner: the HR team, until: 2026-12-31 }
`;
  expect(addExemption({ path: 'exemptions.yaml', text }, entry)).toBe(`${text}${written}`);
});

it('a file with problems is refused, not overwritten', () => {
  expect(() => addExemption({ path: 'exemptions.yaml', text: 'exemptions: 1\n' }, entry)).toThrow(/exemptions/);
});

it('an entry takes the place of the one about the same account, whose comments stay', () => {
  const present = { account: 'Ana@contoso.com', reason: 'Leave', owner: 'HR', until: '2027-01-31' };
  const text = `exemptions:
  # asked twice
  - { account: Ana@contoso.com, reason: Leave, owner: HR, until: 2027-01-31 } # see HR
  - { account: ana@contoso.com, stack: contoso, reason: Leave, owner: HR, until: 2027-01-31 }
`;
  const { text: after, replaced } = setExemption({ path: 'exemptions.yaml', text }, entry);
  expect(replaced).toEqual(present);
  expect(after).toBe(
    text.replace(/Ana@.*31 }/, 'ana@contoso.com, reason: Parental leave, owner: "@lee", until: 2027-03-31 }'),
  );
  expect(setExemption({ path: 'exemptions.yaml', text: after }, entry)).toEqual({ text: after, replaced: null });
});
