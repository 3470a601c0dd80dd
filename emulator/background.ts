// The embedded tenant in the background: another process of the same command, which outlives this one. Imports nothing else: what
// only waits is to start at once.
import { spawn } from 'node:child_process';

type Started = Pick<NodeJS.Process, 'argv' | 'env'>;

/** Whether it is to print variables for a shell, and is not in the background yet. */
export function isForShell({ argv, env }: Started): boolean {
  return env[mark] === undefined && argv.slice(2).some((word) => /^--env(=|$)/.test(word));
}

const mark = 'EMULATOR_IN_BACKGROUND';

/** Prints what the other process prints. Resolves with the exit code: 0 once it has printed its variables, or when it has ended. */
export async function startInBackground({ argv, env }: Started): Promise<number> {
  const child = spawn(process.execPath, [...process.execArgv, ...argv.slice(1)], {
    detached: true,
    env: { ...env, [mark]: '1' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = () => child.kill();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  const ended = new Promise<number>((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
  let printed = '';
  for await (const chunk of child.stdout) printed += String(chunk);
  process.stdout.write(printed);
  if (!printed.includes('EMULATOR_PID=')) return ended;
  child.unref();
  return 0;
}
