// The five kinds of clients by what installs and starts them. What is installed lies in a cache, never in this repository.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from './run-process.ts';

export interface Toolchain {
  /** The programs that have to be on this machine. */
  readonly programs: readonly string[];
  /** The files in a client's folder that pin versions; what is installed is installed anew when they change. */
  readonly pins: readonly string[];
  /** Reads the pinned version of a package. */
  readVersion(folder: string, name: string): string | undefined;
  /** Fetches the packages into the folder, which has the client's files. */
  install(folder: string): Promise<void>;
  /** Builds the program, where it is built. */
  build?(folder: string): Promise<void>;
  /** What starts the program. */
  getCommand(folder: string): readonly string[];
}

export const npm: Toolchain = {
  programs: ['npm'],
  pins: ['package.json', 'package-lock.json'],
  readVersion(folder, name) {
    const manifest: { dependencies: Record<string, string> } = JSON.parse(
      readFileSync(join(folder, 'package.json'), 'utf8'),
    );
    return manifest.dependencies[name];
  },
  // Without scripts: no client needs any, and what is fetched here is code of strangers.
  install: (folder) => runTool('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], folder),
  getCommand: (folder) => [process.execPath, join(folder, 'client.mjs')],
};

export const python: Toolchain = {
  programs: ['python3'],
  pins: ['requirements.txt'],
  readVersion: (folder, name) => findVersion(join(folder, 'requirements.txt'), `${name.toLowerCase()}==`),
  async install(folder) {
    await runTool('python3', ['-m', 'venv', 'venv'], folder);
    const args = ['-m', 'pip', 'install', '--quiet', '--only-binary=:all:', '--no-deps', '--requirement'];
    await runTool(join(folder, 'venv/bin/python'), [...args, 'requirements.txt'], folder);
  },
  getCommand: (folder) => [join(folder, 'venv/bin/python'), join(folder, 'client.py')],
};

const goEnvironment = { CGO_ENABLED: '0', GOFLAGS: '', GOWORK: 'off' };

export const go: Toolchain = {
  programs: ['go'],
  pins: ['go.mod', 'go.sum'],
  readVersion: (folder, name) => findVersion(join(folder, 'go.mod'), `${name} v`),
  install: (folder) => runTool('go', ['mod', 'download'], folder, goEnvironment),
  build: (folder) => runTool('go', ['build', '-mod=readonly', '-o', 'client', '.'], folder, goEnvironment),
  getCommand: (folder) => [join(folder, 'client')],
};

export const cargo: Toolchain = {
  programs: ['cargo'],
  pins: ['Cargo.toml', 'Cargo.lock'],
  readVersion: (folder, name) => findVersion(join(folder, 'Cargo.toml'), `${name} = "=`),
  install: (folder) => runTool('cargo', ['fetch', '--locked'], folder),
  build: (folder) => runTool('cargo', ['build', '--locked', '--quiet'], folder, { CARGO_TARGET_DIR: 'target' }),
  getCommand: (folder) => [join(folder, 'target/debug/client')],
};

const mavenArgs = ['--batch-mode', '--quiet'];

export const maven: Toolchain = {
  programs: ['mvn', 'java', 'keytool'],
  pins: ['pom.xml'],
  readVersion(folder, name) {
    const artifact = name.split(':')[1] ?? name;
    return findVersion(join(folder, 'pom.xml'), `<artifactId>${artifact}</artifactId>\n      <version>`);
  },
  install: (folder) =>
    runTool('mvn', [...mavenArgs, 'dependency:copy-dependencies', '-DoutputDirectory=target/lib'], folder),
  build: (folder) => runTool('mvn', [...mavenArgs, 'compile'], folder),
  getCommand: (folder) => [
    'java',
    '-Djavax.net.ssl.trustStore=trusted.p12',
    '-Djavax.net.ssl.trustStorePassword=changeit',
    '-classpath',
    `${join(folder, 'target/classes')}:${join(folder, 'target/lib/*')}`,
    'Client',
  ],
};

/** What follows a text in a file, as far as it looks like a version. */
function findVersion(path: string, before: string): string | undefined {
  const [, after = ''] = readFileSync(path, 'utf8').split(before);
  return /^[\w.-]+/.exec(after)?.[0].replace(/[.-]+$/, '');
}
