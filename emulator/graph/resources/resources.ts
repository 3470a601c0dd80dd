// The table of resources that can be read: one row for each collection and each object.
import { applicationResources } from './application-resources.ts';
import { auditLogResources } from './audit-log-resources.ts';
import { groupResources } from './group-resources.ts';
import { meResources } from './me-resources.ts';
import type { AnyResource } from './resource.ts';
import { roleResources } from './role-resources.ts';
import { tenantResources } from './tenant-resources.ts';
import { unitResources } from './unit-resources.ts';
import { userResources } from './user-resources.ts';

export const resources: readonly AnyResource[] = [
  ...userResources,
  ...meResources,
  ...groupResources,
  ...roleResources,
  ...unitResources,
  ...tenantResources,
  ...applicationResources,
  ...auditLogResources,
];
