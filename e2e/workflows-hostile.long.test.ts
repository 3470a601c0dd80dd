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
