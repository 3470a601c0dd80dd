import pulumi from '@pulumi/pulumi';
import { expect, test, vi } from 'vitest';
import { completeConfig, mockTenant } from './tenant.fixture.ts';

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

test('what is wrong with the configuration is said in words, not by a stack', async () => {
  vi.resetModules();
  await mockTenant();
  pulumi.runtime.setAllConfig({ 'dormant-bootstrap:repository': 'contoso' });
  const refusal = await import('./index.ts').catch((error: unknown) => error);
  expect(pulumi.RunError.isInstance(refusal)).toBe(true);
  expect(String(refusal)).toMatch(/repository: found "contoso"[\s\S]*pulumi -C bootstrap config set/);
});
