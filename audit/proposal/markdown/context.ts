// What a merge does not change, but a reviewer should know: accounts for people to decide, expired exemptions, deletable
// accounts, data quality.
import { formatMoneyCell, renderPersonCell } from '../../../forge/markdown/cells.ts';
import { escapeMarkdown, formatCode, renderTableHead, renderTableRow } from '../../../forge/markdown/escape.ts';
import type { Section } from '../../../forge/markdown/fit-sections.ts';
import { isReleased, selectStillHeldBack } from '../../../policy/files/stage.ts';
import { foldId } from '../../../policy/identifiers.ts';
import type { RecommendedAction } from '../../../policy/judge/judgement.ts';
import type { DeletableAccount } from '../../../policy/plan/move.ts';
import type { AccountFile } from '../../../policy/schemas/account.ts';
import { describeEvidence } from '../../../policy/words/describe-account.ts';
import { describeOneDrive } from '../../../policy/words/describe-belongings.ts';
import {
  actionWords,
  describeHeldBackReason,
  formatCount,
  formatDay,
  riskWords,
} from '../../../policy/words/labels.ts';
import type { AccountView, AuditView } from '../../audit-view.ts';
import { listGroupNotes } from '../../summary/licensing-groups.ts';
import { countDaysLeft } from '../../summary/one-drive-fate.ts';
import { describeQuality, type Naming } from '../../summary/quality.ts';
import { formatInactivity } from './moves.ts';

/** High-risk accounts first, then those that no machine may decide about. */
export function buildNeedsPersonSections(result: AuditView): Section[] {
  return [
    buildActionSection(result, {
      actions: ['escalate-to-hr', 'manual-review'],
      title: 'High risk: never changed by a machine',
      renderRow: renderHighRiskRow,
    }),
    buildActionSection(result, {
      actions: ['investigate'],
      title: 'Licensed and never active: investigate',
      renderRow: renderEvidenceRow,
    }),
    buildActionSection(result, {
      actions: ['on-premises'],
      title: 'Owned by Active Directory: disable them there',
      renderRow: renderEvidenceRow,
    }),
  ];
}

export function buildExpiredExemptionsSection({ plan, auditedOn }: AuditView): Section {
  const { expiredExemptions: expired } = plan;
  return {
    heading: expired.length > 0 ? '### Exemptions that have run out' : '',
    lead: expired.length > 0 ? 'Merging this takes them out of `exemptions.yaml`; they have no effect any more.' : '',
    head: renderTableHead([
      ['Account', 'left'],
      ['Reason', 'left'],
      ['Owner', 'left'],
      ['Until', 'left'],
    ]),
    rows: expired.map(({ account, reason, owner, until }) =>
      renderTableRow([formatCode(account), escapeMarkdown(reason), escapeMarkdown(owner), formatDay(until, auditedOn)]),
    ),
    fold: expired.length > 10 ? formatCount(expired.length, 'exemption') : null,
  };
}

export function buildDeletableSection(result: AuditView): Section {
  const { deletable: accounts } = result.plan;
  return {
    heading: accounts.length > 0 ? '### Deletable by hand' : '',
    lead:
      accounts.length > 0
        ? `Delicensed for ${result.policy.stages.deleteEligibleAfterDays} days or longer. Dormant never deletes; deleting one loses what is named with it, for good after 30 more days.`
        : '',
    head: renderTableHead([
      ['Person', 'left'],
      ['Delicensed since', 'left'],
      ['Deleting it loses', 'left'],
    ]),
    rows: accounts.map((entry) => renderDeletableRow(entry, result)),
    fold: formatCount(accounts.length, 'account'),
  };
}

export function buildDataQualitySection(result: AuditView, naming: Naming = 'people'): Section {
  const { inputs, requests, auditedOn } = result;
  const sentences = describeQuality(result, naming);
  const again = requests.retries > 0 ? ` (${requests.retries} of them again)` : '';
  const read = `Read on ${formatDay(auditedOn, '')} with ${formatCount(requests.total, 'request')}${again}`;
  const checked = `${formatCount(Object.keys(inputs).length, 'input')}, whose checksums are in \`audit.json\`.`;
  return {
    heading: '### How far to trust this',
    lead: `${read} and ${checked}${sentences.length === 0 ? ' All sources were complete.' : ''}`,
    head: '',
    rows: sentences.map((sentence) => `- ${escapeMarkdown(sentence, 600)}`),
    fold: null,
  };
}

