// Each runbook is followed on a bad day of its own, command by command, to the end that it promises.
import { test } from 'vitest';
import { makeGh } from './guides/gh.fixture.ts';
import { type GuideLines, runGuide } from './guides/guide-lines.fixture.ts';
import { type GuidedMachine, useGuidedMachine } from './guides/guided-machine.fixture.ts';
import {
  afterRedAudit,
  leakedAppKey,
  leftAfterAll,
  lostState,
  managerComplains,
  microsoftDown,
  ownerLeft,
  redAudit,
  wrongWave,
} from './guides/lists/runbooks.fixture.ts';
import { runAll, startTeam } from './guides/team.fixture.ts';

let machine: GuidedMachine;

useGuidedMachine((there) => {
  machine = there;
});

/** In one repository, one after the other. Returns how to go on in it. */
async function follow(...runbooks: readonly GuideLines[]): Promise<(command: string) => Promise<void>> {
  const reader = await machine.start(await makeGh());
  await startTeam(reader);
  for (const list of runbooks) await runGuide(reader, list);
  return (command) => runAll(reader, [command]);
}

test('the wrong wave gives back, a manager is answered, and who left after all is proposed again', async () => {
  await follow(wrongWave, managerComplains, leftAfterAll);
});

test('Microsoft is down in the middle of an apply, and after that the state is gone: nothing is taken twice, nor left', async () => {
  await follow(microsoftDown, lostState);
});

test('after weeks of red audits nothing old is merged, and the next audit renews it', async () => {
  const goOn = await follow(redAudit);
  await goOn(afterRedAudit);
});

test('a leaked key of the App is replaced, and whoever ran this is replaced, too', async () => {
  await follow(leakedAppKey, ownerLeft);
});
