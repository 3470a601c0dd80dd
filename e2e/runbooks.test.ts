// The end that docs/guides/runbooks/microsoft-down.md promises, by the engine itself; all pages are followed in runbooks.long.test.ts.
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { readLog } from './apply-log.fixture.ts';
import { aMergedRepository, listOutcomes } from './merged-repository.fixture.ts';

const program = new URL('../cli/dormant.ts', import.meta.url).pathname;

test('Microsoft is down in the middle of an apply: dormant why tells what failed, and the second run does only what is missing', async () => {
  const repository = await aMergedRepository(['ana', 'bo', 'cy']);
  const { emulator, folder, environment } = repository;
  await repository.merge('disable', ['ana', 'bo', 'cy']);
  const path = `/users/(${['bo', 'cy'].map((kind) => emulator.getState(kind).id).join('|')})$`;
  const id = emulator.faults.add({ kind: 'status', status: 503, retryAfter: 0, method: 'PATCH', path });
  expect(listOutcomes(await repository.apply(), repository)).toEqual({
    ana: ['sign-in-blocked', 'sessions-revoked', 'mailbox-shared'],
    bo: ['failed: request-failed'],
    cy: ['failed: request-failed'],
  });
  const env = { ...process.env, ...environment, GITHUB_TOKEN: '', NO_COLOR: '1' };
  const why = (kind: string) =>
    execa(process.execPath, [program, 'why', `${kind}@contoso.com`, '--repo', folder], { env });
  const page = (await why('bo')).stdout.replaceAll(/\s+/g, ' ');
  expect(page).toMatch(/done \d{4}-\d\d-\d\d [\d:]{8}Z sign-in blocked: failed, .*503/);
  expect(page).toContain('something is left to do: refused, failed or waiting');
  expect(page).toContain('npx dormant apply contoso');

  emulator.faults.remove(id);
  await repository.apply();
  for (const kind of ['ana', 'bo', 'cy']) expect(emulator.getState(kind)).toMatchObject({ accountEnabled: false });
  const blocks = (await readLog(repository)).filter(
    (line) => 'step' in line && line.step === 'sign-in-blocked' && line.what === 'done',
  );
  expect(blocks).toHaveLength(3);
  expect((await why('bo')).stdout).toMatch(/sign-in blocked [0-9a-f-]{36}/);
});
