// `npm run soak -- --help`: runs the stories of seed N, N+1, … until the time is up, so many beside each other; one that fails
// is told, and the others go on.
import { CommanderError } from 'commander';
import { getStoryFolder, runStory } from './run-story.ts';
import { parseSoakOptions, type SoakOptions } from './soak-options.ts';

const values = readOptions();
const started = Date.now();
const until = started + values.minutes * 60_000;
const first = values.seed;
console.log(`seed ${first}, until ${new Date(until).toISOString().slice(11, 16)} UTC`);
const failed: number[] = [];
let begun = 0;
let longest = 0;
// A story waits for the tenant most of its time, so that others beside it cost it little.
await Promise.all(Array.from({ length: values.atOnce }, tellStories));
const seconds = Math.round((Date.now() - started) / 1000);
const outcome = failed.length === 0 ? 'all as main says' : `these fail: ${failed.join(', ')}`;
console.log(`${begun} stories in ${seconds} s, ${Math.round(seconds / Math.max(1, begun))} s each, ${outcome}`);

function readOptions(): SoakOptions {
  try {
    return parseSoakOptions(process.argv.slice(2), Math.floor(Date.now() / 1000) % 1_000_000);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    process.exit(error.exitCode);
  }
}

async function tellStories(): Promise<void> {
  while (begun < values.stories && Date.now() + longest < until) {
    const began = Date.now();
    const seed = first + begun++;
    if (!(await runSeed(seed))) failed.push(seed);
    longest = Math.max(longest, Date.now() - began);
  }
}

async function runSeed(seed: number): Promise<boolean> {
  const began = Date.now();
  const history: string[] = [];
  const tell = (what: string) => {
    history.push(what);
    if (values.verbose) console.log(`  ${seed} ${what}`);
  };
  try {
    const counts = await runStory({
      seed,
      folder: getStoryFolder(seed),
      size: values.size,
      weeks: values.weeks,
      tell,
    });
    const words = Object.entries(counts).map(([what, count]) => `${count} ${what}`);
    console.log(`seed ${seed}: as main says; ${words.join(', ')}; ${Math.round((Date.now() - began) / 1000)} s`);
    return true;
  } catch (error) {
    console.error(`${history.map((line) => `  ${line}`).join('\n')}\n`);
    console.error(error);
    console.error(
      `\nseed ${seed} fails; its repository, and what the tenant was asked, are in ${getStoryFolder(seed)}. Again: npm run soak -- --seed ${seed} --stories 1`,
    );
    process.exitCode = 1;
    return false;
  }
}
