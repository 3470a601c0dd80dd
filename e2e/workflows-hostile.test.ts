import { expect, it } from 'vitest';
import { anaPath, checked, inAccounts, renderAna, useHostileWorld } from './workflows-hostile.fixture.ts';

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

it('a protected account that is smuggled in is named with what protects it, and not in the log', async () => {
  const { conclusion, log, problems } = await checked({
    [anaPath]: renderAna({ jobTitle: 'Chief Executive Officer' }),
  });
  expect(conclusion).toBe('failure');
  expect(problems).toContain('stage: notify is not allowed for a protected account');
  expect(problems).toContain(`\`${anaPath}\`, line`);
  expect(log).toMatch(
    /^::error title=protected-account::The stage goes forward for an account that policy.yaml protects/m,
  );
  expect(log).not.toMatch(/@contoso/);
});

it('a link out of the repository is not followed, 50 MB are not read, and what commands write has no place', async () => {
  const files = {
    [inAccounts('huge')]: `# ${'x'.repeat(50 * 1024 * 1024)}\n`,
    'out/.engine/contoso/Pulumi.contoso.yaml': 'config: {}\n',
  };
  const links = { [inAccounts('link')]: '../../../../../../etc/passwd' };
  const { conclusion, problems } = await checked(files, { links });
  expect(conclusion).toBe('failure');
  const refused = {
    [inAccounts('huge')]: 'is larger than 1024 kB, which nothing in this repository needs to be',
    [inAccounts('link')]: 'is a link or a submodule; only plain files are allowed',
    'out/.engine/contoso/Pulumi.contoso.yaml': 'lies where commands write; take it out',
  };
  for (const [path, why] of Object.entries(refused))
    expect(problems).toContain(`\`${path}\`, line 1, column 1: ${why}`);
});
