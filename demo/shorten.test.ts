import { expect, test } from 'vitest';
import { parseRows, shortenLists } from './shorten.ts';

const output = `delicensed: 12
  ana@contoso.com SPE_E3
  bo@contoso.com SPE_E3
  cy@contoso.com SPE_E3
  dee@contoso.com EMS; stays: SPE_E3 (its OneDrive holds files)
  … and 8 more
  12.1 GB of files in the OneDrives of 4 people lose their licence.
given back: 1
  eve@contoso.com SPE_E3, sign-in`;

test('a list is cut to its first entries, and what is said of all of them stays', () => {
  expect(shortenLists(output, []).trimEnd()).toBe(`delicensed: 12
  ana@contoso.com SPE_E3
  bo@contoso.com SPE_E3
  cy@contoso.com SPE_E3
  … and 9 more
  12.1 GB of files in the OneDrives of 4 people lose their licence.
given back: 1
  eve@contoso.com SPE_E3, sign-in`);
});

test('who is asked for is named instead of the first', () => {
  expect(shortenLists(output, ['dee@contoso.com'])).toContain(
    'delicensed: 12\n  dee@contoso.com EMS; stays: SPE_E3 (its OneDrive holds files)\n  … and 11 more\n',
  );
});

test('the row of a table is a list of what its columns say', () => {
  const table = `| Person | Department, manager | What happens next |
| --- | --- | --- |
| **Ana**<br>\`ana@contoso.com\` | Sales<br>Lee | SPE_E3 removed<br>• OneDrive of 3 GB |`;
  expect(parseRows(table)).toEqual([
    '- **Ana**, `ana@contoso.com`\n  - Department, manager: Sales, Lee\n  - What happens next: SPE_E3 removed; OneDrive of 3 GB',
  ]);
});
