// npm as a command, with its own reason where it fails.
import { execa } from 'execa';
import { DormantError } from '../../policy/errors.ts';

interface Words {
  /** The sentence that npm's reason follows. */
  failed: string;
  remedy: string;
}

/** Asks no registry for advisories or funding. Throws `npm-failed`. */
export async function runNpm(args: readonly string[], folder: string, { failed, remedy }: Words): Promise<void> {
  const { exitCode, stderr } = await execa('npm', [...args, '--no-audit', '--no-fund'], { cwd: folder, reject: false });
  if (exitCode === 0) return;
  throw new DormantError('npm-failed', `${failed}: ${findReason(stderr)}`, { where: folder, remedy });
}

function findReason(stderr: string): string {
  const [first = 'it gave no reason'] = stderr
    .split('\n')
    .filter((line) => /^npm error (?!code|A complete log)/.test(line));
  return first.replace(/^npm error /, '');
}
