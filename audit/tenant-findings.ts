// What a reading tells of a company beside who is silent: whom the rules recognise, and which groups give licences. Active people
// count, too, so it is noted while accounts are walked: counts and a few names, however large the tenant. Nothing here decides.
import type { Evidence } from '../policy/evidence.ts';
import { foldText, type UserPrincipalName } from '../policy/identifiers.ts';
import type { JudgedAccount, RiskCode } from '../policy/judge/judgement.ts';
import { createGroupCounter, type LicensingGroup } from './licensing-groups.ts';

/** An account, and what it was recognised by. */
interface RecognisedAccount {
  userPrincipalName: UserPrincipalName;
  because: string;
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
  const found: Record<Kind, Recognised> = {
    executives: { accounts: 0, examples: [] },
    serviceAccounts: { accounts: 0, examples: [] },
    emergencyAccounts: { accounts: 0, examples: [] },
  };
  const groups = createGroupCounter();
  return {
    note({ evidence, judgement }) {
      groups.note(evidence);
      // Who is outside the scope is not named.
      if (judgement.scope !== 'inside') return;
      const { userPrincipalName } = evidence;
      for (const kind of ['executives', 'serviceAccounts', 'emergencyAccounts'] as const) {
        const risk = judgement.risks.find(({ code }) => code === kinds[kind]);
        const because = risk?.because ?? (kind === 'emergencyAccounts' ? findEmergencySign(evidence) : null);
        if (because !== null) found[kind] = addRecognised(found[kind], { userPrincipalName, because });
      }
    },
    getFindings: () => ({ ...found, groups: groups.listGroups() }),
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

function addRecognised({ accounts, examples }: Recognised, account: RecognisedAccount): Recognised {
  const key = foldText(account.userPrincipalName);
  const at = examples.findIndex(({ userPrincipalName }) => key < foldText(userPrincipalName));
  const sorted = at < 0 ? [...examples, account] : examples.toSpliced(at, 0, account);
  return { accounts: accounts + 1, examples: sorted.slice(0, mostExamples) };
}
