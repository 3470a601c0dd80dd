// For tests of what the guide says after a disaster: commands as processes of their own.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { today } from '../stacks/tenant/tenant-to-apply-to.fixture.ts';
import { type MergedRepository, stack } from './merged-repository.fixture.ts';

/** The command as a process of its own, on the day of the tenant. */
export function runDormant({ environment, folder }: MergedRepository, ...args: readonly string[]) {
  const program = join(import.meta.dirname, '../cli/dormant.ts');
  const isOnDay = ['apply', 'preview'].includes(args[0] ?? '') && !args.includes('--today');
  const day = isOnDay ? ['--today', today] : [];
  return execa(process.execPath, [program, ...args, '--repo', folder, ...day], {
    env: { ...environment, NO_COLOR: '1', GITHUB_ACTIONS: undefined, GITHUB_TOKEN: undefined },
    reject: false,
  });
}

/** Of a run that was killed. */
export async function readLock({ folder }: MergedRepository): Promise<{ path: string; content: object }> {
  const locks = join(folder, 'out', stack, 'state/.pulumi/locks');
  const { stdout } = await execa('find', [locks, '-name', '*.json']);
  return { path: stdout, content: JSON.parse(await readFile(stdout, 'utf8')) };
}