/** What of the groups that give licences somebody should look at; few lines, because the report has the rest. */
export function buildGroupsSection(result: AuditView): Section {
  const notes = listGroupNotes(result);
  const more = notes.length - mostGroupNotes;
  const shown = more > 1 ? [...notes.slice(0, mostGroupNotes), `${more} more in report.html.`] : notes;
  return {
    heading: notes.length > 0 ? '### Groups that give licences' : '',
    lead: '',
    head: '',
    rows: shown.map((note) => `- ${escapeMarkdown(note, 500)}`),
    fold: null,
  };
}

const mostGroupNotes = 6;

interface ActionTable {
  actions: readonly RecommendedAction[];
  title: string;
  renderRow: (account: AccountView, result: AuditView) => string;
}

function buildActionSection(result: AuditView, { actions, title, renderRow }: ActionTable): Section {
  const accounts = result.inactive.filter(({ judgement }) => actions.includes(judgement.action));
  const reasons = actions.map((action) => `${actionWords[action].name}: ${actionWords[action].because}`);
  const isHighRisk = renderRow === renderHighRiskRow;
  return {
    heading: accounts.length > 0 ? `### ${title}` : '',
    lead: accounts.length > 0 ? `${formatCount(accounts.length, 'account')}. ${toSentence(reasons.join('; '))}` : '',
    head: isHighRisk
      ? renderTableHead([
          ['Person', 'left'],
          ['What to do', 'left'],
          ['Why it is protected', 'left'],
          ['Inactive', 'right'],
          ['A month', 'right'],
        ])
      : renderTableHead([
          ['Person', 'left'],
          ['Evidence', 'left'],
          ['A month', 'right'],
        ]),
    rows: accounts.map((judged) => renderRow(judged, result)),
    fold: 'Who',
  };
}

function renderHighRiskRow(account: AccountView): string {
  const { evidence, judgement, outlook } = account;
  const risks = judgement.risks.map(({ code: risk, because }) => `${riskWords[risk]}: ${because}`);
  return renderTableRow([
    renderPersonCell(evidence),
    actionWords[judgement.action].name,
    escapeMarkdown(risks.join('; '), 300),
    formatInactivity(account),
    formatMoneyCell(outlook.cost, outlook.currency),
  ]);
}

function renderEvidenceRow(account: AccountView, { auditedOn }: AuditView): string {
  const { evidence, outlook } = account;
  return renderTableRow([
    renderPersonCell(evidence),
    escapeMarkdown(describeEvidence(account, auditedOn), 300),
    formatMoneyCell(outlook.cost, outlook.currency),
  ]);
}

function renderDeletableRow({ file, delicensedOn }: DeletableAccount, result: AuditView): string {
  const { auditedOn } = result;
  const heldBack = selectStillHeldBack(file.savings, isReleased(file)).map(
    ({ skuPartNumber, reason, error }) => `${skuPartNumber}, still assigned: ${describeHeldBackReason(reason, error)}`,
  );
  const loses = [
    ...(file.restore.mailbox === 'none' ? [] : ['the mailbox with its mail, calendar and delegates']),
    describeOneDriveLoss(file, result),
    'group memberships and owned sites',
    ...heldBack,
  ];
  return renderTableRow([
    renderPersonCell(file.account),
    formatDay(delicensedOn, auditedOn),
    escapeMarkdown(loses.join('; '), 500),
  ]);
}

/** With the days that Microsoft would still keep the OneDrive if the account is not deleted. */
function describeOneDriveLoss(
  { account, oneDrive }: AccountFile,
  { unlicensedOneDrives, auditedOn }: AuditView,
): string {
  const files = oneDrive === undefined ? 'OneDrive files, if there are any' : describeOneDrive(oneDrive, auditedOn);
  const since = unlicensedOneDrives.get(foldId(account.id));
  if (since === undefined || since === null) return files;
  const left = formatCount(countDaysLeft(since, auditedOn), 'day');
  return `${files} (${left} left on Microsoft’s clock, by default)`;
}

function toSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
