// Builds a consistent audit for tests and pictures: people in, judged and planned by the real rules, the audit out.
// Change one thing of a person or of the tenant and look at what the renderers make of it.
import { readFileSync } from 'node:fs';
import { aLicense, idOf } from '../../policy/account.fixture.ts';
import type { Day, DaySpan, RunFacts } from '../../policy/evidence.ts';
import { isTakingStage } from '../../policy/files/stage.ts';
import { foldId } from '../../policy/identifiers.ts';
import { isOutsider } from '../../policy/judge/guests.ts';
import { judge, type StackRules } from '../../policy/judge/judge.ts';
import {
  type JudgedAccount,
  reasonCodes,
  recommendedActions,
  riskCodes,
  verdicts,
} from '../../policy/judge/judgement.ts';
import { planMoves } from '../../policy/plan/plan.ts';
import type { SetBack } from '../../policy/plan/set-back.ts';
import type { Exemption } from '../../policy/schemas/exemptions.ts';
import { Policy } from '../../policy/schemas/policy.ts';
import { Prices } from '../../policy/schemas/prices.ts';
import type { Tenant } from '../../policy/schemas/tenant.ts';
import { aPlanSigning } from '../../policy/signing/signing.fixture.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import type { AuditCounts, AuditResult, DataQuality } from '../audit-result.ts';
import { type AuditView, viewAudit } from '../audit-view.ts';
import { createPastLicensesFinder } from '../history/past-licenses.ts';
import { computeTrend, type Trend } from '../history/trend.ts';
import { auditGroups, createGroupCounter, listSilent } from '../licensing-groups.ts';
import { createFactsLister, type ListFacts } from '../listed-facts.ts';
import { findUnlicensedOneDrives } from '../unlicensed-one-drives.ts';
import { asApplied, historyOf, inForceFile } from './in-force-file.fixture.ts';
import { aPerson, type Person } from './person.fixture.ts';

export interface AuditChange {
  people?: readonly Person[];
  policy?: Partial<Policy>;
  exemptions?: readonly Exemption[];
  exemptionsText?: string;
  setBack?: readonly SetBack[];
  /** escalations.yaml on main; absent: there is none. */
  escalationsText?: string;
  quality?: Partial<DataQuality>;
  uncounted?: readonly DaySpan[];
  stack?: string;
  /** What main held before; without it, each file has been there since its stage began. */
  past?: Trend;
}

export const auditedOn: Day = '2026-12-07';
const reportRefreshDate: Day = '2026-12-05';

/** Active members whom no renderer sees, so that these people are a small share of their tenant. */
const colleagues = 1000;

/** What the rules say about these people on 7 December 2026, as renderers get it. */
export function anAudit(change: AuditChange = {}): AuditView {
  return viewAudit(anAuditResult(change));
}

export function anAuditResult(change: AuditChange = {}): AuditResult {
  const rules = rulesFor(change);
  const people = change.people ?? [aPerson()];
  const run = runFacts({ ...change, people });
  const inForce = people.flatMap((person) => (person.inForce ? [inForceFile(person, rules, run)] : []));
  const judged = people.map((person) => judge(asApplied(person, inForce), rules, run));
  const members = judged.filter(({ evidence }) => !isOutsider(evidence));
  const enabledMembers = colleagues + members.filter(({ evidence }) => evidence.accountEnabled).length;
  const { changes, read } = historyOf(inForce);
  const isInScope = ({ judgement }: JudgedAccount) => judgement.scope === 'inside';
  const isInactive = (account: JudgedAccount) => isInScope(account) && account.judgement.verdict === 'inactive';
  const plan = planMoves({
    rules,
    run,
    judged,
    inForce,
    absent: new Map(),
    archived: [],
    predictCarried: ({ skuPartNumber }) => aLicense(skuPartNumber).carries,
    proposed: [],
    declined: people
      .filter(({ declined }) => declined)
      .map(({ evidence }) => ({ accountId: evidence.id, until: '2027-01-06' })),
    setBack: change.setBack ?? [],
    enabledMembers,
    signing: aPlanSigning(),
    escalationsFile: change.escalationsText === undefined ? null : { text: change.escalationsText },
    exemptionsFile:
      change.exemptionsText === undefined ? null : { path: 'exemptions.yaml', text: change.exemptionsText },
  });
  const counter = createGroupCounter();
  for (const { evidence } of judged) counter.note(evidence);
  return {
    stack: rules.stack,
    tenant: { ...tenant, currency: rules.prices.currency },
    policy: rules.policy,
    prices: rules.prices,
    auditedOn,
    reportRefreshDate,
    uncounted: change.uncounted ?? [],
    signedBy: 'tests',
    stops: [],
    counts: countsOf(judged, enabledMembers),
    quality: { ...goodQuality, ...change.quality },
    requests: {
      total: 14,
      bySource: { users: 5, usageReport: 2, roles: 3, licences: 1, reportSettings: 3 },
      retries: 1,
    },
    inputs: {
      'policy/policy.yaml': 'a'.repeat(64),
      'exemptions.yaml': 'b'.repeat(64),
      getOffice365ActiveUserDetail: 'c'.repeat(64),
    },
    unnamedTitles: [],
    licensingGroups: auditGroups(counter.listGroups(), listSilent(members.filter(isInactive), plan), rules.prices),
    inactive: members.filter(isInactive).sort(byCost),
    guests: judged.filter((account) => isInScope(account) && isOutsider(account.evidence)),
    unlicensedOneDrives: findUnlicensedOneDrives(
      judged,
      createPastLicensesFinder(changes, read),
      ({ skuPartNumber }) => aLicense(skuPartNumber).carries,
    ),
    plan,
    past: change.past ?? computeTrend(changes, read),
  };
}

