// The command line of the emulated tenant: `npm run emulator` at the root of the repository, `dormant-emulator` elsewhere.
import { Command, InvalidArgumentError, Option } from 'commander';
import { CLOUD_NAMES, type CloudName } from './clouds.ts';
import { DEFAULT_IDENTITIES } from './entra/identities.ts';
import type { Switches } from './options.ts';
import { runEmulator } from './run.ts';

interface Options {
  port: number;
  hostname: string[];
  users: number;
  seed: string;
  byGroups?: number;
  clock?: string;
  cloud: CloudName;
  budgets: Switches['budgets'];
  latency: number;
  quotaSpeed: number;
  weather?: string;
  premium: boolean;
  certificates: boolean;
  github: boolean;
  /** The name of an identity. */
  env?: string;
}

const examples = `
Examples:
  dormant-emulator --users 200 --seed acme --clock 2026-12-07T08:00:00Z
  dormant-emulator --cloud china --budgets off
  eval "$(dormant-emulator --env)"      in a shell: its clients take the tenant for Microsoft's
  kill $EMULATOR_PID                    and this ends it`;

export function createEmulatorCommand(): Command {
  return new Command('dormant-emulator')
    .description(
      'Run the embedded tenant (Entra, Graph, Exchange) until it is stopped; prints its addresses and secrets as one JSON line when it is ready. Its page for people is at the address itself.',
    )
    .option('--port <number>', 'port to listen on; 0 for any free one', parseWholeNumber, 0)
    .option('--hostname <name...>', 'more names for its certificate, such as graph.microsoft.com', [])
    .option('--users <number>', 'how many accounts the tenant has', parseWholeNumber, 2000)
    .option('--seed <text>', 'which tenant it is: the same seed gives the same people', 'dormant')
    .option(
      '--by-groups <percent>',
      'how many of the generated licences come from groups, for the same people and products (without it: 18)',
      parseWholeNumber,
    )
    .addOption(
      new Option('--cloud <name>', 'which cloud it is in, with what that cloud lacks')
        .choices(CLOUD_NAMES)
        .default('global'),
    )
    .option('--clock <instant>', 'its time at start, ISO 8601')
    .addOption(
      new Option('--budgets <size>', 'Microsoft’s quotas: as documented, a hundred times as much, or none')
        .choices(['documented', 'generous', 'off'] satisfies Switches['budgets'][])
        .default('documented'),
    )
    .option('--latency <milliseconds>', 'added to each request', parseWholeNumber, 0)
    .option(
      '--quota-speed <number>',
      'how many times as fast as Microsoft’s the windows of its quotas pass',
      parseWholeNumber,
      1,
    )
    .option(
      '--weather <seed>',
      'late and reordered reads, throttling and broken answers, as the documents allow them; none without it',
    )
    .option('--certificates', 'make a certificate for each identity', false)
    .option('--no-premium', 'a tenant without Entra ID P1')
    .option('--github', 'a GitHub beside it, with one private repository that is empty; needs git', false)
    .addOption(
      new Option(
        '--env [identity]',
        'go into the background, and print the variables that the clients of a shell need instead of the JSON line',
      )
        .choices(DEFAULT_IDENTITIES)
        .preset('audit'),
    )
    .addHelpText('after', examples)
    .action(async (given: Options, command: Command) => {
      const { hostname, clock, latency, premium, quotaSpeed, budgets, weather, env, github, byGroups, ...options } =
        given;
      const limits = { quotaSpeed: Math.max(1, quotaSpeed), budgets };
      const switches = { latencyMs: latency, premium, ...limits, weather: weather ?? null };
      try {
        const start = {
          ...(clock === undefined ? {} : { clock }),
          ...(byGroups === undefined ? {} : { groupLicensedShare: byGroups / 100 }),
        };
        await runEmulator(
          { ...options, ...start, hostnames: hostname, switches },
          { shellIdentity: env, hasGitHub: github },
        );
      } catch (error) {
        // Such as a port that is taken, or too few users.
        command.error(`error: ${error instanceof Error ? error.message : String(error)}`);
      }
    });
}

function parseWholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new InvalidArgumentError('It must be a whole number, 0 or more.');
}
