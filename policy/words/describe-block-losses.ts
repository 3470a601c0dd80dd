// What a block would take although it has to stay, in words: the group, its rule, the product and what hangs on it. Pure.
import type { StayReason } from '../schemas/account.ts';
import { formatList } from './labels.ts';

interface LossWithBlock {
  /** The group's name, or its id. */
  group: string;
  /** null: it may not be read. */
  membershipRule: string | null;
  skuPartNumber: string;
  reason: StayReason;
  /** Of the OneDrive; null: unknown. */
  gigabytes: number | null;
}

/** `the group "All" (user.accountEnabled -eq true) takes SPE_E3 back once sign-in is blocked, and with it 3.1 GB of …`. */
export function describeLossesWithBlock(losses: readonly LossWithBlock[]): string {
  const groups = Map.groupBy(losses, ({ group, membershipRule }) => describeLicenseGroup(group, membershipRule));
  const sentences = [...groups].map(([group, lost]) => {
    const products = [...new Set(lost.map(({ skuPartNumber }) => skuPartNumber))];
    const what = [...new Set(lost.map(describeLoss))];
    return `${group} takes ${formatList(products)} back once sign-in is blocked, and with ${products.length === 1 ? 'it' : 'them'} ${formatList(what)}`;
  });
  return sentences.join('; ');
}

export function describeLicenseGroup(name: string, membershipRule: string | null): string {
  return `the group "${name}" (${membershipRule === null ? 'its rule may not be read' : formatRule(membershipRule)})`;
}

/** Shortened: a rule can have 3,072 characters. */
export function formatRule(membershipRule: string): string {
  const rule = removeOuterParentheses(membershipRule.replace(/\s+/g, ' ').trim());
  return rule.length > 160 ? `${rule.slice(0, 159)}…` : rule;
}

/** Of `(a) -or (b)` none are around all of it. Those in quotation marks close nothing. */
function removeOuterParentheses(rule: string): string {
  let depth = 0;
  const last = [...rule.matchAll(/"[^"]*"|[()]/g)].find(([mark]) => {
    depth += mark === '(' ? 1 : mark === ')' ? -1 : 0;
    return depth === 0;
  });
  const isWrapped = rule.startsWith('(') && last?.index === rule.length - 1;
  return isWrapped ? removeOuterParentheses(rule.slice(1, -1).trim()) : rule;
}

function describeLoss({ reason, gigabytes }: LossWithBlock): string {
  switch (reason) {
    case 'onedrive-files':
      return `${gigabytes === null ? 'files' : `${gigabytes} GB`} of OneDrive that nobody has released`;
    case 'onedrive-unknown':
      return 'a OneDrive of unknown content that nobody has released';
    case 'archive':
    case 'archive-add-on':
      return 'an archive of mail';
    case 'litigation-hold':
      return 'a litigation hold';
    case 'retention-hold':
      return 'a hold for eDiscovery, by a retention policy or by a label';
    case 'hold-unknown':
      return 'a hold, if the mailbox is on one, which could not be read';
    case 'mailbox-over-limit':
    case 'size-unknown':
      return 'a mailbox that may be too large to be shared without it';
    case 'cloud-pc':
      return 'a Cloud PC';
    case 'product-unknown':
      return 'whatever depends on it: the tenant no longer lists the product';
    default:
      return 'what another licence needs';
  }
}