/** As the audit of this result signs for audit.json. */
export function buildFactsLister({ stack, policy, prices, plan }: AuditResult): ListFacts {
  const rules = { stack, policy, prices, exemptions: [] };
  return createFactsLister(plan, { rules, run: runFacts({}), signing: aPlanSigning(), inForce: [] });
}

const tenant: Tenant = {
  tenantId: idOf('contoso'),
  cloud: 'emulator',
  audit: { clientId: idOf('audit') },
  apply: { clientId: idOf('apply') },
  notifications: { sender: 'it-lifecycle@contoso.com', replyTo: 'it-help@contoso.com' },
  timeZone: 'Europe/Berlin',
  currency: 'USD',
};

const goodQuality: DataQuality = {
  unknownRows: 0,
  deletedRows: 0,
  missingRows: 0,
  signIns: 'read',
  roleEligibility: 'read',
  groupEligibility: 'read',
  restrictedUnits: 'read',
  notes: [],
  unmatchedExemptions: [],
};

function rulesFor(change: AuditChange): StackRules {
  return {
    stack: change.stack ?? 'contoso',
    policy: { ...fromFile(Policy, 'policy.yaml'), ...change.policy },
    prices: fromFile(Prices, 'prices.yaml'),
    exemptions: change.exemptions ?? [],
  };
}

function fromFile<T extends typeof Policy | typeof Prices>(schema: T, name: string) {
  const path = `policy/defaults/${name}`;
  return parseYaml(schema, path, readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).value;
}

function runFacts({ people = [], uncounted = [] }: AuditChange): RunFacts {
  const converted = people.filter(({ inForce }) => inForce !== undefined && isTakingStage(inForce.stage));
  return {
    auditedOn,
    reportRefreshDate,
    pipelineAccounts: ['it-lifecycle@contoso.com', 'it-help@contoso.com'],
    uncounted,
    convertedMailboxes: new Set(converted.map(({ evidence }) => foldId(evidence.id))),
  };
}

function countsOf(judged: readonly JudgedAccount[], enabledMembers: number): AuditCounts {
  const tally = <K extends string>(keys: readonly K[], of: (account: JudgedAccount) => readonly K[]) => {
    const counts = Object.fromEntries(keys.map((key) => [key, 0])) as Record<K, number>;
    for (const account of judged) for (const key of new Set(of(account))) counts[key] += 1;
    return counts;
  };
  const byVerdict = tally(verdicts, ({ judgement }) => [judgement.verdict]);
  return {
    accounts: colleagues + judged.length,
    enabledMembers,
    guests: judged.filter(({ evidence }) => evidence.userType === 'guest').length,
    externalMembers: judged.filter(({ evidence }) => evidence.accountKind === 'external').length,
    outsideScope: judged.filter(({ judgement }) => judgement.scope !== 'inside').length,
    verdicts: { ...byVerdict, active: colleagues + byVerdict.active },
    actions: tally(recommendedActions, ({ judgement }) => [judgement.action]),
    reasons: tally(reasonCodes, ({ judgement }) => judgement.reasons),
    risks: tally(riskCodes, ({ judgement }) => judgement.risks.map(({ code }) => code)),
  };
}

function byCost(a: JudgedAccount, b: JudgedAccount): number {
  return (
    b.judgement.savings.cost - a.judgement.savings.cost ||
    (b.judgement.inactiveDays ?? Number.MAX_SAFE_INTEGER) - (a.judgement.inactiveDays ?? Number.MAX_SAFE_INTEGER) ||
    (a.evidence.userPrincipalName < b.evidence.userPrincipalName ? -1 : 1)
  );
}
