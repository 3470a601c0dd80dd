// Runs git in one repository. The stand-in keeps no tree of its own: everything about commits comes from git.
import { spawn } from 'node:child_process';

interface GitOptions {
  /** Bytes for standard input. */
  input?: string | Uint8Array;
  env?: Record<string, string>;
  /** Exit codes that are answers, not failures. */
  allowed?: readonly number[];
}

interface GitResult {
  code: number;
  stdout: string;
}

export type RunGit = (args: readonly string[], options?: GitOptions) => Promise<GitResult>;

/** git in `directory`, without the machine's configuration. Rejects with git's output on an exit code not in `allowed`. */
export function createGitRunner(directory: string): RunGit {
  return (args, { input = '', env = {}, allowed = [0] } = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn('git', ['-C', directory, ...args], {
        env: { ...process.env, ...ownConfiguration, ...env },
        stdio: ['pipe', 'pipe', 'pipe'],
      });
      const stdout: Buffer[] = [];
      const stderr: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
      child.once('error', reject);
      child.once('close', (code) => {
        if (code !== null && allowed.includes(code)) {
          resolve({ code, stdout: Buffer.concat(stdout).toString() });
        } else {
          reject(new Error(`git ${args.join(' ')} ended with ${code}: ${Buffer.concat(stderr).toString()}`));
        }
      });
      child.stdin.on('error', () => {}); // git may end before it has read everything; its exit code says why
      child.stdin.end(input);
    });
}

/** git knows nothing of this machine’s settings, and asks nobody. */
export const ownConfiguration = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
};
