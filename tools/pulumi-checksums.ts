// `npm run pulumi-checksums`: fills stacks/engine/pulumi-cli/checksums.json from the releases of the versions in package.json, and
// names what stays empty. To be run where a version changes, and its difference read like that of a lockfile.
import { readFile, writeFile } from 'node:fs/promises';
import { checksumsFile, checksumsPath } from '../stacks/engine/pulumi-cli/checksums.ts';
import { fillChecksums } from './pulumi-releases/fill-checksums.ts';

const { text, notes } = await fillChecksums(await readFile(checksumsFile, 'utf8'));
await writeFile(checksumsFile, text);
for (const note of notes) console.log(note);
console.log(`${checksumsPath} has all that was found. Read its difference before you commit it.`);
if (notes.length > 0) process.exitCode = 1;
