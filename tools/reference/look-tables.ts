// What docs/guides/look.md shows of a look: the permissions that it asks for, and which of Entra's roles suffice for what.
import { permissions, reportNamesPermission } from '../../cli/look/permissions.ts';
import { listSufficientRoles, readings } from '../../graph/person/directory-roles.ts';

export function renderLookPermissions(): string {
  return [
    '| permission | what for |',
    '| --- | --- |',
    ...permissions.map(({ name, why }) => `| ${name} | ${why} |`),
    `| ${reportNamesPermission} | only if you agree to show the names: to change that setting, and to put it back |`,
  ].join('\n');
}

export function renderLookRoles(): string {
  return [
    '| what is read | roles of which one suffices | without it |',
    '| --- | --- | --- |',
    ...readings.map((reading) => {
      const without = reading.isNeeded ? `there is no look: ${reading.without}` : reading.without;
      return `| ${reading.what} | ${listSufficientRoles(reading).join(', ')} | ${without} |`;
    }),
  ].join('\n');
}
