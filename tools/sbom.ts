// `npm run sbom`: writes the software bill of materials of production to out/sbom.cdx.json, from the lockfile alone.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';

const root = join(import.meta.dirname, '..');
const sbomOptions = ['--sbom-format=cyclonedx', '--sbom-type=application', '--package-lock-only', '--omit=dev'];

const { stdout } = await execa('npm', ['sbom', ...sbomOptions], { cwd: root });
const { components } = JSON.parse(stdout);
await mkdir(join(root, 'out'), { recursive: true });
await writeFile(join(root, 'out', 'sbom.cdx.json'), stdout);
console.log(`out/sbom.cdx.json: ${components.length} packages, as CycloneDX.`);
