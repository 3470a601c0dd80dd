// The command line of the emulated tenant: `npm run emulator` at the root of the repository, `dormant-emulator` elsewhere.
import { Command, InvalidArgumentError, Option } from 'commander';
import { CLOUD_NAMES, type CloudName } from './clouds.ts';
import { runEmulator } from './run.ts';

interface Options {
  port: number;
  hostname: string[];
  users: number;
  seed: string;
  clock?: string;
  cloud: CloudName;
  latency: number;
  quotaSpeed: number;
  premium: boolean;
  certificates: boolean;
}

export function createEmulatorCommand(): Command {
  return new Command('dormant-emulator')
    .description(
      'Run the embedded tenant (Entra, Graph, Exchange) until it is stopped; prints its addresses and secrets as one JSON line.',
    )
    .option('--port <number>', 'port to listen on; 0 for any free one', parseWholeNumber, 0)
    .option('--hostname <name...>', 'more names for its certificate, such as graph.microsoft.com', [])
    .option('--users <number>', 'how many accounts the tenant has', parseWholeNumber, 2000)
    .option('--seed <text>', 'which tenant it is: the same seed gives the same people', 'dormant')
    .addOption(
      new Option('--cloud <name>', 'which cloud it is in, with what that cloud lacks')
        .choices(CLOUD_NAMES)
        .default('global'),
    )
    .option('--clock <instant>', 'its time at start, ISO 8601')
    .option('--latency <milliseconds>', 'added to each request', parseWholeNumber, 0)
    .option(
      '--quota-speed <number>',
      'how many times as fast as Microsoft’s the windows of its quotas pass',
      parseWholeNumber,
      1,
    )
    .option('--certificates', 'make a certificate for each identity', false)
    .option('--no-premium', 'a tenant without Entra ID P1')
    .action(async ({ hostname, clock, latency, premium, quotaSpeed, ...options }: Options) => {
      await runEmulator({
        ...options,
        hostnames: hostname,
        ...(clock === undefined ? {} : { clock }),
        switches: { latencyMs: latency, premium, quotaSpeed: Math.max(1, quotaSpeed) },
      });
    });
}

function parseWholeNumber(text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 0) return number;
  throw new InvalidArgumentError('It must be a whole number, 0 or more.');
}
