// The route of a path, for counting: {id} replaces ids and UPNs.

const GUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

/** `/v1.0/users/{id}/manager` for the path of any user's manager. */
export function toRoutePattern(path: string): string {
  return path
    .replaceAll(GUID, '{id}')
    .replace(/\/users\/(?!\$count)[^/]+/, '/users/{id}')
    .replace(/^\/reports\/download\/.*/, '/reports/download/{ticket}');
}
