// A registry on this machine that has versions of Dormant's packages, as much of one as `npm install` and `npx` ask of it.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { execa } from 'execa';
import type { LockedVersion } from './locked-version.ts';

const scope = '@dormant-m365';
interface NpmRegistry {
  /** The line of an .npmrc by which npm asks it for Dormant, and the usual registry for everything else. */
  setting: string;
  /** Puts a tarball there, as the latest of its name. Returns what a lockfile has of it. */
  publish(tarball: string): Promise<LockedVersion>;
  stop(): void;
}

export async function startNpmRegistry(): Promise<NpmRegistry> {
  const packages = new Map<string, { versions: Record<string, object>; latest: string }>();
  const tarballs = new Map<string, Buffer>();
  const server = createServer(({ url = '' }, response) => {
    const path = decodeURIComponent(url);
    const tarball = tarballs.get(path);
    const name = path.slice(1);
    const { versions, latest } = packages.get(name) ?? {};
    if (tarball !== undefined) response.end(tarball);
    else if (versions) response.end(JSON.stringify({ name, versions, 'dist-tags': { latest } }));
    else response.writeHead(404).end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    setting: `${scope}:registry=${address}/`,
    async publish(tarball) {
      const bytes = await readFile(tarball);
      const readPart = async (part: string) =>
        (await execa('tar', ['-x', '-z', '-O', '-f', tarball, `package/${part}`], { reject: false })).stdout;
      const manifest = JSON.parse(await readPart('package.json'));
      const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
      const { name, version } = manifest;
      const path = `/${name}/-/${basename(tarball)}`;
      tarballs.set(path, bytes);
      const _hasShrinkwrap = (await readPart('npm-shrinkwrap.json')) !== '';
      const { versions = {} } = packages.get(name) ?? {};
      versions[version] = { ...manifest, _hasShrinkwrap, dist: { tarball: `${address}${path}`, integrity } };
      packages.set(name, { versions, latest: version });
      return { version, integrity };
    },
    stop: () => void server.close().closeAllConnections(),
  };
}
