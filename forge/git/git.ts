// Runs git in a clone. The token reaches git through its environment, never through its arguments.
import { execa } from 'execa';
import { createGitError } from './git-errors.ts';

export interface Git {
  /** Standard output without its last newline. Throws `DormantError` with git's message. */
  run(args: readonly string[], input?: string): Promise<string>;
  /** The same, but null when git exits with 1 or 128: no such ref, no such object, not an ancestor. */
  runOrNull(args: readonly string[]): Promise<string | null>;
  /** For commands whose exit code 1 is an answer with output, such as merge-tree's conflict. */
  runForAnswer(args: readonly string[]): Promise<{ code: number; stdout: string }>;
  /** A file's text, to the last byte. */
  readBlob(oid: string): Promise<string>;
}

interface Ended {
  exitCode?: number | undefined;
  stderr: string;
}

export interface GitAccess {
  /** For fetch and push over HTTPS; without it git uses the clone's own configuration. */
  token?: string;
  /** The forge that the token is for, such as `https://github.com`. */
  serverUrl?: string;
}

/** git in `directory`, without prompts and without the user's hooks. */
export function createGit(directory: string, access: GitAccess = {}): Git {
  const env = buildEnvironment(access);
  const call = (args: readonly string[], input?: string, stripFinalNewline = true) =>
    execa('git', ['-C', directory, '-c', 'core.hooksPath=/dev/null', ...args], {
      env,
      reject: false,
      stripFinalNewline,
      maxBuffer: 256 * 1024 * 1024,
      ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
    });
  const toGitError = (args: readonly string[], { exitCode, stderr }: Ended) =>
    createGitError({ directory, args, exitCode, stderr });
  return {
    async run(args, input) {
      const { exitCode, stdout, stderr } = await call(args, input);
      if (exitCode !== 0) throw toGitError(args, { exitCode, stderr });
      return stdout;
    },
    async runOrNull(args) {
      const { exitCode, stdout, stderr } = await call(args);
      if (exitCode === 0) return stdout;
      if (exitCode === 1 || exitCode === 128) return null;
      throw toGitError(args, { exitCode, stderr });
    },
    async runForAnswer(args) {
      const { exitCode, stdout, stderr } = await call(args);
      if (exitCode === 0 || exitCode === 1) return { code: exitCode, stdout };
      throw toGitError(args, { exitCode, stderr });
    },
    async readBlob(oid) {
      const args = ['cat-file', 'blob', oid];
      const { exitCode, stdout, stderr } = await call(args, undefined, false);
      if (exitCode !== 0) throw toGitError(args, { exitCode, stderr });
      return stdout;
    },
  };
}

/** As actions/checkout does: a header for this host only. A URL with a credential would end up in logs and configuration. */
function buildEnvironment({ token, serverUrl = 'https://github.com' }: GitAccess): Record<string, string> {
  const quiet = { GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' };
  if (token === undefined) return quiet;
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    ...quiet,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${serverUrl}/.extraheader`,
    GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
  };
}
