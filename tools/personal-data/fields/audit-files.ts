// Why the files of an audit for machines have each of their fields: audit.json, people.jsonl, proposal.json.
import type { AuditCounts, AuditResult } from '../../../audit/audit-result.ts';
import type { TrendDay } from '../../../audit/history/trend.ts';
import type { AuditedGroup } from '../../../audit/licensing-groups.ts';
import type { ListedFacts } from '../../../audit/listed-facts.ts';
import type { Proposal } from '../../../audit/proposal/proposal.ts';
import type { ListedPerson, PeopleListHead } from '../../../audit/report/people-list.ts';
import { reasonCodes, recommendedActions, riskCodes, verdicts } from '../../../policy/judge/judgement.ts';
import type {
  DeletableAccount,
  Erasure,
  EscalationPlan,
  Move,
  Plan,
  UnmovedAccount,
} from '../../../policy/plan/move.ts';
import { stages } from '../../../policy/schemas/account.ts';
import { type ReasonsFor, sayNothing } from '../reasons.ts';
import { accountFile, identity } from './account-file.ts';
import { escalations, exemptions } from './decisions.ts';
import { judged } from './evidence.ts';
import { policy, tenant } from './settings.ts';

const listed = {
  ...judged,
  facts: accountFile,
  signed: accountFile.signed,
  goesOnFrom: {
    stage: 'Where a person has set the account’s file back, so that the next audit goes on from there.',
    desired: accountFile.desired,
  },
} as const satisfies typeof judged & ReasonsFor<ListedFacts>;

const path = 'Which file it is, named by the address of whose it is.';
const because = 'Why, in words with days: what reviewers read beside the person.';

const move = {
  path,
  from: 'In which stage the account is.',
  to: 'Which one is proposed.',
  reason: 'Why, as a code.',
  because,
  file: accountFile,
  judged,
  archivePaths: 'Files of the same account in the archive that go with it.',
  giveBackPath: 'The request to give it back that this carries out.',
} as const satisfies Record<keyof Move, unknown>;

const unmoved = {
  path,
  file: accountFile,
  stage: 'In which stage the account stays.',
  since: 'Since when: each stage has its days.',
  because,
  movesOn: 'When it may move on.',
  judged,
  withoutSetBack: accountFile,
} as const satisfies Record<keyof UnmovedAccount, unknown>;

const deletable = {
  path,
  file: accountFile,
  delicensedOn: 'Since when it is without licences: an administrator may delete it by hand.',
} as const satisfies ReasonsFor<DeletableAccount>;

const erasure = {
  paths: 'Which files go, named by the address of whose they are.',
  file: accountFile,
  since: 'Since when it has been in the archive: its days are counted from there.',
} as const satisfies ReasonsFor<Erasure>;

const escalation = escalations.escalations;

const plan = {
  ...sayNothing('stack', 'auditedOn'),
  moves: move,
  held: unmoved,
  waiting: { judged, limit: 'Which limit keeps this account out of the proposal.' },
  declined: judged,
  setBack: {
    judged,
    on: 'When somebody took the account’s file out of main.',
    from: 'From which stage.',
    until: 'Until when it is not proposed again.',
  },
  deletable,
  expiredExemptions: exemptions.exemptions,
  erasures: { erased: erasure, kept: { ...erasure, because: 'Why it stays although its days are over.' } },
  escalations: {
    path: null,
    entered: escalation,
    left: { escalation, because: 'Why somebody is no longer on HR’s list.' },
    listed: escalation,
  } satisfies Record<keyof EscalationPlan, unknown>,
  ramp: {
    ...sayNothing('cap', 'isAtTop', 'good', 'bad'),
    last: sayNothing('day', 'givenBack'),
    pending: sayNothing('day', 'until'),
  },
  files: { '<name>': 'The text of each file that the proposal changes, under its path: what a merge makes true.' },
} as const satisfies Record<keyof Plan, unknown>;

