// Writes the JSON Schemas for editors from the schemas of the types; --check only compares.
import { readFile, writeFile } from 'node:fs/promises';
import { schemas } from '../policy/schemas/file-kinds.ts';

const isCheck = process.argv.includes('--check');
for (const [name, schema] of Object.entries(schemas)) {
  const url = new URL(`../policy/schemas/${name}.schema.json`, import.meta.url);
  const text = `${JSON.stringify({ $schema: 'http://json-schema.org/draft-07/schema#', title: name, ...schema }, null, 2)}\n`;
  if (!isCheck) {
    await writeFile(url, text);
  } else if ((await readFile(url, 'utf8').catch(() => '')) !== text) {
    console.error(`policy/schemas/${name}.schema.json does not match its source; run: npm run schemas`);
    process.exitCode = 1;
  }
}
