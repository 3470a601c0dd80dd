// `npm run graph-metadata [file]`: writes emulator/odata/graph-schema.json from Graph's metadata, the file's or Microsoft's of
// today. To be run where a resource of a new type is added, and its difference read like that of a lockfile.
import { readFile, writeFile } from 'node:fs/promises';
import { execa } from 'execa';
import { extractTypes } from './graph-metadata/extract-types.ts';

const SOURCE = 'https://graph.microsoft.com/v1.0/$metadata';
const TARGET = 'emulator/odata/graph-schema.json';

/** What the embedded tenant answers with, and what leads there. */
const roots = [
  'admin',
  'adminReportSettings',
  'administrativeUnit',
  'appRoleAssignment',
  'application',
  'auditLogRoot',
  'conditionalAccessPolicy',
  'conditionalAccessRoot',
  'directory',
  'directoryAudit',
  'directoryObject',
  'directoryRole',
  'federatedIdentityCredential',
  'group',
  'identityContainer',
  'identityGovernance',
  'licenseDetails',
  'mailboxSettings',
  'message',
  'oAuth2PermissionGrant',
  'organization',
  'privilegedAccessGroup',
  'privilegedAccessGroupEligibilitySchedule',
  'privilegedAccessRoot',
  'rbacApplication',
  'roleManagement',
  'scopedRoleMembership',
  'servicePrincipal',
  'signIn',
  'subscribedSku',
  'unifiedRoleAssignment',
  'unifiedRoleAssignmentScheduleInstance',
  'unifiedRoleDefinition',
  'unifiedRoleEligibilitySchedule',
  'unifiedRoleEligibilityScheduleInstance',
  'user',
];

const [file] = process.argv.slice(2);
const csdl = file === undefined ? await (await fetch(SOURCE)).text() : await readFile(file, 'utf8');
await writeFile(TARGET, `${JSON.stringify(extractTypes(csdl, roots), null, 2)}\n`);
await execa('biome', ['format', '--write', TARGET], { preferLocal: true });
console.log(`${TARGET} is written. Read its difference before you commit it.`);