const counts = {
  ...sayNothing('accounts', 'enabledMembers', 'guests', 'externalMembers', 'outsideScope'),
  verdicts: sayNothing(...verdicts),
  actions: sayNothing(...recommendedActions),
  reasons: sayNothing(...reasonCodes),
  risks: sayNothing(...riskCodes),
} as const satisfies ReasonsFor<AuditCounts>;

const group = {
  ...sayNothing('id', 'name', 'accounts', 'skuPartNumbers', 'inactive', 'monthly'),
  obstacles: { ...sayNothing('reason', 'rule'), uses: sayNothing('kind', 'name') },
  dynamicGroup: {
    membershipRule:
      'The rule of a group that gives licences, for who decides whether it may be left. A rule can name people.',
  },
  alsoDirect: sayNothing('skuPartNumber', 'accounts'),
} as const satisfies ReasonsFor<AuditedGroup>;

const trendDay = {
  day: null,
  byStage: sayNothing(...stages),
  reclaimed: sayNothing('accounts', 'monthly'),
} as const satisfies ReasonsFor<TrendDay>;

export const auditJson = {
  ...sayNothing('formatVersion', 'stack', 'auditedOn', 'reportRefreshDate', 'signedBy'),
  tenant,
  policy,
  prices: { ...sayNothing('currency', 'format'), monthly: sayNothing('<name>') },
  uncounted: sayNothing('from', 'to'),
  counts,
  quality: {
    ...sayNothing(
      'unknownRows',
      'deletedRows',
      'missingRows',
      'signIns',
      'roleEligibility',
      'groupEligibility',
      'restrictedUnits',
    ),
    notes: 'What the reader has to know of the sources. A note can name the account that it is about.',
    unmatchedExemptions: 'Names in exemptions.yaml that no account has: a slip that leaves somebody unprotected.',
  },
  requests: { ...sayNothing('total', 'retries'), bySource: sayNothing('<name>') },
  inputs: sayNothing('<name>'),
  unnamedTitles: {
    title: 'A title near the top that no rule knows: its holder may be an executive, who must be left alone.',
    because: 'Why it counts as near the top.',
    accounts: null,
    examples: 'Who has it, so that somebody can judge.',
  },
  licensingGroups: group,
  inactive: listed,
  guests: listed,
  unlicensedOneDrives: {
    '<name>': 'Since when the OneDrive of this account, by its id, has no licence: Microsoft’s days count from there.',
  },
  plan,
  stops: { kind: null, because: 'Why nothing is taken now. It can have the words of who paused it.', until: null },
  past: {
    days: trendDay,
    notifiedOn: { '<name>': 'When this account’s manager was told, by its file: the days to object count from there.' },
  },
} as const satisfies Record<keyof AuditResult | 'formatVersion', unknown>;

export const peopleList = {
  ...sayNothing('formatVersion', 'stack', 'auditedOn'),
  ...identity,
  mail: 'The address under which somebody is asked about.',
  isOutsider: 'Whether it is a guest or a member of another company, for whom nothing is planned.',
  verdict: 'Whether the account counts as active. No day of any activity stands here.',
  reasons: 'Why, as codes: the answer to who asks why nothing happens to them.',
  risks: {
    code: 'What protects the account.',
    because: 'What it was recognised by.',
  },
  action: 'What is proposed, or who has to decide.',
} as const satisfies ReasonsFor<ListedPerson & PeopleListHead>;

export const proposalJson = {
  ...sayNothing('stack', 'auditedOn', 'main', 'isSigned', 'isDraft', 'artifactUrl', 'names'),
  audited: { main: null, branches: sayNothing('<name>') },
  groups: {
    branch: null,
    title: null,
    body: 'The text of the pull request, which names each person who moves, why, and what comes next.',
    files: { '<name>': 'The text of each file that the proposal changes, under its path.' },
  },
} as const satisfies Record<keyof Proposal, unknown>;
