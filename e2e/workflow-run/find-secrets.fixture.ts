// Everything readable that a run of the workflows leaves: logs, summaries, artifacts, state, commits, GitHub.
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect } from 'vitest';
import { recordKinds } from '../../policy/schemas/records.ts';
import { aPrivateKey } from '../../policy/signing/signing.fixture.ts';
import type { WorkflowWorld } from './workflow-world.fixture.ts';

/** Texts by location. The state is read from disk, so its secrets are encrypted. */
async function collectLeftovers(world: WorkflowWorld): Promise<Map<string, string>> {
  const { jobs, standIn, clone, folder } = world;
  const texts = new Map<string, string>();
  for (const [at, { name, steps, outputs }] of jobs.entries()) {
    texts.set(`outputs of job ${at}, ${name}`, JSON.stringify(outputs));
    for (const step of steps) {
      const place = `job ${at}, ${name}, ${step.name}`;
      texts.set(`log of ${place}`, step.log).set(`summary of ${place}`, step.summary);
    }
  }
  for (const part of ['state', 'artifacts']) {
    const entries = await readdir(join(folder, part), { recursive: true, withFileTypes: true });
    for (const entry of entries.filter((it) => it.isFile())) {
      const path = join(entry.parentPath, entry.name);
      texts.set(relative(folder, path), await readFile(path, 'utf8'));
    }
  }
  await clone.run(['fetch', '--quiet', 'origin', '+refs/*:refs/all/*']);
  texts.set('commits', await clone.run(['log', '--all', '--patch', '--', 'stacks/*/accounts', 'exemptions.yaml']));
  texts.set('issues and pull requests', JSON.stringify(standIn.state.issues));
  texts.set('statuses', JSON.stringify(standIn.state.statuses));
  return texts;
}

/** The locations of one of `secrets`, or of anything in the shape of a JSON Web Token. */
function findSecrets(texts: ReadonlyMap<string, string>, secrets: ReadonlyMap<string, string>): string[] {
  return [...texts].flatMap(([place, text]) => [
    ...[...secrets].flatMap(([secret, what]) => (hasSecret(text, secret) ? [`${what} in ${place}`] : [])),
    ...(/eyJ[\w-]{10,}\.eyJ[\w-]{10,}\./.test(text) ? [`a JSON Web Token in ${place}`] : []),
  ]);
}

/** Finds the secret as it is, and in base64. */
function hasSecret(text: string, secret: string): boolean {
  return text.includes(secret) || text.includes(Buffer.from(secret).toString('base64').replace(/=+$/, ''));
}

/** No secret and no token is in anything that the world's runs have left behind. */
export async function expectNoSecretsLeft(world: WorkflowWorld): Promise<void> {
  const secrets = new Map([...world.tenant.handedOut].map((token) => [token, 'a token or ticket']));
  for (const { name, clientSecret } of Object.values(world.tenant.identities))
    secrets.set(clientSecret, `the client secret of ${name}`);
  secrets.set('correct horse', 'the passphrase of the state');
  secrets.set(aPrivateKey(), 'the key for the facts');
  for (const kind of recordKinds) secrets.set(aPrivateKey(`contoso-${kind}`), `the key for records of ${kind}`);
  expect(world.tenant.handedOut.size).toBeGreaterThan(6);
  const texts = await collectLeftovers(world);
  expect([...texts.keys()].join('\n')).toMatch(/^state\/\.pulumi\/stacks\/.*\.json$/m);
  expect([...texts.keys()].join('\n')).toMatch(/^artifacts\/apply-contoso\/apply\.json$/m);
  expect(findSecrets(texts, secrets)).toEqual([]);
  // The search itself finds what is there.
  const [token = ''] = world.tenant.handedOut;
  expect(findSecrets(new Map([['a log', `x ${token} y`]]), secrets)).toEqual([
    'a token or ticket in a log',
    'a JSON Web Token in a log',
  ]);
}
