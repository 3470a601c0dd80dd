// gh from its Go module, and its table: a program in a copy of the module asks the root command. Minutes the first time, when Go
// builds it.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { gatherCommands, type ListedCommand, type Tabulated } from './gather-commands.ts';

export const version = '2.100.0';
const module = 'github.com/cli/cli/v2';

export async function tabulateGh(): Promise<Tabulated> {
  const listed: ListedCommand[] = await inModule(async (copy) => {
    const program = fileURLToPath(new URL('gh-commands.go', import.meta.url));
    await cp(program, join(copy, 'cmd', 'gh-commands', 'main.go'));
    const { stdout } = await execa('go', ['run', './cmd/gh-commands'], { cwd: copy });
    return JSON.parse(stdout);
  });
  return {
    version,
    from: `https://pkg.go.dev/${module}@v${version}`,
    everywhere: {},
    commands: gatherCommands('gh', listed),
  };
}

/** gh itself, of the version of the table, as `program`. Minutes the first time. */
export async function buildGh(program: string): Promise<void> {
  await inModule((copy) => execa('go', ['build', '-o', program, './cmd/gh'], { cwd: copy }));
}

/** Works in a copy of the module, which is gone afterwards. */
async function inModule<T>(work: (copy: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'gh-'));
  try {
    const { stdout: downloaded } = await execa('go', ['mod', 'download', '-json', `${module}@v${version}`], {
      cwd: folder,
    });
    const { Dir: source }: { Dir: string } = JSON.parse(downloaded);
    const copy = join(folder, 'module');
    await cp(source, copy, { recursive: true });
    await execa('chmod', ['-R', 'u+w', copy]);
    return await work(copy);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
