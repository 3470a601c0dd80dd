// Plain `pulumi` runs a program with the `node` of the PATH. If that is too old for TypeScript, this restarts the program
// with the Node that `npm ci` installed, before anything else is loaded: Pulumi.yaml names this file in `nodeargs`.
const { spawnSync } = require('node:child_process');
const { join } = require('node:path');

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  const { platform, arch, argv, execArgv } = process;
  const bundled = `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
  const file = platform === 'win32' ? 'node.exe' : 'node';
  const newer = join(__dirname, '../..', 'node_modules', bundled, 'bin', file);
  const { status, error } = spawnSync(newer, [...execArgv, ...argv.slice(1)], { stdio: 'inherit' });
  if (error)
    console.error(
      `This needs Node 22.18 or newer, and finds ${process.versions.node}. Run npm ci in the repository, which brings Node 24 for Linux and Windows, or put a newer node first on the PATH.`,
    );
  process.exit(status ?? 1);
}
