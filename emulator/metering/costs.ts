// What a request costs of the identity budgets. Source: Microsoft's page on throttling limits, "Identity and access".

export interface Cost {
  readonly units: number;
  readonly writes: number;
}

const PATTERNS: readonly (readonly [RegExp, number])[] = [
  [/^\/groups\/[^/]+\/transitiveMembers/, 5],
  [/^\/(groups\/[^/]+\/members|subscribedSkus|directoryObjects\/getByIds)$/, 3],
  [/^\/(groups|users)\/[^/]+\/(memberOf|appRoleAssignments)$/, 2],
  [/^\/(users|applications|servicePrincipals)$/, 2],
  [/^\/users\/[^/]+(\/manager)?$/, 1],
  [
    /^\/(groups|applications|servicePrincipals|roleManagement|subscribedSkus|organization|identity|identityGovernance|directory)/,
    1,
  ],
];

const MAIL_ROUTES = /^\/users\/[^/]+\/(sendMail|mailboxSettings)$/;

/** The cost of a request below /v1.0; null where other budgets than those of identity apply (reports, mail). */
export function identityCost(method: string, path: string, query: URLSearchParams): Cost | null {
  if (MAIL_ROUTES.test(path)) return null;
  const base = PATTERNS.find(([pattern]) => pattern.test(path))?.[1];
  if (base === undefined && !path.startsWith('/users/')) return null;
  if (method !== 'GET') return { units: 1, writes: 1 };
  const selects = query.has('$select') ? -1 : 0;
  const expands = query.has('$expand') ? 1 : 0;
  const small = query.has('$top') && Number(query.get('$top')) < 20 ? -1 : 0;
  return { units: Math.max(1, (base ?? 1) + selects + expands + small), writes: 0 };
}
