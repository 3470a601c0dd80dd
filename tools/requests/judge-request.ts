// Whether Microsoft documents a request as Dormant sends it, and whether its identity has the permissions for it. Pure.
import { grantOptions, listAppRoles, type PipelineIdentity, pipelineIdentities } from '../../bootstrap/grants.ts';
import { permissions as askedOfPeople, doneWithout, reportNamesPermission } from '../../cli/look/permissions.ts';
import { findCallFacts, type SentRequest } from './sent-request.ts';

/** Problems, each a sentence. */
export function judgeRequest(request: SentRequest): string[] {
  const facts = findCallFacts(request);
  if (facts?.page === undefined) return [describeUnknown(request)];
  const { call, query } = request;
  const documented = new Set(['$skiptoken', ...(facts.query ?? [])]);
  const undocumented = [...query.keys()].filter((name) => !documented.has(name.toLowerCase()));
  return [
    ...undocumented.map(
      (name) => `${call} is sent with ${name}, which ${facts.page} does not name for it: leave it out.`,
    ),
    ...checkPageSize(request, facts.mostOnPage),
    ...checkPermissions(request),
  ];
}

/** The least granted permission of Microsoft's list, and those for single properties; null: not all are granted. */
export function findRequiredPermissions(request: SentRequest): readonly string[] | null {
  const { identity, query } = request;
  const { permissions = [], delegated, alsoFor = {}, with: together = {} } = findCallFacts(request) ?? {};
  const queryText = [...query.values()].join(' ');
  const also = Object.entries(alsoFor)
    .filter(([property]) => queryText.includes(property))
    .map(([, permission]) => permission);
  const [least] = permissions;
  if (least === undefined && delegated === undefined) return [];
  if (identity === 'person') return selectAskedFor(delegated?.permissions ?? [], also);
  if (least === undefined) return [];
  // A person's or the bootstrap's grants are not known here.
  if (!isOfPipeline(identity)) return [least, ...also];
  const granted: ReadonlySet<string> = new Set(listAppRoles(identity, new Set(grantOptions)));
  const basis = permissions.find((permission) => granted.has(permission));
  if (basis === undefined) return null;
  const partner = together[basis];
  const all = new Set([basis, ...also, ...(partner === undefined ? [] : [partner])]);
  return [...all].every((each) => granted.has(each)) ? [...all] : null;
}

/** Of what `dormant look` asks a person for, or goes without when it is refused. */
function selectAskedFor(permissions: readonly string[], also: readonly string[]): readonly string[] | null {
  const asked = new Set<string>([...askedOfPeople.map(({ name }) => name), reportNamesPermission, ...doneWithout]);
  const basis = permissions.find((permission) => asked.has(permission));
  return basis === undefined || !also.every((each) => asked.has(each)) ? null : [basis, ...also];
}

function isOfPipeline(identity: string | null): identity is PipelineIdentity {
  return pipelineIdentities.some((each) => each === identity);
}

function describeUnknown({ call, source }: SentRequest): string {
  return `${call} (asked by: ${source}) is not among Microsoft's facts: look it up and add it, with its page, to emulator/graph/resources/ (a read) or emulator/graph/calls/.`;
}

/** At most 500 a page with signInActivity (user-list.md), 100 with $expand (microsoft-graph-docs, PR 21506). */
function checkPageSize({ call, query }: SentRequest, mostOnPage: number | undefined): string[] {
  const top = Number(query.get('$top') ?? 0);
  const queryText = [...query.values()].join(' ');
  const most = query.has('$expand') ? 100 : queryText.includes('signInActivity') ? 500 : (mostOnPage ?? top);
  return top > most ? [`${call} is sent with $top=${top}, and Microsoft gives ${most} to a page at most.`] : [];
}

function checkPermissions(request: SentRequest): string[] {
  if (findRequiredPermissions(request) !== null) return [];
  const { call, identity } = request;
  const { permissions = [], delegated } = findCallFacts(request) ?? {};
  const [needed, where] =
    identity === 'person'
      ? [delegated?.permissions ?? [], 'cli/look/permissions.ts asks a person for']
      : [permissions, `bootstrap/grants.ts grants the ${identity}`];
  return [`${call} needs one of ${needed.join(', ')}, and what its properties need: ${where} none.`];
}
