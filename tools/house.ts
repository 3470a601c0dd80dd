// `npm run house`: how the code is named and cut, in the figures that a reviewer asks for. `--list` names what counts against it.
import { parseArgs } from 'node:util';
import { countFigures, type Figures, type Spread } from './house/figures.ts';
import { readProductSources } from './house/read-sources.ts';

const { values } = parseArgs({
  options: { list: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
});
const figures = countFigures(await readProductSources());

if (values.json) console.log(JSON.stringify(figures));
else for (const line of describeFigures(figures)) console.log(line);
if (values.list) console.log([...figures.prepositions, ...figures.participles].sort().join('\n'));

function describeFigures(figures: Figures): string[] {
  return [
    `files and their lines               ${figures.files}, ${figures.lines}`,
    `lines per file, median / p90 / max  ${describeSpread(figures.linesPerFile)}`,
    `functions                           ${figures.functions}`,
    `lines per function                  ${describeSpread(figures.linesPerFunction)}`,
    `exported names per 1,000 lines      ${figures.exportsPerThousandLines.toFixed(1)}`,
    `functions named by a verb first     ${formatShare(figures.verbFirst)}`,
    `functions named xOf/In/For/From/By  ${figures.prepositions.length}`,
    `functions and exports that are bare participles  ${figures.participles.length}`,
    `functions with 4 or more parameters ${formatShare(figures.manyParameters)}`,
  ];
}

function describeSpread({ median, p90, max }: Spread): string {
  return `${median} / ${p90} / ${max}`;
}

function formatShare(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
