import { expect, test } from 'vitest';
import { idOf } from '../../policy/account.fixture.ts';
import { foldId } from '../../policy/identifiers.ts';
import { aPolicy } from '../../policy/policy.fixture.ts';
import type { Addressee } from '../tenant/apply-reader.ts';
import { chooseRecipient, type RecipientRules } from './recipient.ts';

const lee: Addressee = {
  id: idOf('lee.park@contoso.com'),
  mail: 'lee.park@contoso.com',
  accountEnabled: true,
  userType: 'member',
  accountKind: 'person',
};
const manager = { displayName: 'Lee Park', mail: 'lee.park@contoso.com' };
const rules: RecipientRules = { notifications: aPolicy().notifications, planned: new Set() };

test('the manager is written to', () => {
  expect(chooseRecipient({ manager }, lee, rules)).toEqual({
    address: 'lee.park@contoso.com',
    because: null,
  });
});

test.each<[string, string, Parameters<typeof chooseRecipient>]>([
  ['there is none', 'no manager', [{ manager: null }, null, rules]],
  ['they are gone', 'not one account of this tenant', [{ manager }, null, rules]],
  ['they are disabled', 'is disabled', [{ manager }, { ...lee, accountEnabled: false }, rules]],
  ['they are a guest', 'is a guest', [{ manager }, { ...lee, userType: 'guest' }, rules]],
  [
    'they are of another company',
    'is a member of another company',
    [{ manager }, { ...lee, accountKind: 'external' }, rules],
  ],
  ['they are software', 'is software', [{ manager }, { ...lee, accountKind: 'agent' }, rules]],
  [
    'their mail is outside of the internal domains',
    'outside of the internal domains',
    [{ manager: { ...manager, mail: 'lee@fabrikam.com' } }, { ...lee, mail: 'lee@fabrikam.com' }, rules],
  ],
  [
    'their domain only starts like an internal one',
    'outside of the internal domains',
    [{ manager: { ...manager, mail: 'lee@contoso.com.evil.example' } }, lee, rules],
  ],
  [
    'their address is more than one',
    'no valid mail address',
    [{ manager: { ...manager, mail: 'lee@contoso.com, all@contoso.com' } }, lee, rules],
  ],
  [
    'their address goes on in a header',
    'no valid mail address',
    [{ manager: { ...manager, mail: 'lee@contoso.com\r\nBcc: all@contoso.com' } }, lee, rules],
  ],
  [
    'they are in the plan themselves',
    'is in the plan, too',
    [{ manager }, lee, { ...rules, planned: new Set([foldId(lee.id)]) }],
  ],
])('the fallback contact is written to when %s, with the reason', (_, because, [notice, found, given]) => {
  const recipient = chooseRecipient(notice, found, given);
  expect(recipient.address).toBe('it-lifecycle@contoso.com');
  expect(recipient.because).toContain(because);
  expect(recipient.because).not.toMatch(/[\r\n]/);
});
