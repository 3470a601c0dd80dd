import { expect, test } from 'vitest';
import { updateCodeOwners } from './code-owners.ts';

const owners = { reviewers: ['@contoso/it', '@contoso/hr'], admins: ['@contoso/admins'] };

const block = `# >>> contoso: written by \`dormant init\`, edit outside of these two marks
/stacks/contoso/ @contoso/it @contoso/hr
/stacks/contoso/tenant.yaml @contoso/admins
/stacks/contoso/give-back/ @contoso/it @contoso/hr
# <<< contoso
`;

test('the account files belong to the reviewers, the settings to the admins: the last match wins', () => {
  expect(updateCodeOwners('', 'contoso', owners)).toBe(block);
});

test('who may give back is named before the reviewers, who may, too', () => {
  const text = updateCodeOwners('', 'contoso', { ...owners, giveBackOwners: ['@contoso/helpdesk-leads'] });
  expect(text).toContain('\n/stacks/contoso/give-back/ @contoso/helpdesk-leads @contoso/it @contoso/hr\n');
});

test('what others wrote stays, byte for byte', () => {
  const before = '* @contoso/everybody   # all\n\n/docs/ @jo';
  expect(updateCodeOwners(before, 'contoso', owners)).toBe(`${before}\n\n${block}`);
});

test('a second run replaces its own block only, where it stands', () => {
  const before = `# top\n\n${block}\n/docs/ @jo\n`;
  const after = updateCodeOwners(before, 'contoso', { ...owners, reviewers: ['@new'] });
  expect(after).toBe(before.replaceAll('@contoso/it @contoso/hr', '@new'));
  expect(updateCodeOwners(after, 'contoso', owners)).toBe(before);
});

test('two stacks have a block each', () => {
  const both = updateCodeOwners(updateCodeOwners('', 'contoso', owners), 'fabrikam', owners);
  expect(both).toBe(
    `${block}\n${block.replaceAll('contoso:', 'fabrikam:').replaceAll('<<< contoso', '<<< fabrikam').replaceAll('/contoso/ ', '/fabrikam/ ').replaceAll('stacks/contoso/', 'stacks/fabrikam/')}`,
  );
});
