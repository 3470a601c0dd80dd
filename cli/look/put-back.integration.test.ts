import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { signInAtEmbedded } from './embedded.ts';
import { aCompany } from './look.fixture.ts';
import { listKilledLooks, putBackNames } from './put-back.ts';

const program = new URL('../dormant.ts', import.meta.url).pathname;

/** Commands in processes of their own, as the person of a look would start them; the browser is `as`. */
async function aCompanyByCommand(switches = {}) {
  const company = await aCompany({ switches });
  const { emulator, env } = company;
  const start = (words: readonly string[]) =>
    execa(process.execPath, [program, ...words], {
      env: { ...env, NODE_EXTRA_CA_CERTS: emulator.caFile, GITHUB_ACTIONS: '' },
      cwd: env.XDG_STATE_HOME,
      reject: false,
    });
  const look = (...words: string[]) =>
    start(['look', '--cloud', 'emulator', '--as', company.getName('globalAdministrator'), ...words]);
  const isConcealed = () => emulator.tenant.concealment.isSet;
  const lookUntilShown = async () => {
    const running = look('--show-names');
    await expect.poll(isConcealed, { timeout: 300_000 }).toBe(false);
    // Not awaited here: a process is a promise of its end.
    return { ended: running, kill: (signal: 'SIGINT' | 'SIGKILL') => running.kill(signal) };
  };
  const killWhileShown = async () => {
    const { ended, kill } = await lookUntilShown();
    kill('SIGKILL');
    await ended;
  };
  return { ...company, start, isConcealed, lookUntilShown, killWhileShown };
}

test('a look that is killed while names are shown leaves a journal that says who has to sign in, and no token', async () => {
  const { killWhileShown, env, tenant, getName } = await aCompanyByCommand({ concealmentDelaySeconds: 3600 });
  await killWhileShown();
  const journal = await readFile(join(env.XDG_STATE_HOME, 'dormant', 'looks', `${tenant.tenantId}.json`), 'utf8');
  expect(JSON.parse(journal)).toMatchObject({
    displayConcealedNames: true,
    tenantId: tenant.tenantId,
    userPrincipalName: getName('globalAdministrator'),
  });
  expect(journal).not.toMatch(/token|secret|eyJ/i);
  expect(await listKilledLooks(env)).toHaveLength(1);
});

test('where nobody can sign in, the next start of any command says that names are still shown, and how to put it back', async () => {
  const { killWhileShown, start } = await aCompanyByCommand({ concealmentDelaySeconds: 3600 });
  await killWhileShown();
  const { stderr, exitCode } = await start(['stacks']);
  expect(exitCode).toBe(0);
  expect(stderr).toMatch(/was killed while the names in its usage reports were shown\. They still are\./);
  expect(stderr).toMatch(/Run `npx .*dormant conceal` in a terminal/);
});

test('whoever looked signs in once more, and the setting is put back and the journal gone', async () => {
  const { killWhileShown, isConcealed, env, getName } = await aCompanyByCommand({ concealmentDelaySeconds: 3600 });
  await killWhileShown();
  const said: string[] = [];
  const putBack = await putBackNames({
    env,
    flow: 'browser',
    say: (sentence) => said.push(sentence),
    openBrowser: (address) => {
      expect(new URL(address).searchParams.get('login_hint')).toBe(getName('globalAdministrator'));
      return signInAtEmbedded(address, getName('globalAdministrator'));
    },
  });
  expect(putBack).toHaveLength(1);
  expect(isConcealed()).toBe(true);
  expect(said.join('\n')).toContain('They still are.');
  expect(await listKilledLooks(env)).toEqual([]);
});

test('a look that is running is nobody’s to put back', async () => {
  const { lookUntilShown, start, env } = await aCompanyByCommand({ concealmentDelaySeconds: 3600 });
  const running = await lookUntilShown();
  expect(await listKilledLooks(env)).toEqual([]);
  expect((await start(['stacks'])).stderr).toBe('');
  expect((await start(['conceal'])).stdout).toContain('No look left the names readable.');
  running.kill('SIGINT');
  await running.ended;
});

test('Ctrl-C puts the setting back and writes no file', async () => {
  const { lookUntilShown, isConcealed, env } = await aCompanyByCommand({ concealmentDelaySeconds: 3600 });
  const running = await lookUntilShown();
  running.kill('SIGINT');
  expect((await running.ended).exitCode).toBe(1);
  expect(isConcealed()).toBe(true);
  expect(await listKilledLooks(env)).toEqual([]);
});
