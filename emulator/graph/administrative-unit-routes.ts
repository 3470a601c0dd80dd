// Administrative units, whether they are restricted, and their members.
import { Hono } from 'hono';
import { notFound } from '../odata/errors.ts';
import type { RequestEnv, Site } from '../site.ts';
import type { AdministrativeUnit } from '../tenant/directory.ts';
import { answer } from './answer.ts';
import { answerPage } from './collection-page.ts';
import { findDirectoryObject } from './directory-object.ts';
import { permit } from './permissions.ts';
import { buildObject } from './stored-object.ts';

/** Source: "List administrativeUnits" and "List members" of Graph's reference. */

/** /directory/administrativeUnits and the members of each. */
export function createAdministrativeUnitRoutes({ tenant }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  const units = tenant.directory.administrativeUnits;
  const requireUnit = (id: string): AdministrativeUnit => {
    const unit = units.get(id.toLowerCase());
    if (!unit) throw notFound(id);
    return unit;
  };
  app.get('/directory/administrativeUnits', permit('GET /directory/administrativeUnits'), (c) =>
    answerPage(c, 'directory/administrativeUnits', { entries: [...units.values()], write: buildUnit }),
  );
  app.get('/directory/administrativeUnits/:id', permit('GET /directory/administrativeUnits/{id}'), (c) =>
    answer(c, 'directory/administrativeUnits/$entity', buildUnit(requireUnit(c.req.param('id')))),
  );
  app.get(
    '/directory/administrativeUnits/:id/members',
    permit('GET /directory/administrativeUnits/{id}/members'),
    (c) => {
      const members = [...requireUnit(c.req.param('id')).members].filter((id) =>
        findDirectoryObject(tenant, id, ['id']),
      );
      const read = (id: string, select: readonly string[] | null = null) =>
        findDirectoryObject(tenant, id, select) ?? {};
      return answerPage(c, 'directoryObjects', { entries: members, write: read });
    },
  );
  return app;
}

/** A unit that is not restricted has null or false (administrativeUnit resource: the default null means false). */
function buildUnit(unit: AdministrativeUnit, select: readonly string[] | null = null) {
  const { id, displayName, isMemberManagementRestricted } = unit;
  const properties = {
    deletedDateTime: null,
    description: null,
    displayName,
    isMemberManagementRestricted: isMemberManagementRestricted ? true : null,
    membershipRule: null,
    membershipRuleProcessingState: null,
    membershipType: null,
    visibility: null,
  };
  return buildObject('administrativeUnit', { id, properties }, select);
}
