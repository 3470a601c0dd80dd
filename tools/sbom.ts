// `npm run sbom`: writes the software bill of materials of production to out/sbom.cdx.json, from the lockfile alone.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { keepProduction } from './production-packages.ts';

const root = join(import.meta.dirname, '..');
// Without --omit: npm would also leave out what both the product and a test need, such as jose.
const sbomOptions = ['--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only'];

const { stdout } = await execa('npm', ['sbom', ...sbomOptions], { cwd: root });
const { packages } = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8'));
const bom = keepProduction(JSON.parse(stdout), packages);
await mkdir(join(root, 'out'), { recursive: true });
await writeFile(join(root, 'out', 'sbom.cdx.json'), `${JSON.stringify(bom, null, 2)}\n`);
console.log(`out/sbom.cdx.json: ${bom.components.length} packages, as CycloneDX.`);
