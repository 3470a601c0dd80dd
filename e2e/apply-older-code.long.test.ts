// A run of an older commit runs that commit's code. What ran before applies were in order must end at the state's format.
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished, test } from 'vitest';
import { signingRecordType } from '../stacks/signing-record-state.ts';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { aMergedRepository, type MergedRepository, stack } from './merged-repository.fixture.ts';

/** The last commit before the state's record had a format. */
const older = '166eb64';
const root = join(import.meta.dirname, '..');
const hasOlder =
  (await execa('git', ['-C', root, 'cat-file', '-e', `${older}^{commit}`], { reject: false })).exitCode === 0;

// Skipped in a clone that does not have that commit.
test.skipIf(!hasOlder)(
  'code from before the state’s format writes nothing where today’s code has applied, nor to whom the state does not hold',
  async () => {
    const dormant = await unpackOlderCode();
    const repository = await aMergedRepository(['ana', 'bo']);
    await repository.merge('disable', ['ana']);
    await repository.apply();
    await repository.merge('disable', ['bo']);
    const before = repository.writes();
    expect((await applyWith(dormant, repository)).exitCode).not.toBe(0);
    expect(repository.writes()).toEqual(before);
    // The same run on the same state, but for the format, would have taken something.
    await writeAsOlder(repository);
    expect(await applyWith(dormant, repository)).toMatchObject({ exitCode: 0 });
    expect(repository.writes().slice(before.length)).toContain('PATCH /users/bo');
  },
);

async function unpackOlderCode(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'older-code-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const archive = join(folder, 'code.tar');
  await execa('git', ['-C', root, 'archive', '--format=tar', `--output=${archive}`, older]);
  await execa('tar', ['-x', '-f', archive, '-C', folder]);
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'cli/dormant.ts');
}

function applyWith(dormant: string, { folder, environment }: MergedRepository) {
  return execa(process.execPath, [dormant, 'apply', stack, '--repo', folder, '--today', today], {
    env: { ...environment, GITHUB_ACTIONS: undefined, GITHUB_TOKEN: undefined },
    reject: false,
  });
}

async function writeAsOlder({ folder }: MergedRepository): Promise<void> {
  const path = join(folder, 'out', stack, 'state/.pulumi/stacks/dormant', `${stack}.json`);
  const state = JSON.parse(await readFile(path, 'utf8'));
  for (const resource of state.checkpoint.latest.resources) {
    if (resource.type !== signingRecordType) continue;
    resource.inputs = { notes: resource.inputs.record };
    resource.outputs = { notes: resource.outputs.record };
  }
  await writeFile(path, JSON.stringify(state));
}
