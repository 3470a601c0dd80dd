// A tenant and its repository for tests: change one thing, plan, look at the whole plan. Impossible worlds are refused.
import { aLicense, aRun } from './account.fixture.ts';
import type { Day, Evidence, RunFacts } from './evidence.ts';
import { serialiseAccountFile } from './files/account-file.ts';
import { isTakingStage, listConvertedMailboxes } from './files/stage.ts';
import { foldText } from './identifiers.ts';
import { judge, type StackRules } from './judge/judge.ts';
import type { Absence, ArchivedFile, DeclinedAccount, InForceFile, PlanInput, ProposedFile } from './plan/input.ts';
import type { PlanSigning } from './plan/plan-signing.ts';
import { type PolicyChange, theRules } from './policy.fixture.ts';
import type { Stage } from './schemas/account.ts';
import type { Exemption } from './schemas/exemptions.ts';
import { aPlanSigning } from './signing/signing.fixture.ts';

export {
  aLicense,
  anAccount,
  aRun,
  daysAgo,
  garbledRow,
  idOf,
  lastSeen,
  reportDay,
  signedIn,
  today,
} from './account.fixture.ts';
export { anInForceFile } from './account-file.fixture.ts';
export { aPolicy, prices, theRules } from './policy.fixture.ts';

/** The account as the tenant shows it once its file has been applied. */
export function anAppliedAccount(account: Evidence, stage: Stage): Evidence {
  if (!isTakingStage(stage)) return account;
  const inherited = account.licenses.filter(
    ({ assignedByGroup, groupObstacles }) => assignedByGroup !== null && groupObstacles?.length !== 0,
  );
  const isUserMailbox = account.mailbox.recipientType === 'user';
  return {
    ...account,
    accountEnabled: false,
    mailbox: { ...account.mailbox, ...(isUserMailbox ? { recipientType: 'shared' } : {}) },
    licenses: (stage === 'delicense' ? inherited : account.licenses).filter(
      ({ dynamicGroup }) => dynamicGroup === undefined,
    ),
  };
}

/** A file as the open proposal's branch has it. */
export function aProposedFile(change: Partial<ProposedFile> & Pick<ProposedFile, 'path'>): ProposedFile {
  const file = change.file ?? null;
  return { text: file && serialiseAccountFile(file), file, touchedByPerson: false, ...change };
}

export interface TenantChange {
  accounts?: readonly Evidence[];
  inForce?: readonly InForceFile[];
  absent?: ReadonlyMap<string, Absence>;
  archived?: readonly ArchivedFile[];
  proposed?: readonly ProposedFile[];
  declined?: readonly DeclinedAccount[];
  setBack?: PlanInput['setBack'];
  exemptions?: readonly Exemption[];
  /** exemptions.yaml; written from `exemptions` where it is left out. */
  exemptionsText?: string;
  /** escalations.yaml; absent: there is none. */
  escalationsText?: string;
  policy?: PolicyChange;
  rules?: StackRules;
  run?: Partial<RunFacts>;
  today?: Day;
  /** With the tests’ key unless the test is about signing. */
  signing?: Partial<PlanSigning>;
  /** No audit has signed escalations.yaml as it stands. */
  isListUnsigned?: boolean;
  /** 1,000 unless the test is about the share. */
  enabledMembers?: number;
}

/** What the planner gets from one audit: every inactive account, and every one that has a file. */
export function aTenant(change: TenantChange = {}): PlanInput {
  const {
    accounts = [],
    inForce = [],
    archived = [],
    proposed = [],
    declined = [],
    exemptions = [],
    policy = {},
  } = change;
  requireOneEach(
    'account',
    accounts.map(({ id }) => id),
  );
  requireOneEach(
    'account',
    accounts.map(({ userPrincipalName }) => foldText(userPrincipalName)),
  );
  requireOneEach(
    'file',
    inForce.map(({ file }) => file.account.id),
  );
  requireOneEach(
    'path',
    inForce.map(({ path }) => path),
  );
  const rules = change.rules ?? theRules({ policy, exemptions });
  const run = aRun({
    convertedMailboxes: listConvertedMailboxes([...inForce, ...archived].map(({ file }) => file)),
    ...(change.today === undefined ? {} : { auditedOn: change.today }),
    ...change.run,
  });
  const filed = new Set([...inForce, ...archived, ...proposed].flatMap(({ file }) => file?.account.id ?? []));
  const escalated = [change.escalationsText, ...proposed.map(({ text }) => text)].join('\n');
  const judged = accounts.map((account) => judge(account, rules, run));
  return {
    rules,
    run,
    judged: judged.filter(
      ({ evidence, judgement }) =>
        judgement.verdict === 'inactive' || filed.has(evidence.id) || escalated.includes(evidence.id),
    ),
    inForce,
    absent: change.absent ?? new Map(),
    archived,
    predictCarried: ({ skuPartNumber }) => aLicense(skuPartNumber).carries,
    proposed,
    declined,
    setBack: change.setBack ?? [],
    enabledMembers: change.enabledMembers ?? 1000,
    escalationsFile:
      change.escalationsText === undefined
        ? null
        : { text: change.escalationsText, isUnsigned: change.isListUnsigned ?? false },
    signing: aPlanSigning(change.signing),
    exemptionsFile: { path: 'exemptions.yaml', text: change.exemptionsText ?? exemptionsYaml(exemptions) },
  };
}

/** JSON is YAML, too. */
function exemptionsYaml(exemptions: readonly Exemption[]): string {
  return JSON.stringify({ exemptions });
}

function requireOneEach(what: string, names: readonly string[]): void {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`a tenant has no two of one ${what}: ${twice}`);
}
