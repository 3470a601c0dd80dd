// One whole audit, from the first request to the written lists, in a process that measures itself.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AuditResult } from '../../audit/audit-result.ts';
import { viewAudit } from '../../audit/audit-view.ts';
import { locateJournal } from '../../audit/collect/concealment-journal.ts';
import { auditTenant } from '../../audit/judge-tenant.ts';
import { auditGroups, listSilent } from '../../audit/licensing-groups.ts';
import { createFactsLister } from '../../audit/listed-facts.ts';
import { writeCsvs } from '../../audit/report/csv.ts';
import { writeJson } from '../../audit/report/json.ts';
import type { OnProgress } from '../../audit/sources/progress.ts';
import { openAuditedTenant } from '../../cli/audit/open-tenant.ts';
import { preferSmallHeap } from '../../cli/audit/small-heap.ts';
import type { StackRules } from '../../policy/judge/judge.ts';
import type { PlanInput } from '../../policy/plan/input.ts';
import { planMoves } from '../../policy/plan/plan.ts';
import { Policy } from '../../policy/schemas/policy.ts';
import { Prices } from '../../policy/schemas/prices.ts';
import { aPlanSigning } from '../../policy/signing/signing.fixture.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { readTenantFromEnvironment, today } from './environment.ts';
import type { AuditFigures } from './figures.ts';

/** Lists users only by nextLink, for comparison. */
const alone = process.argv[2] === 'alone';
const started = performance.now();
const policyFolder = new URL('../../policy/defaults/', import.meta.url);
const readYaml = (name: string) => readFile(new URL(name, policyFolder), 'utf8');
const rules: StackRules = {
  stack: 'bench',
  policy: parseYaml(Policy, 'policy.yaml', await readYaml('policy.yaml')).value,
  prices: parseYaml(Prices, 'prices.yaml', await readYaml('prices.yaml')).value,
  exemptions: [],
};
const repository = await mkdtemp(join(tmpdir(), 'dormant-bench-'));
const tenant = readTenantFromEnvironment();
/** From the end of the reports to the end of the listing of users. */
const listing = { from: started, to: started };
const signIns = { from: 0, to: 0 };
const onProgress: OnProgress = ({ source }) => {
  const now = performance.now();
  if (source === 'users') listing.to = now;
  else if (source === 'sign-ins') Object.assign(signIns, { from: signIns.from || listing.to, to: now });
  else listing.from = now;
};
preferSmallHeap();
const audited = await auditTenant({
  openTenant: openAuditedTenant,
  env: process.env,
  place: locateJournal(repository, rules.stack, tenant.tenantId),
  tenant,
  rules,
  today,
  inForce: [],
  proposed: [],
  onProgress,
  ...(alone ? { parts: { mostParts: 1, pagesPerPart: 1 } } : {}),
});
const auditedAfter = performance.now();
const peakOfAudit = measurePeakMegabytes();
const { run, counts } = audited;
const input: PlanInput = {
  rules,
  run,
  judged: audited.judged,
  inForce: [],
  absent: new Map(),
  archived: [],
  predictCarried: audited.predictCarried,
  proposed: [],
  declined: [],
  setBack: [],
  enabledMembers: counts.enabledMembers,
  exemptionsFile: null,
  escalationsFile: null,
  signing: aPlanSigning(),
};
const plan = planMoves(input);
const result: AuditResult = {
  ...audited,
  stack: rules.stack,
  tenant,
  policy: rules.policy,
  prices: rules.prices,
  auditedOn: run.auditedOn,
  uncounted: [],
  reportRefreshDate: run.reportRefreshDate,
  signedBy: 'tests',
  stops: [],
  inputs: audited.reports,
  licensingGroups: auditGroups(audited.findings.groups, listSilent(audited.inactive, plan), rules.prices),
  plan,
  past: { days: [], notifiedOn: new Map() },
};
const peakOfPlan = measurePeakMegabytes();
await writeCsvs(viewAudit(result), join(repository, 'out'));
await writeJson(result, join(repository, 'out'), createFactsLister(plan, input));
await rm(repository, { recursive: true });
const figures: AuditFigures = {
  accounts: counts.accounts,
  requests: audited.requests,
  inDoubt: Number(/(\d+) silent accounts? came without/.exec(audited.quality.notes.join())?.[1] ?? 0),
  signInSeconds: (signIns.to - signIns.from) / 1000,
  listingSeconds: (listing.to - listing.from) / 1000,
  auditSeconds: (auditedAfter - started) / 1000,
  totalSeconds: (performance.now() - started) / 1000,
  peakMegabytes: { audit: peakOfAudit, plan: peakOfPlan, whole: measurePeakMegabytes() },
};
process.stdout.write(`${JSON.stringify(figures)}\n`);

function measurePeakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}
