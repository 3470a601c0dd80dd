// All checks, in the order they are shown: this machine, the tenant, GitHub.
import type { Check } from './check.ts';
import { appKey } from './checks/app-key.ts';
import { appRoles } from './checks/app-roles.ts';
import { azureadPlugin } from './checks/azuread-plugin.ts';
import { calendar } from './checks/calendar.ts';
import { codeOwners } from './checks/code-owners.ts';
import { credentials } from './checks/credentials.ts';
import { emergencyAccounts } from './checks/emergency-accounts.ts';
import { entraPremium } from './checks/entra-premium.ts';
import { entraRoles } from './checks/entra-roles.ts';
import { environments } from './checks/environments.ts';
import { factsKey } from './checks/facts-key.ts';
import { factsKeySecret } from './checks/facts-key-secret.ts';
import { fullClone } from './checks/full-clone.ts';
import { hrContact } from './checks/hr-contact.ts';
import { lastAudit } from './checks/last-audit.ts';
import { licenseGroups } from './checks/license-groups.ts';
import { notificationSender } from './checks/notification-sender.ts';
import { otherIdentity } from './checks/other-identity.ts';
import { pause } from './checks/pause.ts';
import { pauseLabelCheck } from './checks/pause-label.ts';
import { peopleGroups } from './checks/people-groups.ts';
import { prices } from './checks/prices.ts';
import { privileges } from './checks/privileges.ts';
import { pulumiBackend } from './checks/pulumi-backend.ts';
import { pulumiCli } from './checks/pulumi-cli.ts';
import { records } from './checks/records.ts';
import { reportSettings } from './checks/report-settings.ts';
import { repositoryPrivacy } from './checks/repository-privacy.ts';
import { ruleset } from './checks/ruleset.ts';
import { selfHostedRunners } from './checks/self-hosted-runners.ts';
import { sharedSecrets } from './checks/shared-secrets.ts';
import { sharedTenant } from './checks/shared-tenant.ts';
import { signIn } from './checks/sign-in.ts';
import { statePlace } from './checks/state-place.ts';
import { twoIdentities } from './checks/two-identities.ts';
import { gitVersion, nodeVersion } from './checks/versions.ts';
import { workflowApproval } from './checks/workflow-approval.ts';
import { workflowBranches } from './checks/workflow-branches.ts';

export const checks: readonly Check[] = [
  nodeVersion,
  gitVersion,
  fullClone,
  pulumiCli,
  azureadPlugin,
  pulumiBackend,
  calendar,
  codeOwners,
  factsKey,
  records,
  sharedTenant,
  twoIdentities,
  signIn,
  appRoles,
  otherIdentity,
  entraRoles,
  licenseGroups,
  peopleGroups,
  credentials,
  entraPremium,
  privileges,
  reportSettings,
  notificationSender,
  hrContact,
  emergencyAccounts,
  prices,
  pause,
  repositoryPrivacy,
  ruleset,
  workflowApproval,
  workflowBranches,
  pauseLabelCheck,
  environments,
  statePlace,
  factsKeySecret,
  appKey,
  sharedSecrets,
  selfHostedRunners,
  lastAudit,
];
