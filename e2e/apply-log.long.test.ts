import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { readLog } from './apply-log.fixture.ts';
import { aMergedRepository, stack } from './merged-repository.fixture.ts';

test('a state that goes away in the middle leaves a list of who was changed by then', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('disable', ['ana', 'bo']);
  const { emulator, environment, folder } = repository;
  const block = { path: '/InvokeCommand$', identity: 'apply', kind: 'hold' as const, count: 1 };
  const id = emulator.faults.add({ ...block, afterwards: true });
  const apply = execa(process.execPath, [dormant, 'apply', stack, '--repo', folder, '--today', today], {
    env: { ...environment, GITHUB_ACTIONS: undefined, GITHUB_TOKEN: undefined },
    reject: false,
  });
  while (emulator.faults.list().every((fault) => fault.held === 0)) await pause(20);
  const state = join(folder, 'out', stack, 'state', '.pulumi');
  await rm(state, { recursive: true, force: true });
  await writeFile(state, 'not a folder');
  emulator.faults.remove(id);
  const { exitCode, stdout, stderr } = await apply;
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 1 });
  expect(stdout).toMatch(/stopped/);
  expect(stdout).toMatch(/blocked: 2\n {2}(ana|bo)@contoso.com/);
  const record = JSON.parse(await readFile(join(folder, 'out', stack, 'apply.json'), 'utf8'));
  expect(record.stopped).toEqual(expect.any(String));
  expect(
    record.accounts.map(({ account }: { account: { userPrincipalName: string } }) => account.userPrincipalName),
  ).toEqual(['ana@contoso.com', 'bo@contoso.com']);
  expect((await readLog(repository)).at(-1)).toMatchObject({ what: 'ended', how: expect.any(String) });
});

const dormant = join(import.meta.dirname, '../cli/dormant.ts');
