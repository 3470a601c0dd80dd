// `npm run soak -- [--minutes 10] [--seed N] [--stories N] [--at-once 4] [--size 0.5] [--weeks 5] [--verbose]`: runs the
// stories of seed N, N+1, … until the time is up, so many beside each other; one that fails is told, and the others go on.
import { parseArgs } from 'node:util';
import { getStoryFolder, runStory } from './run-story.ts';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000) % 1_000_000) },
    stories: { type: 'string', default: '1000' },
    'at-once': { type: 'string', default: '4' },
    size: { type: 'string', default: '0.5' },
    weeks: { type: 'string', default: '5' },
    verbose: { type: 'boolean', default: false },
  },
});
const started = Date.now();
const until = started + Number(values.minutes) * 60_000;
const first = Number(values.seed);
console.log(`seed ${first}, until ${new Date(until).toISOString().slice(11, 16)} UTC`);
const failed: number[] = [];
let begun = 0;
let longest = 0;
// A story waits for the tenant most of its time, so that others beside it cost it little.
await Promise.all(Array.from({ length: Number(values['at-once']) }, tellStories));
const seconds = Math.round((Date.now() - started) / 1000);
const outcome = failed.length === 0 ? 'all as main says' : `these fail: ${failed.join(', ')}`;
console.log(`${begun} stories in ${seconds} s, ${Math.round(seconds / Math.max(1, begun))} s each, ${outcome}`);

async function tellStories(): Promise<void> {
  while (begun < Number(values.stories) && Date.now() + longest < until) {
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
      size: Number(values.size),
      weeks: Number(values.weeks),
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
