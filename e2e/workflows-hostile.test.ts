import { expect, it } from 'vitest';
import { anaPath, checked, renderAna, useHostileWorld } from './workflows-hostile.fixture.ts';

useHostileWorld();

it('a person’s file alone passes', async () => {
  const { conclusion, log, status } = await checked({ [anaPath]: renderAna() });
  expect(log).toContain('contoso: no problems.');
  expect([conclusion, status]).toEqual(['success', 'success']);
});

const mixed =
  'changes together with account files; code, workflows, schemas and policy need a pull request of their own';

it('code, a workflow, a schema and the policy stop a person’s file that they come with, by code that is on main', async () => {
  const others = {
    'cli/dormant.ts': 'process.exit(0);\n',
    '.github/workflows/review.yml': 'on: push\njobs: {}\n',
    'policy/schemas/account.schema.json': '{}\n',
    'policy/policy.yaml': 'inactiveAfterDays: 1\n',
  };
  const { conclusion, log, status } = await checked({
    [anaPath]: renderAna({ jobTitle: 'Chief Executive Officer' }),
    ...others,
  });
  expect([conclusion, status]).toEqual(['failure', 'failure']);
  for (const path of Object.keys(others)) expect(log).toContain(`${path}:1:1: ${mixed}`);
});
