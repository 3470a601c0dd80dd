import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { clients } from './clients.ts';
import { runClient } from './run-client.ts';
import { findMissingProgram } from './run-process.ts';
import { readRows, renderRow } from './table.ts';

// Each is fetched from its registry and built, the first time for minutes; one after the other, as they share the caches.
const rows = readRows(readFileSync(new URL('../README.md', import.meta.url), 'utf8'));

describe.each(clients)('$folder', (client) => {
  const missing = findMissingProgram(client.toolchain.programs);
  test.skipIf(missing !== null)('does against the tenant what the README says of it', async () => {
    const run = await runClient(client, (sentence) => console.log(sentence));
    expect(rows).toContain(renderRow(run));
  });
});
