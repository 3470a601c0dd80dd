// Makes the recording of a look from a real run: the packages as they would be published, a shell with an empty HOME in an empty
// folder, a pseudo-terminal, and npm, which takes this commit's packages from a registry on this machine and all others from the
// usual one. Needs Python 3 and bash.
import { globSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { execa } from 'execa';
import { startNpmRegistry } from '../../cli/upgrade/npm-registry.fixture.ts';
import { formatCast, parseCast, shortenCast } from './cast.ts';
import { lines, renderLook, size } from './look-recording.ts';

const program = join(import.meta.dirname, '..', 'package.ts');
const recorder = join(import.meta.dirname, 'record_terminal.py');

/** Writes `look.cast` and `look.svg` into `pictures`. */
export async function recordLook(pictures: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dormant-recording-'));
  const registry = await startNpmRegistry();
  try {
    const packed = join(folder, 'packages');
    await execa(process.execPath, [program, packed]);
    for (const tarball of globSync(join(packed, '*.tgz'))) await registry.publish(tarball);
    const cast = formatCast(shortenCast(parseCast(await recordShell(folder, registry.setting))));
    const svg = await renderLook(cast);
    await writeFile(join(pictures, 'look.cast'), cast);
    await writeFile(join(pictures, 'look.svg'), svg);
    console.log(`docs/pictures/look.svg  ${Math.round(svg.length / 1024)} KB`);
  } finally {
    registry.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Returns the cast of all that came. */
async function recordShell(folder: string, setting: string): Promise<string> {
  const [home, empty] = [join(folder, 'home'), join(folder, 'empty')];
  for (const each of [home, empty]) await mkdir(each);
  const npm_config_userconfig = join(folder, 'npmrc');
  await writeFile(npm_config_userconfig, `${setting}\n`);
  const kept = Object.entries(process.env).filter(([name]) => /^(NODE_EXTRA_CA_CERTS|.*_proxy)$/i.test(name));
  const env = {
    ...Object.fromEntries(kept),
    npm_config_userconfig,
    HOME: home,
    LANG: 'C.UTF-8',
    PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
    // A newer npm is no part of it.
    npm_config_update_notifier: 'false',
  };
  const args = [recorder, String(size.columns), String(size.rows), ...lines];
  return (await execa('python3', args, { cwd: empty, env, extendEnv: false })).stdout;
}
