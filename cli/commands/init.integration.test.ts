import { CLOUD_NAMES, type CloudName, type Switches } from '@dormant-m365/emulator';
import { Command } from 'commander';
import { expect, onTestFinished, test, vi } from 'vitest';
import { anEmulator } from '../../graph/emulator.fixture.ts';
import { loadStack } from '../../policy/files/stack-files.ts';
import { openWorkingTree } from '../../stacks/working-tree.ts';
import { aRepository } from '../init/repository.fixture.ts';
import { createInitCommand } from './init.ts';

/** `dormant init` in a new repository, signed in to a tenant of that cloud. */
async function initIn(cloud: CloudName, switches: Partial<Switches>, env: Record<string, string> = {}) {
  const repository = await aRepository();
  const { tenant, envOf } = await anEmulator({ cloud, users: 0, people: [{}], switches });
  for (const [name, value] of Object.entries({ ...envOf('audit'), ...env })) vi.stubEnv(name, value);
  let printed = '';
  vi.spyOn(console, 'log').mockImplementation((text) => {
    printed += `${text}\n`;
  });
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
    await repository.remove();
  });
  const flags = {
    '--tenant-id': tenant.tenantId,
    '--cloud': tenant.cloud,
    '--audit-client-id': tenant.audit.clientId,
    '--apply-client-id': tenant.apply.clientId,
    '--sender': 'it@contoso.com',
    '--reviewers': '@contoso/it',
  };
  await new Command('dormant')
    .option('--repo <folder>', '', repository.root)
    .option('--json', '', false)
    .option('--verbose', '', false)
    .addCommand(createInitCommand())
    .parseAsync(['init', 'contoso', ...Object.entries(flags).flat()], { from: 'user' });
  const { policy, tenant: written } = await loadStack(openWorkingTree(repository.root), 'contoso');
  return {
    reportNames: written.value.reportNames,
    signIns: policy.value.signIns,
    text: await repository.read('policy/policy.yaml'),
    printed,
  };
}

test.each(CLOUD_NAMES)('in %s a tenant without Entra ID P1 gets a policy that does without sign-ins', async (cloud) => {
  const { signIns, text, printed } = await initIn(cloud, { premium: false });
  expect(signIns).toBe('optional');
  expect(text).toContain('# without Entra ID P1 nobody can read sign-ins (stack contoso)');
  expect(printed).toContain('policy/policy.yaml now says `signIns: optional`');
});

test.each([
  ['concealed', true],
  ['shown', false],
] as const)('a tenant whose usage reports have names %s gets a tenant.yaml that says so', async (word, isConcealed) => {
  const { reportNames, printed } = await initIn('global', { displayConcealedNames: isConcealed });
  expect(reportNames).toBe(word);
  expect(printed).not.toContain('usage reports');
});

test('without a sign-in tenant.yaml says concealed, and the terminal why', async () => {
  const { reportNames, printed } = await initIn(
    'global',
    { displayConcealedNames: false },
    { AZURE_CLIENT_SECRET: 'no' },
  );
  expect(reportNames).toBe('concealed');
  expect(printed).toContain('stacks/contoso/tenant.yaml says `reportNames: concealed`, so every audit ends that way.');
});

test.each(CLOUD_NAMES)('in %s a tenant that shows nobody’s sign-ins gets one, too', async (cloud) => {
  const { signIns, text } = await initIn(cloud, { signInsShownOf: 'nobody' });
  expect(signIns).toBe('optional');
  expect(text).toContain('# Microsoft answers without the sign-ins of anybody');
});

test.each(CLOUD_NAMES)(
  'in %s a tenant whose sign-ins can be read keeps the policy that requires them',
  async (cloud) => {
    const { signIns, printed } = await initIn(cloud, {});
    expect(signIns).toBe('required');
    expect(printed).not.toContain('sign-ins');
  },
);

test('where nobody is signed in the policy stays, and the person is told who tells', async () => {
  const { signIns, printed } = await initIn('usgov', { premium: false }, { AZURE_CLIENT_SECRET: '' });
  expect(signIns).toBe('required');
  expect(printed).toContain('It could not be checked whether sign-ins can be read: run `dormant doctor`.');
});
