import { expect, test } from 'vitest';
import { listStrayFiles } from './stray-files.ts';

const stack = 'stacks/contoso';
const stray = (...paths: string[]) => listStrayFiles([`${stack}/tenant.yaml`, ...paths]).map(({ path }) => path);

test('all files of a stack are read, and those of code are no stack’s', () => {
  expect(
    stray(
      ...['accounts/ana.yaml', 'accounts/.gitkeep', 'archive/bo.yaml', 'archive/.gitkeep'].map(
        (at) => `${stack}/${at}`,
      ),
      ...[`${stack}/escalations.yaml`, `${stack}/README.md`, 'stacks/index.ts', 'stacks/account/apply-account.ts'],
      ...['policy/policy.yaml', 'docs/notes.yaml'],
    ),
  ).toEqual([]);
});

test.each([
  `${stack}/accounts/old/ana.yaml`,
  `${stack}/Accounts/ana.yaml`,
  `${stack}/ARCHIVE/ana.yaml`,
  `${stack}/archive/ana.yml`,
  `${stack}/archive/ana.txt`,
  `${stack}/tenant.yml`,
  `${stack}/Escalations.yaml`,
  `${stack}/ana.yaml`,
  `${stack}/.hidden/ana.yaml`,
  'Stacks/contoso/accounts/ana.yaml',
  'stacks/Contoso/accounts/ana.yaml',
  'stacks/fabrikam/accounts/ana.yaml',
  'stacks/fabrikam/Tenant.yaml',
])('nothing reads %s', (path) => {
  expect(stray(path)).toEqual([path]);
});

test('two stacks whose names differ in case only are one folder on some disks', () => {
  expect(stray('stacks/Contoso/tenant.yaml')).toEqual([`${stack}/tenant.yaml`]);
});
