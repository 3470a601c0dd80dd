import { expect, it } from 'vitest';
import { isPeopleFile } from './people-file.ts';

it.each([
  ['stacks/contoso/accounts/adele@contoso.com.yaml', true],
  ['stacks/contoso/archive/adele@contoso.com.yaml', true],
  ['stacks/contoso/escalations.yaml', true],
  ['exemptions.yaml', true],
  ['stacks/contoso/tenant.yaml', false],
  ['stacks/contoso/accounts/adele.ts', false],
  ['stacks/engine/workspace.ts', false],
  ['policy/policy.yaml', false],
  ['e2e/stacks/contoso/accounts/adele.yaml', false],
])('%s is about people: %s', (path, expected) => {
  expect(isPeopleFile(path)).toBe(expected);
});
