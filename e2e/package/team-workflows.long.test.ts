// A team's repository on GitHub, on this machine: its workflows, with the package that they install, from doctor to apply.
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { aWorld } from '../workflow-run/workflow-world.fixture.ts';
import { type InstalledPackage, makeTeam, useInstalledPackage } from './installed-package.fixture.ts';

let there: InstalledPackage;

useInstalledPackage((installed) => {
  there = installed;
});

test('the workflows of a team’s repository audit, propose, check, preview and apply by the package', async () => {
  const team = await makeTeam(there, 'dormant-contoso');
  await execa('npm', ['ci', '--omit=dev', '--omit=optional', '--prefer-offline', '--no-audit'], { cwd: team });
  const world = await aWorld({ users: 150, stacks: ['contoso'], team });
  try {
    const failures = () =>
      world.jobs.flatMap(({ name, steps }) =>
        steps.filter(({ exitCode }) => exitCode !== 0).map((step) => [`${name}: ${step.name}`, step.log].join('\n')),
      );
    await world.run('audit.yml', { name: 'schedule', payload: {} });
    expect(failures()).toEqual([]);
    const [pull] = world.standIn.state.issues.filter(({ pull }) => pull !== null);
    expect(pull?.pull?.headRef).toBe('dormant/contoso');
    const number = pull?.number ?? 0;
    const started = await world.deliver(await world.buildPullRequestEvent(number));
    // Nothing of it is a new version, so CI has nothing to do.
    expect(started.filter(({ conclusion }) => conclusion !== 'skipped').map(({ name }) => name)).toContain(
      'Ask for the check',
    );
    await world.runDispatched();
    expect(failures()).toEqual([]);
    expect(world.standIn.state.statuses.map(({ context, state }) => [context, state])).toEqual(
      expect.arrayContaining([
        ['dormant/check', 'success'],
        ['preview contoso', 'success'],
      ]),
    );
    const before = await world.readHead();
    await world.reviewer.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { pull_number: number });
    const apply = await world.run('apply.yml', await world.buildPushEvent(before));
    expect(failures()).toEqual([]);
    expect(apply.find(({ name }) => name === 'contoso')?.summary).toMatch(/\*\*\d+\*\* mails? sent/);
    await world.run('doctor.yml', { name: 'workflow_dispatch', payload: {}, inputs: { stack: 'contoso' } });
    expect(world.jobs.map(({ name }) => name).join('\n')).toMatch(/contoso/);
  } finally {
    await world.close();
  }
});
