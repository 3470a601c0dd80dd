// Somebody who follows a guide: a shell at a terminal, in an empty folder, with a home in which nothing is.
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';

interface ReaderOptions {
  /** Lines of npm's configuration. */
  npmrc: string;
  /** Folders before those of this machine's PATH, such as another Node's. */
  path?: readonly string[];
  env?: Record<string, string>;
}

export interface Ran {
  exitCode: number;
  /** What the terminal showed. */
  output: string;
  milliseconds: number;
}

export interface GuideReader {
  /** Where the guide says to begin: `dormant-contoso`, new and empty. */
  folder: string;
  /** One at a time: types one command, and waits for its end. Rejects where it waits for an answer that nobody gives. */
  run(command: string): Promise<Ran>;
  /** What a variable of the shell is by now. */
  readVariable(name: string): Promise<string>;
  /** Ends the shell, and whatever it started by EMULATOR_PID. */
  leave(): Promise<void>;
}

/** For what waits for somebody to type. */
const endOfPatienceMs = 300_000;

export async function startReader({ npmrc, path = [], env = {} }: ReaderOptions): Promise<GuideReader> {
  const scratch = await mkdtemp(join(tmpdir(), 'dormant-guide-'));
  const at = (name: string) => join(scratch, name);
  const folder = at('dormant-contoso');
  for (const name of ['home', 'turns', 'dormant-contoso']) await mkdir(at(name));
  await writeFile(at('npmrc'), npmrc);
  await writeFile(at('shell.sh'), shell);
  const own = { ...keepFromHere(process.env), ...env, HOME: at('home'), TURNS: at('turns') };
  const terminal = execa(
    'script',
    ['--quiet', '--return', '--flush', '--command', `bash ${at('shell.sh')}`, at('shown')],
    {
      cwd: folder,
      extendEnv: false,
      env: {
        ...own,
        PATH: [...path, process.env.PATH ?? ''].join(delimiter),
        TERM: 'dumb',
        ...{ npm_config_userconfig: at('npmrc'), npm_config_update_notifier: 'false', npm_config_fund: 'false' },
        ...{ GIT_AUTHOR_NAME: 'Riley', GIT_AUTHOR_EMAIL: 'riley@contoso.com' },
        ...{ GIT_COMMITTER_NAME: 'Riley', GIT_COMMITTER_EMAIL: 'riley@contoso.com' },
      },
      // Nobody types, and nobody hangs up either.
      stdin: 'pipe',
      stdout: 'ignore',
      reject: false,
    },
  );
  let hasEnded = false;
  void terminal.finally(() => {
    hasEnded = true;
  });
  let turn = 0;
  const readShown = () => readFile(at('shown'), 'utf8').catch(() => '');
  const run: GuideReader['run'] = async (command) => {
    turn += 1;
    const mine = at(`turns/${turn}`);
    const begun = Date.now();
    const before = (await readShown()).length;
    await writeFile(`${mine}.sh`, `${command}\n`);
    await writeFile(`${mine}.go`, '');
    while (!existsSync(`${mine}.code`)) {
      if (Date.now() - begun > endOfPatienceMs)
        throw new Error(`${command}\nwaits for an answer:\n${await readShown()}`);
      if (hasEnded) throw new Error(`The shell ended in ${command}`);
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
    const exitCode = Number(await readFile(`${mine}.code`, 'utf8'));
    return { exitCode, output: (await readShown()).slice(before), milliseconds: Date.now() - begun };
  };
  const readVariable = async (name: string) => {
    await run(`printf %s "\${${name}-}" > "$TURNS/variable"`);
    return readFile(at('turns/variable'), 'utf8');
  };
  return {
    folder,
    run,
    readVariable,
    async leave() {
      await run('test -z "$EMULATOR_PID" || kill "$EMULATOR_PID" 2>/dev/null').catch(() => {});
      await writeFile(at('turns/end'), '');
      await terminal;
      await rm(scratch, { recursive: true, force: true, maxRetries: 20 });
    },
  };
}

/** Runs what is put into $TURNS, in this very shell, so that a variable set in one turn is there in the next. */
const shell = `turn=1
while :; do
  until test -e "$TURNS/$turn.go"; do test -e "$TURNS/end" && exit; sleep 0.03; done
  . "$TURNS/$turn.sh"
  echo $? > "$TURNS/code"
  mv "$TURNS/code" "$TURNS/$turn.code"
  turn=$((turn + 1))
done
`;

/** How this machine reaches the registry, what the tests have installed once, and nothing of a tenant, a forge or npm’s own run. */
function keepFromHere(env: NodeJS.ProcessEnv): Record<string, string> {
  const wanted = /^(LANG|LC_\w+|TZ|TMPDIR|GOGC|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE|https?_proxy|no_proxy)$/i;
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value !== undefined && wanted.test(name) ? [[name, value]] : [])),
  );
}
