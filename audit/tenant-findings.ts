// What a first reading tells of a company beside who is silent: whom the rules recognise, and which groups give licences. It is
// offered to whoever writes the policy; nothing here decides.
import type { Evidence } from '../policy/evidence.ts';
import { foldText, type GroupId, type UserPrincipalName } from '../policy/identifiers.ts';
import type { JudgedAccount, RiskCode } from '../policy/judge/judgement.ts';

/** An account, and what it was recognised by. */
interface RecognisedAccount {
  userPrincipalName: UserPrincipalName;
  because: string;
}

interface LicensingGroup {
  id: GroupId;
  /** null: it has none, or it may not be read. */
  name: string | null;
  /** Accounts that have a licence from it. */
  accounts: number;
  skuPartNumbers: readonly string[];
}

export interface TenantFindings {
  executives: Recognised;
  serviceAccounts: Recognised;
  /** By the policy's names, or because they look like one: an administrator of everything, without a licence, in the cloud only. */
  emergencyAccounts: Recognised;
  /** The one with the most accounts first. */
  groups: readonly LicensingGroup[];
}

interface Recognised {
  accounts: number;
  /** The first of them by name. */
  examples: readonly RecognisedAccount[];
}

interface FindingsCollector {
  /** Takes each account of the listing. */
  note(judged: JudgedAccount): void;
  getFindings(): TenantFindings;
}

/** More than anybody reads in one sitting; the rest is counted. */
const mostExamples = 50;

const kinds = {
  executives: 'executive',
  serviceAccounts: 'service-account',
  emergencyAccounts: 'emergency-access',
} as const satisfies Partial<Record<keyof TenantFindings, RiskCode>>;
type Kind = keyof typeof kinds;

export function createFindingsCollector(): FindingsCollector {
  const found: Record<Kind, Map<string, RecognisedAccount>> = {
    executives: new Map(),
    serviceAccounts: new Map(),
    emergencyAccounts: new Map(),
  };
  const groups = new Map<GroupId, { name: string | null; accounts: Set<string>; skuPartNumbers: Set<string> }>();
  const noteGroups = ({ id, licenses }: Evidence) => {
    for (const { assignedByGroup, groupName, skuPartNumber } of licenses) {
      if (assignedByGroup === null) continue;
      const group = groups.get(assignedByGroup) ?? { name: groupName, accounts: new Set(), skuPartNumbers: new Set() };
      group.accounts.add(id);
      group.skuPartNumbers.add(skuPartNumber);
      groups.set(assignedByGroup, group);
    }
  };
  return {
    note({ evidence, judgement }) {
      noteGroups(evidence);
      const { userPrincipalName } = evidence;
      for (const kind of ['executives', 'serviceAccounts', 'emergencyAccounts'] as const) {
        const risk = judgement.risks.find(({ code }) => code === kinds[kind]);
        const because = risk?.because ?? (kind === 'emergencyAccounts' ? findEmergencySign(evidence) : null);
        if (because !== null) found[kind].set(foldText(userPrincipalName), { userPrincipalName, because });
      }
    },
    getFindings: () => ({
      executives: summarise(found.executives),
      serviceAccounts: summarise(found.serviceAccounts),
      emergencyAccounts: summarise(found.emergencyAccounts),
      groups: [...groups]
        .map(([id, { name, accounts, skuPartNumbers }]) => ({
          id,
          name,
          accounts: accounts.size,
          skuPartNumbers: [...skuPartNumbers].sort(),
        }))
        .sort((a, b) => b.accounts - a.accounts || (a.id < b.id ? -1 : 1)),
    }),
  };
}

/**
 * Microsoft's advice for such accounts: Global Administrator for good, of the cloud alone, with the tenant's own onmicrosoft.com name
 * (entra-docs, docs/identity/role-based-access-control/security-emergency-access.md). null: it does not look like one.
 */
function findEmergencySign({ roles, licenses, userPrincipalName, onPremisesSyncEnabled }: Evidence): string | null {
  const isGlobal = roles.some(
    (held) => held.kind === 'active' && held.roleName === 'Global Administrator' && held.scope === undefined,
  );
  const isOfTenant = /\.onmicrosoft\.(com|us|cn)$/i.test(userPrincipalName);
  if (!isGlobal || !isOfTenant || licenses.length > 0 || onPremisesSyncEnabled) return null;
  return 'Global Administrator, without a licence, in the cloud only';
}

function summarise(found: ReadonlyMap<string, RecognisedAccount>): Recognised {
  const all = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, account]) => account);
  return { accounts: all.length, examples: all.slice(0, mostExamples) };
}
