#!/usr/bin/env node
// `npm create @dormant-m365 <folder>`: `dormant init --new <folder>`, by the Dormant of the same version.
const [folder, ...options] = process.argv.slice(2);
if (folder === undefined || folder.startsWith('-')) {
  console.error('error No folder is named.\n   do Name one that is new: npm create @dormant-m365 dormant-contoso');
  process.exitCode = 2;
} else {
  process.argv.splice(2, Number.POSITIVE_INFINITY, 'init', '--new', folder, ...options);
  await import(new URL('cli/bin.js', import.meta.resolve('@dormant-m365/dormant/package.json')).href);
}

export {};
