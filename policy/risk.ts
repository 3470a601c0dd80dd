// Who must never be changed by a machine, and what each was recognised by. Pure.
import type { Evidence, RunFacts } from './evidence.ts';
import type { Risk, RiskCode } from './judgement.ts';
import { firstMatch } from './pattern.ts';
import { privilegeInWords } from './privileges.ts';
import type { Policy } from './schemas/policy.ts';

/** What the risk rules look at; the audit has it as Evidence, the apply reads it fresh before it writes. */
export type RiskSubject = Pick<
  Evidence,
  'id' | 'userPrincipalName' | 'mail' | 'department' | 'jobTitle' | 'employeeType' | 'roles'
> & { mailbox: Pick<Evidence['mailbox'], 'recipientType'> };

export type RiskContext = Pick<RunFacts, 'pipelineAccounts' | 'convertedMailboxes'>;

/** Every risk of the account, with its evidence; empty when none applies. */
export function risksOf(subject: RiskSubject, policy: Policy, run: RiskContext): Risk[] {
  const { executives, serviceAccounts, emergencyAccessAccounts } = policy.risk;
  return [
    ...titled('executive', 'job title', executives.jobTitles, subject.jobTitle),
    ...titled('executive', 'department', executives.departments, subject.department),
    ...named('executive', executives.accounts, subject),
    ...titled(
      'service-account',
      'userPrincipalName',
      serviceAccounts.userPrincipalNames,
      subject.userPrincipalName,
    ),
    ...titled('service-account', 'employeeType', serviceAccounts.employeeTypes, subject.employeeType),
    ...titled('service-account', 'job title', serviceAccounts.jobTitles, subject.jobTitle),
    ...mailboxRisk(subject, run.convertedMailboxes),
    ...subject.roles.map((role): Risk => ({ code: 'privileged-role', because: privilegeInWords(role) })),
    ...named('emergency-access', emergencyAccessAccounts, subject),
    ...pipelineRisk(subject, run.pipelineAccounts),
  ];
}

function titled(code: RiskCode, field: string, patterns: readonly string[], text: string | null): Risk[] {
  const pattern = firstMatch(patterns, text);
  return pattern === null ? [] : [{ code, because: `${field} "${text}" matches "${pattern}"` }];
}

function named(code: RiskCode, patterns: readonly string[], { id, userPrincipalName }: RiskSubject): Risk[] {
  const pattern = firstMatch(patterns, userPrincipalName) ?? firstMatch(patterns, id);
  return pattern === null ? [] : [{ code, because: `policy.yaml lists "${pattern}"` }];
}

/** A mailbox that this pipeline has made shared is a person's all the same; one that somebody has made a room since is not. */
function mailboxRisk({ id, mailbox }: RiskSubject, converted: ReadonlySet<string>): Risk[] {
  switch (mailbox.recipientType) {
    case 'shared':
      if (converted.has(id.toLowerCase())) return [];
      return [{ code: 'shared-mailbox', because: 'its mailbox is shared: nobody is meant to sign in' }];
    case 'room':
      return [{ code: 'resource-mailbox', because: 'its mailbox is a room mailbox' }];
    case 'equipment':
      return [{ code: 'resource-mailbox', because: 'its mailbox is an equipment mailbox' }];
    case 'user':
    case 'none':
    case 'unknown':
      return [];
  }
}

function pipelineRisk({ userPrincipalName, mail }: RiskSubject, pipelineAccounts: readonly string[]): Risk[] {
  const names = [userPrincipalName.toLowerCase(), mail?.toLowerCase()];
  const used = names.find((name) => name !== undefined && pipelineAccounts.includes(name));
  return used === undefined
    ? []
    : [{ code: 'pipeline-account', because: `the pipeline sends or receives mail as ${used}` }];
}
