import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { applyStack } from '../stacks/run-stack.ts';
import { aMergedRepository, stack } from './merged-repository.fixture.ts';
import { createPlainPulumi, setAuditedLastWeek, setAuditedToday, today } from './plain-pulumi.fixture.ts';

test('plain `pulumi preview` runs this repository’s project on the same state as `dormant apply`', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  const older = await repository.merge('notify', ['ana'], setAuditedLastWeek);
  await repository.merge('review', ['ana'], setAuditedToday);
  const pulumi = await createPlainPulumi(repository, dirname(process.execPath));
  await pulumi.run(['stack', 'init', stack]);
  const { stdout } = await pulumi.run(['preview', '--stack', stack]);
  expect(stdout).toMatch(/\+ {2}m365:index:Account ana@contoso.com create/);
  expect(repository.writes()).toEqual([]);

  const options = await repository.buildOptions();
  await applyStack({ ...options, today, backendUrl: pulumi.backendUrl });
  const after = await pulumi.run(['preview', '--stack', stack]);
  expect(after.stdout).toMatch(/Resources:\s+4 unchanged/);
  // It would change every working tree for a setting that nothing reads.
  expect(existsSync(join(import.meta.dirname, '..', `Pulumi.${stack}.yaml`))).toBe(false);

  // It asks for main's tip, too, and for what was applied.
  await execa('git', ['-C', repository.folder, 'reset', '--quiet', '--hard', older]);
  const behind = await pulumi.run(['preview', '--stack', stack], { reject: false });
  expect(behind.exitCode).not.toBe(0);
  expect(behind.stdout).toContain(`DORMANT_REWOUND_TO=${older.slice(0, 7)}`);
  const more = { DORMANT_REWOUND_TO: older.slice(0, 7) };
  expect((await pulumi.run(['preview', '--stack', stack], { more })).exitCode).toBe(0);
});
