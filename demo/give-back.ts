// Monday, eight o'clock: somebody who was blocked wants to work, and the helpdesk asks why that is, and gives the account back.
import assert from 'node:assert/strict';
import { type Company, stack } from './company.ts';
import { type Character, returnToWork } from './people.ts';
import { printHeading, say } from './print.ts';
import { takeSnapshot } from './proof.ts';
import { apply } from './week.ts';

/** On GitHub the file is a pull request of its own, which the owners of give-back/ approve; here it is merged as it is written. */
export async function giveBackOnMonday(company: Company, who: Character): Promise<void> {
  const { dormant, git } = company;
  printHeading(company, `${who.displayName} cannot sign in, and calls the helpdesk: why?`);
  say(await dormant('why', who.userPrincipalName));
  printHeading(company, 'the helpdesk asks for the account');
  say(
    await dormant('restore', who.userPrincipalName, '--reason', 'back from a sabbatical', '--asked-by', 'Robin Help'),
  );
  await git('add', '--all', `stacks/${stack}`);
  await git('commit', '--quiet', '--message', `Give back ${who.userPrincipalName}`);
  await git('push', '--quiet', 'origin', 'main');
  await apply(company, [who]);
  assert.equal(takeSnapshot(company).get(who.id)?.accountEnabled, true, `${who.displayName} cannot sign in`);
  returnToWork(company, who);
}
