// `npm run requests`: runs the tests and records every request that Dormant sends, for docs/reference/requests.md. With
// folders or files it runs only those and adds new requests.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import recorded from './requests/sent.json' with { type: 'json' };

const targets = process.argv.slice(2);
const folder = await mkdtemp(join(tmpdir(), 'dormant-requests-'));
const selection = targets.length > 0 ? targets : ['--project=integration', '--project=e2e'];
const { exitCode } = await execa('vitest', ['run', ...selection], {
  env: { DORMANT_RECORD_REQUESTS: folder },
  preferLocal: true,
  reject: false,
  stdio: 'inherit',
});
process.exitCode = exitCode ?? 1;

const isWhole = targets.length === 0 && exitCode === 0;
const sent = new Set<string>(isWhole ? [] : recorded);
for (const name of await readdir(folder)) {
  for (const line of (await readFile(join(folder, name), 'utf8')).trim().split('\n')) sent.add(line);
}
await rm(folder, { recursive: true });
const file = new URL('requests/sent.json', import.meta.url);
await writeFile(file, `${JSON.stringify([...sent].sort(), null, 2)}\n`);
await execa('node', ['tools/reference.ts'], { stdio: 'inherit' });
