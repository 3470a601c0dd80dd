import { expect, test } from 'vitest';
import { findPeopleFolder, quotesPeople, redactNames } from './redact-names.ts';

const id = '1f0c2b3a-0000-4000-8000-00000000000a';

test.each([
  ['no account 1f (ana.reyes@contoso.com), try again', 'no account 1f ((an address)), try again'],
  ['"o\'neil@contoso.co.uk" is exempt', '"(an address)" is exempt'],
  ["'ana@contoso.com' is exempt", "'(an address)' is exempt"],
  ['stacks/contoso/accounts/ana@contoso.com.yaml is gone', 'stacks/contoso/accounts/(a file) is gone'],
  [
    'is also in stacks/contoso/archive/Ana Reyes.yaml; one goes',
    'is also in stacks/contoso/archive/(a file); one goes',
  ],
  ['stacks/contoso/accounts/ana/x.txt: is read by nothing', 'stacks/contoso/accounts/(a file): is read by nothing'],
  ['files of stacks/contoso/accounts/ and', 'files of stacks/contoso/accounts/ and'],
  ['stacks/contoso/accounts/a@b.com.yaml:3:1: stage: found "Ana"', 'stacks/contoso/accounts/(a file):3:1'],
  ['exemptions.yaml:3: owner: found "Ana"', 'exemptions.yaml:3'],
  ['policy/policy.yaml:3:1: found "x"', 'policy/policy.yaml:3:1: found "x"'],
  ['jörg_x.com#EXT#@contoso.onmicrosoft.com', '(an address)'],
  [`GET /users/${id}/manager and user ${id}`, 'GET /users/(an id)/manager and user (an id)'],
  [`Resource '${id}' does not exist`, "Resource '(an id)' does not exist"],
  [`request-id ${id}, tenant ${id}`, `request-id ${id}, tenant ${id}`],
  ['npm install vitest@5.1', 'npm install vitest@5.1'],
])('%s: no log names anybody', (text, logged) => {
  expect(redactNames(text)).toBe(logged);
});

test.each([
  ['stacks/contoso/accounts/ana.reyes@contoso.com.yaml', 'stacks/contoso/accounts/', true],
  ['stacks/contoso/archive/a/b.txt', 'stacks/contoso/archive/', true],
  ['stacks/contoso/ana.yaml', 'stacks/contoso/', true],
  ['stacks/contoso/tenant.yaml', null, false],
  ['stacks/contoso/escalations.yaml', null, true],
  ['exemptions.yaml', null, true],
  ['policy/policy.yaml', null, false],
])('of %s a log has the folder %s, and no value: %s', (path, folder, quotes) => {
  expect([findPeopleFolder(path), quotesPeople(path)]).toEqual([folder, quotes]);
});
