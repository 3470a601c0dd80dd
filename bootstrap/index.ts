// Where `pulumi -C bootstrap up` enters: configuration in, outputs out.
import pulumi from '@pulumi/pulumi';
import { bootstrap } from './program.ts';
import { settingsOf } from './settings.ts';

const config = new pulumi.Config();
const settings = settingsOf(
  pulumi.getStack(),
  (key) => config.get(key),
  new pulumi.Config('azuread').get('environment'),
);

export const { tenantId, auditClientId, applyClientId, grants, exchangeCommands } = await bootstrap(settings);
