import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findDifferences, type Hashes, hashFiles } from './hash-files.ts';

let folder: string;
let built: Hashes;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'dormant-release-'));
  await mkdir(join(folder, 'packages', 'dormant'), { recursive: true });
  await writeFile(join(folder, 'packages', 'b.tgz'), 'b');
  await writeFile(join(folder, 'packages', 'a.tgz'), 'a');
  await writeFile(join(folder, 'sbom.cdx.json'), '{}');
  built = await hashFiles(folder);
});
afterAll(() => rm(folder, { recursive: true }));

test('a release has every tarball and the bill of materials, by SHA-256', () => {
  expect(built).toEqual({
    'packages/a.tgz': 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb',
    'packages/b.tgz': '3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d',
    'sbom.cdx.json': '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
  });
});

test('what was replaced, added or taken away since the build is found', async () => {
  expect(findDifferences(built, await hashFiles(folder))).toEqual([]);
  await writeFile(join(folder, 'packages', 'a.tgz'), 'another');
  await writeFile(join(folder, 'packages', 'c.tgz'), 'c');
  await rm(join(folder, 'packages', 'b.tgz'));
  expect(findDifferences(built, await hashFiles(folder))).toEqual([
    expect.stringMatching(/^packages\/a\.tgz was built as ca97\w+, and is \w+ now\.$/),
    expect.stringMatching(/^packages\/b\.tgz was built as 3e23\w+, and is no file now\.$/),
    expect.stringMatching(/^packages\/c\.tgz was built as no file, and is \w+ now\.$/),
  ]);
});
