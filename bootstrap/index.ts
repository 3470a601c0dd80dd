// The entry point of `pulumi -C bootstrap up`: configuration in, outputs out.
import pulumi from '@pulumi/pulumi';
import { DormantError } from '../policy/errors.ts';
import { declareBootstrap } from './program.ts';
import { parseSettings } from './settings.ts';

export const { tenantId, auditClientId, applyClientId, grants, licenseGroups, exchangeCommands } =
  await run().catch(rethrowAsRunError);

async function run() {
  const config = new pulumi.Config();
  const environment = new pulumi.Config('azuread').get('environment');
  return declareBootstrap(parseSettings(pulumi.getStack(), (key) => config.get(key), environment));
}

/** Pulumi prints only the message of a RunError, but the stack of any other error. */
function rethrowAsRunError(error: unknown): never {
  if (error instanceof DormantError) throw new pulumi.RunError(`${error.message}\n${error.remedy}`);
  throw error;
}
