// Part of `npm run check`: one export of a name in the rooms that everything imports from, and `license` in identifiers and codes.
import { keptSpellings } from './house/kept-spellings.ts';
import { findBritishSpellings, findRepeatedExports } from './house/names.ts';
import { readSources } from './house/read-sources.ts';

// The rules and their list are about that spelling.
const sources = await readSources((path) => !path.startsWith('tools/house/'));
const faults = [...findRepeatedExports(sources), ...findBritishSpellings(sources, keptSpellings)];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
