import { expect, test } from 'vitest';
import { describeLicenseGroup } from './offers.ts';

const group = {
  id: '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e',
  name: 'Licences: office',
  accounts: 12,
  inactive: 3,
  skuPartNumbers: ['SPE_E3', 'VISIOCLIENT'],
};

test('a group is offered with what it gives, and to how many', () => {
  expect(describeLicenseGroup(group)).toBe(
    'Licences: office: SPE_E3 and VISIOCLIENT for 12 accounts, 3 of them inactive',
  );
  expect(describeLicenseGroup({ ...group, name: null, accounts: 1, inactive: 0 })).toMatch(
    /^6f6ad3a2-.* 1 account, 0 /,
  );
});

test.each(['Office\n  - name: Everybody', 'Office\r\u001b[2K\u009b2J', 'Office\u2028\u202etcejbo', '\n\t'])(
  'a group’s name stays on its line, whatever was typed into it: %j',
  (name) => {
    expect(describeLicenseGroup({ ...group, name })).not.toMatch(/[\p{C}\u2028\u2029]/u);
  },
);
