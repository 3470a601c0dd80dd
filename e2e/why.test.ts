import { execa } from 'execa';
import { expect, test } from 'vitest';
import { readLog } from './apply-log.fixture.ts';
import { aMergedRepository, type MergedRepository, stack } from './merged-repository.fixture.ts';

const program = new URL('../cli/dormant.ts', import.meta.url).pathname;

function askWhy({ folder, environment }: MergedRepository, ...args: string[]) {
  const env = { ...process.env, ...environment, GITHUB_TOKEN: '', NO_COLOR: '1' };
  return execa(process.execPath, [program, 'why', ...args, '--repo', folder], { env, reject: false });
}

test('after an apply the page has each step with Microsoft’s request id, what the state knows, and how it is given back', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('disable', ['ana', 'bo']);
  await repository.apply();
  await repository.merge('delicense', ['ana']);
  await repository.apply();
  const { stdout, exitCode } = await askWhy(repository, 'ana@contoso.com');
  expect(exitCode).toBe(0);
  const done = (await readLog(repository)).flatMap((line) =>
    'receipt' in line && line.account?.userPrincipalName === 'ana@contoso.com' ? (line.receipt?.requestId ?? []) : [],
  );
  expect(done.length).toBeGreaterThan(3);
  for (const id of done) expect(stdout).toContain(id);
  expect(stdout.split('\n').length).toBeLessThan(40);
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(
    'by the apply’s state taken are sign-in, their own mailbox and SPE_E3',
  );
  const asked = await askWhy(repository, stack, 'bo@contoso.com', '--json');
  expect(JSON.parse(asked.stdout)).toMatchObject({
    place: 'disable',
    state: { taken: ['sign-in', 'their own mailbox'], isSettled: true, isBegun: false },
  });
  expect((await askWhy(repository, 'bo@contoso.co')).stderr).toContain('Did you mean Bo Silent (bo@contoso.com)');
});
