// Graph's refusals of writes, turned into sentences with a remedy. Sources: Microsoft's license assignment error list and
// the answers of assignLicense and PATCH /users.
import type { BatchAnswer } from '../../graph/batch.ts';
import { parseGraphError } from '../../graph/request-failed.ts';
import { formatRequestIds } from '../../graph/request-ids.ts';
import type { Subscriptions } from '../../graph/subscriptions.ts';
import { DormantError, type ErrorContext } from '../../policy/errors.ts';
import { foldId, type IdKey } from '../../policy/identifiers.ts';

/** `license-not-held`: it was gone before the call. */
export type WriteRefusalCode =
  | 'license-inherited'
  | 'plan-dependency'
  | 'plans-exclusive'
  | 'product-gone'
  | 'no-seats'
  | 'no-usage-location'
  | 'license-not-held'
  | 'concurrent-change'
  | 'on-premises-owned'
  | 'account-privileged'
  | 'account-gone'
  | 'group-forbidden'
  | 'group-gone'
  | 'group-refused'
  | 'write-refused';

/** A refusal by Microsoft, in its own words. */
export class WriteRefusal extends DormantError {
  declare readonly code: WriteRefusalCode;
  /** With names for ids; empty: no message came. */
  readonly wording: string;
  /** Ids of products and service plans in the message. */
  readonly ids: readonly IdKey[];

  constructor(code: WriteRefusalCode, message: string, more: ErrorContext & Pick<WriteRefusal, 'wording' | 'ids'>) {
    super(code, message, more);
    this.wording = more.wording;
    this.ids = more.ids;
  }
}

interface Rule {
  code: WriteRefusalCode;
  isMatch(answer: GraphAnswer): boolean;
  message: string;
  remedy: string;
}

interface GraphAnswer {
  status: number;
  graphCode: string;
  graphMessage: string;
}

/** `request`: such as `POST /users/{id}/assignLicense`. Ids of products and plans become their names. */
export function toWriteRefusal(
  request: string,
  answer: BatchAnswer,
  subscriptions: Subscriptions = new Map(),
): WriteRefusal {
  return buildRefusal(rules, request, answer, subscriptions);
}

/** Of a change of a group's members. */
export function toGroupRefusal(request: string, answer: BatchAnswer): WriteRefusal {
  return buildRefusal(groupRules, request, answer, new Map());
}

/** Graph's answer to adding a member twice (page "Add members", seen in its client libraries' issues). */
export function isMemberAlready({ status, body }: Pick<BatchAnswer, 'status' | 'body'>): boolean {
  return status === 400 && /added object references already exist/i.test(parseGraphError(body).graphMessage);
}

function buildRefusal(
  known: readonly Rule[],
  request: string,
  answer: BatchAnswer,
  subscriptions: Subscriptions,
): WriteRefusal {
  const { status, body } = answer;
  const { graphCode, graphMessage } = parseGraphError(body);
  const rule = known.find(({ isMatch }) => isMatch({ status, graphCode, graphMessage }));
  const opening = rule?.message ?? `${request} was answered ${status} ${graphCode}`.trimEnd();
  const named = replaceIds(graphMessage.replace(/\.?\s*$/, ''), subscriptions);
  const words = named === '' ? '' : `: ${named}`;
  return new WriteRefusal(rule?.code ?? 'write-refused', `${opening}${words}${formatRequestIds(answer)}.`, {
    where: request,
    remedy: rule?.remedy ?? '',
    wording: named,
    ids: (graphMessage.match(guid) ?? []).map(foldId),
  });
}

const matchWording = (pattern: RegExp) => (answer: GraphAnswer) =>
  answer.status === 400 && pattern.test(answer.graphMessage);

const rules: readonly Rule[] = [
  {
    code: 'license-inherited',
    isMatch: matchWording(/inherited from a group membership/i),
    message: 'A licence now comes from a group and cannot be removed from the account',
    remedy: 'Take the account out of the group, or leave the licence in desired.licenses.',
  },
  {
    code: 'plan-dependency',
    isMatch: matchWording(/depends on the service plan/i),
    message: 'A licence that stays needs a service plan of one that goes',
    remedy: 'Let both go, or keep both in desired.licenses.',
  },
  {
    code: 'plans-exclusive',
    isMatch: matchWording(/mutually exclusive/i),
    message: 'Two licences cannot be held together',
    remedy: 'Take one of them away in the tenant, then run the apply again.',
  },
  {
    code: 'product-gone',
    isMatch: matchWording(/does not correspond to a valid company licen[sc]e/i),
    message: 'The tenant no longer has the product',
    remedy: 'Buy it again, or give the account what replaces it by hand.',
  },
  {
    code: 'no-seats',
    isMatch: matchWording(/does not have any available licenses/i),
    message: 'The tenant has no free seat to give back',
    remedy: 'Free or buy a seat, then run the apply again.',
  },
  {
    code: 'no-usage-location',
    isMatch: matchWording(/invalid usage location/i),
    message: 'Licences need a usage location, and the account has none that Microsoft accepts',
    remedy: 'Set the usage location of the account, then run the apply again.',
  },
  {
    code: 'license-not-held',
    isMatch: matchWording(/does not have a corresponding license/i),
    message: 'A licence to be removed is not held any more',
    remedy: '',
  },
  {
    code: 'on-premises-owned',
    isMatch: matchWording(/on-premises mastered/i),
    message: 'Active Directory owns the account',
    remedy: 'Have it changed there; the sync brings it to the cloud.',
  },
  {
    code: 'concurrent-change',
    isMatch: ({ status }) => status === 409,
    message: 'Something else kept changing the account at the same time',
    remedy: 'Run the apply again.',
  },
  {
    code: 'account-privileged',
    isMatch: ({ status, graphCode }) => status === 403 && graphCode === 'Authorization_RequestDenied',
    message:
      'Entra refuses the change: the permission is missing, or the account holds a role, is in a role-assignable group or owns one, or is in a restricted management unit',
    remedy:
      'Check the grants with `dormant doctor`. Do not give the apply an Entra role: leave such accounts to a person.',
  },
  {
    code: 'account-gone',
    isMatch: ({ status }) => status === 404,
    message: 'The account was deleted while it was being changed',
    remedy: '',
  },
];

const groupRules: readonly Rule[] = [
  {
    code: 'group-forbidden',
    isMatch: ({ status }) => status === 403,
    message: 'Entra does not let the apply change the members of the group',
    remedy:
      'Check with `dormant doctor` that the group is in the administrative unit of its role; the bootstrap can grant other rights.',
  },
  {
    code: 'group-gone',
    isMatch: ({ status }) => status === 404,
    message: 'The group or the account is gone',
    remedy: '',
  },
  {
    code: 'group-refused',
    isMatch: ({ status }) => status === 400,
    message: 'Entra does not change the members of the group',
    remedy: 'Look at the group in the Entra admin center: a rule or Active Directory may own its members.',
  },
];

const guid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;

function replaceIds(text: string, subscriptions: Subscriptions): string {
  const products = [...subscriptions.values()];
  return text.replace(guid, (id) => {
    const key = foldId(id);
    const product = subscriptions.get(key)?.skuPartNumber;
    return product ?? products.find(({ plans }) => plans.has(key))?.plans.get(key) ?? id;
  });
}
