import { expect, it } from 'vitest';
import {
  anaPath,
  checked,
  inAccounts,
  readTenantYaml,
  renderAna,
  useHostileWorld,
} from './workflows-hostile.fixture.ts';

useHostileWorld();

it('an account that skips the weeks in which people may object is stopped', async () => {
  const { problems } = await checked({ [anaPath]: renderAna({ stage: 'disable' }) });
  expect(problems).toContain('stage: found disable after no file, allowed: notify, keep');
});

it('a stack whose name climbs out of its folder is none', async () => {
  const tenant = await readTenantYaml();
  const { conclusion, log } = await checked({ 'stacks/a..b/tenant.yaml': tenant });
  expect(conclusion).toBe('failure');
  expect(log).toContain(`"a..b" is not a stack's name`);
});

it('a file of anchors that multiply is refused at the first of them', async () => {
  const bomb = Array.from({ length: 9 }, (_, at) =>
    at === 0
      ? 'a0: &a0 [x]'
      : `a${at}: &a${at} [${Array(9)
          .fill(`*a${at - 1}`)
          .join(', ')}]`,
  );
  const { conclusion, problems } = await checked({ [inAccounts('ana')]: `${bomb.join('\n')}\n` });
  expect(conclusion).toBe('failure');
  expect(problems).toContain('line 1, column 9: an anchor is not allowed here; write the value out');
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
