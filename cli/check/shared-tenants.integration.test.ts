import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { aPerson } from '../../audit/report/person.fixture.ts';
import { aStack } from '../accounts/stack.fixture.ts';
import { checkSharedTenants } from './shared-tenants.ts';

test('a stack whose tenant another stack has is a problem of both, and each names the other', async () => {
  const stack = await aStack([aPerson()]);
  onTestFinished(() => stack.remove());
  expect(await checkSharedTenants(stack.root)).toEqual([]);
  const { text } = (await stack.files()).tenant;
  await mkdir(join(stack.root, 'stacks/contoso-2'), { recursive: true });
  const upper = text.replace(/^tenantId: .*$/m, (line) => line.toUpperCase().replace('TENANTID', 'tenantId'));
  await writeFile(join(stack.root, 'stacks/contoso-2/tenant.yaml'), upper);
  expect(await checkSharedTenants(stack.root)).toMatchObject([
    {
      path: 'stacks/contoso/tenant.yaml',
      code: 'shared-tenant',
      message: expect.stringContaining('of contoso-2, too'),
    },
    { path: 'stacks/contoso-2/tenant.yaml', line: 1, message: expect.stringContaining('of contoso, too') },
  ]);
  await writeFile(join(stack.root, 'stacks/contoso-2/tenant.yaml'), 'tenantId: [');
  expect(await checkSharedTenants(stack.root)).toEqual([]);
});
