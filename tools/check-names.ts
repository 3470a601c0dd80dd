// Part of `npm run check`: one export of a name in the rooms that everything imports from, `license` in identifiers and codes,
// and one way to compare ids and names.
import { keptSpellings } from './house/kept-spellings.ts';
import { findBritishSpellings, findOwnFolds, findRepeatedExports } from './house/names.ts';
import { readSources } from './house/read-sources.ts';

// The rules and their list are about that spelling.
const sources = await readSources((path) => !path.startsWith('tools/house/'));
const faults = [
  ...findRepeatedExports(sources),
  ...findBritishSpellings(sources, keptSpellings),
  ...findOwnFolds(sources),
];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
