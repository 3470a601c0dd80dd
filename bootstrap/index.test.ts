import pulumi from '@pulumi/pulumi';
import { expect, test } from 'vitest';
import { completeConfig, mockTenant } from './a-tenant.ts';

test('the entry that Pulumi loads reads the stack’s own configuration', async () => {
  const tenant = await mockTenant();
  for (const [key, value] of Object.entries(completeConfig))
    pulumi.runtime.setConfig(`dormant-bootstrap:${key}`, value);
  const outputs = await import('./index.ts');
  await pulumi.runtime.disconnect();
  expect(outputs.tenantId).toBe('the-tenant');
  expect(tenant.of('application').map(({ inputs }) => inputs.displayName)).toEqual([
    'dormant-audit-contoso',
    'dormant-apply-contoso',
  ]);
});
