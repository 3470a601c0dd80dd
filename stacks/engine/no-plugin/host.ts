// Stands in for the azuread plugin where none may be run, so that the engine can leave its resources alone: it
// starts, and refuses every operation.
import { main } from '@pulumi/pulumi/provider/index.js';
import { azureadVersion } from '../azuread-plugin.ts';

const refuse = (): Promise<never> => Promise.reject(new Error('The azuread plugin may not be run here.'));

process.once('SIGINT', () => process.exit(0));
process.stdin.once('end', () => process.exit(1)).resume();
await main(
  { version: azureadVersion, create: refuse, update: refuse, read: refuse, delete: refuse },
  process.argv.slice(2),
);
