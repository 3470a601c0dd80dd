// Lets the engine leave alone what the azuread plugin has made while that one cannot be had: it starts, and refuses whatever is asked.
import { main } from '@pulumi/pulumi/provider/index.js';
import { azureadVersion } from '../azuread-plugin.ts';

const refuse = (): Promise<never> => Promise.reject(new Error('The azuread plugin is not on this machine.'));

process.once('SIGINT', () => process.exit(0));
process.stdin.once('end', () => process.exit(1)).resume();
await main(
  { version: azureadVersion, create: refuse, update: refuse, read: refuse, delete: refuse },
  process.argv.slice(2),
);
