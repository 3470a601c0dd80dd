// Who must never be changed by a machine, and how each was recognised. Pure.
import type { AssignedLicense, Evidence, RunFacts } from '../evidence.ts';
import { foldText } from '../identifiers.ts';
import type { Policy } from '../schemas/policy.ts';
import type { Risk, RiskCode } from './judgement.ts';
import { listMailboxRisks } from './mailbox-risks.ts';
import { findFirstMatch } from './pattern.ts';
import { describePrivilege } from './privileges.ts';
import { findExecutiveDepartment, findExecutiveTitle } from './vocabulary/executives.ts';
import { findMachineName, findMachineTitle } from './vocabulary/machines.ts';
import { findFirstPhrase } from './vocabulary/policy-phrases.ts';

/** What the risk rules look at: the audit's Evidence, or what the apply reads right before it writes. */
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
  licenses: readonly Pick<AssignedLicense, 'skuPartNumber'>[];
}

export type RiskContext = Pick<RunFacts, 'pipelineAccounts' | 'convertedMailboxes'>;

/** Every risk of the account, with its evidence; empty when none applies. */
export function listRisks(subject: RiskSubject, policy: Policy, run: RiskContext): Risk[] {
  return [
    ...listExecutiveRisks(subject, policy),
    ...listServiceRisks(subject, policy),
    ...listMailboxRisks(subject, run.convertedMailboxes),
    ...subject.roles.map((role): Risk => ({ code: 'privileged-role', because: describePrivilege(role) })),
    ...listNameRisks('emergency-access', policy.risk.emergencyAccessAccounts, subject),
    ...listPipelineRisks(subject, run.pipelineAccounts),
  ];
}

/** The company's own lists come first, then the built-in vocabulary. */
function listExecutiveRisks(subject: RiskSubject, { risk }: Policy): Risk[] {
  const { jobTitles, departments, accounts } = risk.executives;
  const { jobTitle, department } = subject;
  const isVocabularyOn = risk.vocabulary !== 'off';
  return [
    ...toFieldRisks('executive', 'job title', jobTitle, [
      findFirstMatch(jobTitles, jobTitle) ?? findFirstPhrase(jobTitles, jobTitle),
      isVocabularyOn && jobTitle && findExecutiveTitle(jobTitle),
    ]),
    ...toFieldRisks('executive', 'department', department, [
      findFirstMatch(departments, department),
      isVocabularyOn && department && findExecutiveDepartment(department),
    ]),
    ...listNameRisks('executive', accounts, subject),
  ];
}

function listServiceRisks(subject: RiskSubject, { risk }: Policy): Risk[] {
  const { userPrincipalNames, employeeTypes, jobTitles, skuPartNumbers, departments } = risk.serviceAccounts;
  const { userPrincipalName, employeeType, jobTitle, department, licenses } = subject;
  const isVocabularyOn = risk.vocabulary !== 'off';
  const machine = isVocabularyOn ? findMachineName(subject) : null;
  const code = 'service-account';
  return [
    ...listSoftwareRisks(subject),
    ...toFieldRisks(code, 'userPrincipalName', userPrincipalName, [
      findFirstMatch(userPrincipalNames, userPrincipalName),
      machine?.field === 'userPrincipalName' && machine.phrase,
    ]),
    ...toFieldRisks(code, 'displayName', subject.displayName, [machine?.field === 'displayName' && machine.phrase]),
    ...toFieldRisks(code, 'employeeType', employeeType, [findFirstMatch(employeeTypes, employeeType)]),
    ...toFieldRisks(code, 'job title', jobTitle, [
      findFirstMatch(jobTitles, jobTitle) ?? findFirstPhrase(jobTitles, jobTitle),
      isVocabularyOn && jobTitle && findMachineTitle(jobTitle),
    ]),
    ...toFieldRisks(code, 'department', department, [
      findFirstMatch(departments ?? machineDepartments, department),
      isVocabularyOn && findFirstMatch(machineDepartments, department),
    ]),
    ...licenses.flatMap(({ skuPartNumber }) =>
      toFieldRisks(code, 'licence', skuPartNumber, [
        findFirstMatch(skuPartNumbers ?? machineSkus, skuPartNumber),
        isVocabularyOn && findFirstMatch(machineSkus, skuPartNumber),
      ]),
    ),
  ];
}

/** Teams Rooms, shared devices, phone resource accounts: products that only machines hold, beside a policy's list. */
const machineSkus = ['*VIRTUALUSER*', 'MEETING_ROOM*', 'Microsoft_Teams_Rooms*', 'Teams_Rooms*', 'MTR_*', 'MCOCAP*'];
const machineDepartments = ['Microsoft Communication Application Instance'];

function listSoftwareRisks({ accountKind }: RiskSubject): Risk[] {
  switch (accountKind) {
    case 'agent':
      return [{ code: 'service-account', because: 'it is an agent user: software signs in with it' }];
    case 'synchronisation':
      return [{ code: 'service-account', because: 'directory synchronisation signs in with it' }];
    default:
      return [];
  }
}

/** `matches`: what each rule found; the first that found something is named. */
function toFieldRisks(
  code: RiskCode,
  field: string,
  text: string | null,
  matches: readonly (string | null | false)[],
): Risk[] {
  const pattern = matches.find((match) => typeof match === 'string' && match !== '');
  return pattern === undefined ? [] : [{ code, because: `${field} "${text}" matches "${pattern}"` }];
}

function listNameRisks(code: RiskCode, patterns: readonly string[], { id, userPrincipalName }: RiskSubject): Risk[] {
  const pattern = findFirstMatch(patterns, userPrincipalName) ?? findFirstMatch(patterns, id);
  return pattern === null ? [] : [{ code, because: `policy.yaml lists "${pattern}"` }];
}

function listPipelineRisks({ userPrincipalName, mail }: RiskSubject, pipelineAccounts: readonly string[]): Risk[] {
  const names = [userPrincipalName, ...(mail === null ? [] : [mail])].map(foldText);
  const used = names.find((name) => pipelineAccounts.includes(name));
  return used === undefined
    ? []
    : [{ code: 'pipeline-account', because: `the pipeline sends or receives mail as ${used}` }];
}
