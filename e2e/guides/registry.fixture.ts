// A registry of npm on loopback that has this build's packages and nothing else: a guide's `npx @dormant-m365/…` gets what was packed.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename } from 'node:path';
import { execa } from 'execa';

export interface PackageRegistry {
  /** Lines of an .npmrc by which npm asks it for our scope, and the registry that it has for all others. */
  npmrc: string;
  close(): void;
}

/** `tarballs`: paths of packed packages of the scope `@dormant-m365`. */
export async function startRegistry(tarballs: readonly string[]): Promise<PackageRegistry> {
  const packages = await Promise.all(tarballs.map(readPackage));
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    const url = `http://${request.headers.host}`;
    const asked = packages.find(({ name, file }) => path === `/${name}` || path === `/${file}`);
    if (asked === undefined) response.writeHead(404).end('{}');
    else if (path === `/${asked.file}`) response.end(asked.bytes);
    else response.setHeader('content-type', 'application/json').end(JSON.stringify(describePackage(asked, url)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { npmrc: `@dormant-m365:registry=http://127.0.0.1:${port}/\n`, close: () => server.close() };
}

interface PackedPackage {
  name: string;
  version: string;
  file: string;
  bytes: Buffer;
  manifest: object;
}

async function readPackage(path: string): Promise<PackedPackage> {
  const { stdout } = await execa('tar', ['--extract', '--to-stdout', '--file', path, 'package/package.json']);
  const manifest = JSON.parse(stdout);
  return {
    name: manifest.name,
    version: manifest.version,
    file: basename(path),
    bytes: await readFile(path),
    manifest,
  };
}

/** github.com/npm/registry, docs/responses/package-metadata.md */
function describePackage({ name, version, file, bytes, manifest }: PackedPackage, url: string): object {
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  const dist = { tarball: `${url}/${file}`, integrity };
  return { name, 'dist-tags': { latest: version }, versions: { [version]: { ...manifest, dist } } };
}
