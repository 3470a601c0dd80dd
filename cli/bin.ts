#!/usr/bin/env node
// What `dormant` starts. Imports nothing by itself: on a Node that is too old, the first line says so, and no stack trace does.
const needed = [22, 18] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major > needed[0] || (major === needed[0] && minor >= needed[1])) {
  await import('./dormant.ts');
} else {
  console.error(
    `error dormant needs Node ${needed.join('.')} or newer, and this is ${process.versions.node}.\n   do Install a newer one from https://nodejs.org, or let npx bring one: npx -p node@24 -p @dormant-m365/dormant dormant`,
  );
  process.exitCode = 2;
}
