// The first audit of a tenant that no repository stands for yet: nothing is in force, nothing is signed, and nothing is proposed.
import type { Tenant } from '../policy/schemas/tenant.ts';
import { createSigningContext } from '../policy/signing/account-past.ts';
import type { VerifySignature } from '../policy/signing/signed-line.ts';
import { type PlannedAudit, type PlanningOptions, type PlanningState, planFrom } from './run-audit.ts';

type LookOptions = Omit<PlanningOptions, 'notes' | 'stops'> & { verify: VerifySignature };

/** What adoption would propose first, and what the tenant tells of itself. Writes nothing but the setting of report names. */
export async function lookAtTenant({ verify, ...options }: LookOptions): Promise<PlannedAudit> {
  const { stack, tenant } = options.files;
  return planFrom(buildEmptyState(stack, tenant.value, verify), { ...options, notes: [], stops: [] });
}

/** Of a stack without any file. */
function buildEmptyState(stack: string, tenant: Tenant, verify: VerifySignature): PlanningState {
  return {
    inForce: [],
    archived: [],
    unreadable: [],
    ownMailboxes: new Set(),
    pastLicenses: () => [],
    escalationsFile: null,
    proposed: [],
    declined: [],
    setBack: [],
    idleGiveBacks: [],
    signing: {
      signer: null,
      context: createSigningContext(stack, tenant, { verify, places: new Map() }),
      signaturesOnMain: new Set(),
    },
    past: { days: [], notifiedOn: new Map() },
  };
}
