// Who must never be changed by a machine, and what each was recognised by. Pure.
import type { Evidence, HeldLicense, RunFacts } from './evidence.ts';
import type { Risk, RiskCode } from './judgement.ts';
import { firstMatch } from './pattern.ts';
import { privilegeInWords } from './privileges.ts';
import { mailboxRisks } from './risk/mailbox.ts';
import type { Policy } from './schemas/policy.ts';
import { executiveDepartment, executiveTitle } from './vocabulary/executives.ts';
import { machineName, machineTitle } from './vocabulary/machines.ts';
import { firstPhrase } from './vocabulary/own-words.ts';

/** What the risk rules look at; the audit has it as Evidence, the apply reads it fresh before it writes. */
export interface RiskSubject
  extends Pick<
    Evidence,
    | 'id'
    | 'userPrincipalName'
    | 'displayName'
    | 'givenName'
    | 'surname'
    | 'mail'
    | 'accountKind'
    | 'department'
    | 'jobTitle'
    | 'employeeType'
    | 'roles'
  > {
  mailbox: Pick<Evidence['mailbox'], 'recipientType' | 'kind'>;
  licenses: readonly Pick<HeldLicense, 'skuPartNumber'>[];
}

export type RiskContext = Pick<RunFacts, 'pipelineAccounts' | 'convertedMailboxes'>;

/** Every risk of the account, with its evidence; empty when none applies. */
export function risksOf(subject: RiskSubject, policy: Policy, run: RiskContext): Risk[] {
  return [
    ...executiveRisks(subject, policy),
    ...serviceRisks(subject, policy),
    ...mailboxRisks(subject, run.convertedMailboxes),
    ...subject.roles.map((role): Risk => ({ code: 'privileged-role', because: privilegeInWords(role) })),
    ...named('emergency-access', policy.risk.emergencyAccessAccounts, subject),
    ...pipelineRisk(subject, run.pipelineAccounts),
  ];
}

/** The company's own lists come first; the vocabulary is asked where they say nothing. */
function executiveRisks(subject: RiskSubject, { risk }: Policy): Risk[] {
  const { jobTitles, departments, accounts } = risk.executives;
  const { jobTitle, department } = subject;
  const knows = risk.vocabulary !== 'off';
  return [
    ...listed('executive', 'job title', jobTitle, [
      firstMatch(jobTitles, jobTitle) ?? firstPhrase(jobTitles, jobTitle),
      knows && jobTitle && executiveTitle(jobTitle),
    ]),
    ...listed('executive', 'department', department, [
      firstMatch(departments, department),
      knows && department && executiveDepartment(department),
    ]),
    ...named('executive', accounts, subject),
  ];
}

function serviceRisks(subject: RiskSubject, { risk }: Policy): Risk[] {
  const { userPrincipalNames, employeeTypes, jobTitles, skuPartNumbers, departments } = risk.serviceAccounts;
  const { userPrincipalName, employeeType, jobTitle, department, licenses } = subject;
  const knows = risk.vocabulary !== 'off';
  const machine = knows ? machineName(subject) : null;
  const code = 'service-account';
  return [
    ...softwareRisk(subject),
    ...listed(code, 'userPrincipalName', userPrincipalName, [
      firstMatch(userPrincipalNames, userPrincipalName),
      machine?.field === 'userPrincipalName' && machine.phrase,
    ]),
    ...listed(code, 'displayName', subject.displayName, [machine?.field === 'displayName' && machine.phrase]),
    ...listed(code, 'employeeType', employeeType, [firstMatch(employeeTypes, employeeType)]),
    ...listed(code, 'job title', jobTitle, [
      firstMatch(jobTitles, jobTitle) ?? firstPhrase(jobTitles, jobTitle),
      knows && jobTitle && machineTitle(jobTitle),
    ]),
    ...listed(code, 'department', department, [
      firstMatch(departments ?? machineDepartments, department),
      knows && firstMatch(machineDepartments, department),
    ]),
    ...licenses.flatMap(({ skuPartNumber }) =>
      listed(code, 'licence', skuPartNumber, [
        firstMatch(skuPartNumbers ?? machineSkus, skuPartNumber),
        knows && firstMatch(machineSkus, skuPartNumber),
      ]),
    ),
  ];
}

/** Teams Rooms, shared devices and phone resource accounts: products that only machines hold. They add to a policy's list. */
const machineSkus = [
  '*VIRTUALUSER*',
  'MEETING_ROOM*',
  'Microsoft_Teams_Rooms*',
  'Teams_Rooms*',
  'MTR_*',
  'MCOCAP*',
];
const machineDepartments = ['Microsoft Communication Application Instance'];

function softwareRisk({ accountKind }: RiskSubject): Risk[] {
  switch (accountKind) {
    case 'agent':
      return [{ code: 'service-account', because: 'it is an agent user: software signs in with it' }];
    case 'synchronisation':
      return [{ code: 'service-account', because: 'directory synchronisation signs in with it' }];
    default:
      return [];
  }
}

/** `matches`: what each rule found, the first that found something is named. */
function listed(
  code: RiskCode,
  field: string,
  text: string | null,
  matches: readonly (string | null | false)[],
): Risk[] {
  const pattern = matches.find((match) => typeof match === 'string' && match !== '');
  return pattern === undefined ? [] : [{ code, because: `${field} "${text}" matches "${pattern}"` }];
}

function named(code: RiskCode, patterns: readonly string[], { id, userPrincipalName }: RiskSubject): Risk[] {
  const pattern = firstMatch(patterns, userPrincipalName) ?? firstMatch(patterns, id);
  return pattern === null ? [] : [{ code, because: `policy.yaml lists "${pattern}"` }];
}

function pipelineRisk({ userPrincipalName, mail }: RiskSubject, pipelineAccounts: readonly string[]): Risk[] {
  const names = [userPrincipalName.toLowerCase(), mail?.toLowerCase()];
  const used = names.find((name) => name !== undefined && pipelineAccounts.includes(name));
  return used === undefined
    ? []
    : [{ code: 'pipeline-account', because: `the pipeline sends or receives mail as ${used}` }];
}
