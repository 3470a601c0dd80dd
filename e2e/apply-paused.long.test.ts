import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { aLabelledGitHub } from '../stacks/labelled-pull.fixture.ts';
import { applyStack } from '../stacks/run-stack.ts';
import { findAppliedRecord } from '../stacks/signing-record-state.ts';
import { today as emulated } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { setPause } from './apply-paused.fixture.ts';
import { killAtStep } from './kill-apply.fixture.ts';
import { aMergedRepository, listOutcomes, stack } from './merged-repository.fixture.ts';
import { createPlainPulumi, setAuditedLastWeek, setAuditedToday, today } from './plain-pulumi.fixture.ts';

test('a run that was killed before a pause is finished after it, and nothing of it is taken meanwhile', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('disable', ['ana', 'bo']);
  await killAtStep(repository, 2);
  const before = repository.writes();
  await setPause(repository, { until: emulated, reason: 'A freeze' });
  const paused = await repository.apply();
  expect(repository.writes()).toEqual(before);
  expect(paused).toMatchObject({ limited: null, stop: { kind: 'paused' } });
  expect(Object.values(listOutcomes(paused, repository)).flat()).toContain('waits: stop');
  await setPause(repository, undefined);
  await repository.apply();
  for (const kind of ['ana', 'bo'])
    expect(repository.emulator.getState(kind)).toMatchObject({
      ...{ accountEnabled: false, mailbox: { type: 'SharedMailbox' } },
    });
});

test('plain `pulumi up` takes nothing in a pause, sends no mail, ends well and is not noted; after it all is made up for', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  await repository.merge('notify', ['ana', 'bo'], setAuditedLastWeek);
  await repository.merge('review', ['ana'], setAuditedToday);
  const pulumi = await createPlainPulumi(repository, dirname(process.execPath));
  await setPause(repository, { until: today, reason: 'A freeze' });
  await pulumi.run(['stack', 'init', stack]);
  const { stdout } = await pulumi.run(['up', '--yes', '--stack', stack]);
  expect(stdout).toContain('Nothing is taken now: paused until');
  expect(repository.writes()).toEqual([]);
  const { stdout: state } = await pulumi.run(['stack', 'export', '--stack', stack]);
  expect(findAppliedRecord(JSON.parse(state).deployment.resources)).toMatchObject({ commit: null });
  await setPause(repository, undefined);
  const options = { ...(await repository.buildOptions()), today, backendUrl: pulumi.backendUrl };
  expect((await applyStack(options)).mails.length).toBeGreaterThan(0);
});

test('a run that a stop held back leaves the issue of the apply open; the next one that goes through closes it', async () => {
  const repository = await aMergedRepository(['ana', 'bo']);
  const github = await aLabelledGitHub();
  const issues = () => github.standIn.state.issues.map(({ title, state }) => `${title}: ${state}`);
  const apply = async () => {
    const args = ['apply', stack, '--repo', repository.folder, '--today', emulated];
    const env = { ...repository.environment, ...github.environment, GITHUB_ACTIONS: undefined };
    return (await execa(process.execPath, [dormant, ...args], { env, reject: false })).exitCode;
  };
  await repository.merge('disable', ['ana']);
  const ana = `/users/${repository.emulator.getState('ana').id}`;
  const fault = repository.emulator.faults.add({ kind: 'status', status: 400, path: `${ana}$`, method: 'PATCH' });
  expect(await apply()).toBe(1);
  expect(issues()).toEqual(['The apply of contoso needs a person: open']);

  repository.emulator.faults.remove(fault);
  await setPause(repository, { until: emulated, reason: 'A freeze' });
  expect(await apply()).toBe(0);
  expect(issues()).toEqual(['The apply of contoso needs a person: open']);
  await setPause(repository, undefined);
  expect(await apply()).toBe(0);
  expect(issues()).toEqual(['The apply of contoso needs a person: closed']);
  expect(repository.emulator.getState('ana').accountEnabled).toBe(false);
});

const dormant = join(import.meta.dirname, '../cli/dormant.ts');
