// The table of resources that can be read: one row for each collection and each object.
import { applicationResources } from './application-resources.ts';
import { auditLogResources } from './audit-log-resources.ts';
import { directoryRoleResources } from './directory-role-resources.ts';
import { groupResources } from './group-resources.ts';
import { meResources } from './me-resources.ts';
import type { AnyResource } from './resource.ts';
import { roleResources } from './role-resources.ts';
import { tenantResources } from './tenant-resources.ts';
import { unitResources } from './unit-resources.ts';
import { userRelationshipResources } from './user-relationship-resources.ts';
import { userResources } from './user-resources.ts';

export const resources: readonly AnyResource[] = [
  ...userResources,
  ...userRelationshipResources,
  ...meResources,
  ...groupResources,
  ...roleResources,
  ...directoryRoleResources,
  ...unitResources,
  ...tenantResources,
  ...applicationResources,
  ...auditLogResources,
];
