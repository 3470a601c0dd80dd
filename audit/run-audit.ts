// The whole audit on one screen: read what is in force and proposed, collect and judge, plan. Writing comes after.
import { createHash } from 'node:crypto';
import type { StackFiles } from '../policy/files/stack-files.ts';
import { planMoves } from '../policy/plan/plan.ts';
import { listProposedExemptions } from '../policy/plan/reviewer-edits.ts';
import type { AuditResult } from './audit-result.ts';
import { type AuditView, viewAudit } from './audit-view.ts';
import type { VersionFacts } from './history/tracked-files.ts';
import { type AuditOptions, auditTenant } from './judge-tenant.ts';
import { type Remote, type RepositoryState, readRepositoryState } from './read-state.ts';

interface AuditRunOptions
  extends Omit<
    AuditOptions,
    'tenant' | 'rules' | 'inForce' | 'archived' | 'unreadable' | 'proposed' | keyof VersionFacts
  > {
  files: StackFiles;
  remote: Remote;
}

/** What an audit found, and the commits that it planned against. Nothing has been written. */
export interface AuditRun {
  result: AuditResult;
  /** The result as it is shown. */
  view: AuditView;
  state: RepositoryState;
}

export async function runAudit({ files, remote, ...options }: AuditRunOptions): Promise<AuditRun> {
  const { stack } = files;
  const [tenant, policy, prices] = [files.tenant.value, files.policy.value, files.prices.value];

  const state = await readRepositoryState(options.repository, remote, {
    stack,
    today: options.today,
    policy,
  });
  const exemptions = [...(files.exemptions?.value.exemptions ?? []), ...listProposedExemptions(state.proposed)];
  const rules = { stack, policy, prices, exemptions };
  const audited = await auditTenant({ ...options, tenant, rules, ...state });
  const plan = planMoves({
    ...state,
    rules,
    run: audited.run,
    judged: audited.judged,
    absent: audited.absent,
    predictCarried: audited.predictCarried,
    enabledMembers: audited.counts.enabledMembers,
    exemptionsFile: files.exemptions,
  });
  const { run, counts, quality, requests, reports, unnamedTitles, inactive, guests, unlicensedOneDrives } = audited;
  const { auditedOn, reportRefreshDate } = run;
  const inputs = { ...reports, ...computeHashes(files) };
  const people = { unnamedTitles, inactive, guests, unlicensedOneDrives };
  const findings = { counts, quality, requests, inputs, ...people, plan, past: state.past };
  const result = { stack, tenant, policy, prices, auditedOn, reportRefreshDate, ...findings };
  return { result, view: viewAudit(result), state };
}

/** SHA-256 of each file that the judgement depends on, so that an auditor can verify the rules behind it. */
function computeHashes({ tenant, policy, prices, exemptions }: StackFiles): Record<string, string> {
  const files = [tenant, policy, prices, ...(exemptions ? [exemptions] : [])];
  return Object.fromEntries(files.map(({ path, text }) => [path, createHash('sha256').update(text).digest('hex')]));
}
