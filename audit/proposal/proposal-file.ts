// proposal.json: what the audit passes to `dormant propose`, a separate step with another token.
import { readFile, writeFile } from 'node:fs/promises';
import Type, { type Static } from 'typebox';
import { DormantError } from '../../policy/errors.ts';
import { listPrivilegeGaps } from '../../policy/judge/privileges.ts';
import { listSchemaFaults } from '../../policy/schemas/validate.ts';
import { findHidingStyle } from '../../policy/words/show-name.ts';
import type { AuditResult } from '../audit-result.ts';
import { viewAudit } from '../audit-view.ts';
import { hideNames } from '../hide-names.ts';
import type { AuditedCommits } from './branch-state.ts';
import { groupPlan, type ProposalGroup } from './group-plan.ts';
import { type BodyOptions, formatPullRequestTitle, renderPullRequestBody } from './markdown/body.ts';
import type { Proposal, ProposedGroup } from './proposal.ts';

interface ProposalOptions {
  main: string;
  artifactUrl?: string;
}

export function buildProposal(
  result: AuditResult,
  audited: AuditedCommits,
  { main, artifactUrl }: ProposalOptions,
): Proposal {
  const link = artifactUrl === undefined ? {} : { artifactUrl };
  const names = findHidingStyle(result.policy);
  const body = { ...link, whole: hideNames(viewAudit(result)) };
  return {
    stack: result.stack,
    auditedOn: result.auditedOn,
    audited,
    main,
    isSigned: result.signedBy !== null,
    isDraft: hasPoorEvidence(result),
    ...(names === null ? {} : { names }),
    ...link,
    groups: groupPlan(result.plan, result.policy.proposal).map((group) => buildProposedGroup(result, group, body)),
  };
}

export async function writeProposal(path: string, { audited, groups, ...proposal }: Proposal): Promise<void> {
  const stored: StoredProposal = {
    ...proposal,
    audited: { main: audited.main, branches: Object.fromEntries(audited.branches) },
    groups: groups.map(({ files, ...group }) => ({ ...group, files: Object.fromEntries(files) })),
  };
  await writeFile(path, `${JSON.stringify(stored, null, 2)}\n`);
}

/** Throws `DormantError` (exit code 2) if there is none, or another version wrote it. */
export async function readProposal(path: string): Promise<Proposal> {
  const stored = await readStoredProposal(path);
  return {
    ...stored,
    audited: { main: stored.audited.main, branches: new Map(Object.entries(stored.audited.branches)) },
    groups: stored.groups.map(({ files, ...group }) => ({ ...group, files: new Map(Object.entries(files)) })),
  };
}

const StoredProposal = Type.Object({
  stack: Type.String(),
  auditedOn: Type.String(),
  audited: Type.Object({ main: Type.String(), branches: Type.Record(Type.String(), Type.String()) }),
  main: Type.String(),
  isSigned: Type.Boolean(),
  isDraft: Type.Boolean(),
  names: Type.Optional(Type.Enum(['initials', 'id-only'])),
  artifactUrl: Type.Optional(Type.String()),
  groups: Type.Array(
    Type.Object({
      branch: Type.String(),
      title: Type.String(),
      body: Type.String(),
      files: Type.Record(Type.String(), Type.Union([Type.String(), Type.Null()])),
    }),
  ),
});
type StoredProposal = Static<typeof StoredProposal>;

/** The most enabled members without a row in the usage report, as a share; above it evidence is poor. */
const maxMissingShare = 0.05;

/** A pull request on poor evidence is opened as a draft. */
function hasPoorEvidence({ quality, counts, policy }: AuditResult): boolean {
  return (
    quality.signIns === 'unavailable' ||
    quality.missingRows > maxMissingShare * counts.enabledMembers ||
    listPrivilegeGaps(quality, policy).some(({ isRequired }) => isRequired)
  );
}

function buildProposedGroup(
  result: AuditResult,
  { branch, department, plan }: ProposalGroup,
  options: BodyOptions,
): ProposedGroup {
  const part = hideNames(viewAudit({ ...result, plan }));
  const title = formatPullRequestTitle(part, department === null ? {} : { department });
  return { branch, title, body: renderPullRequestBody(part, options), files: plan.files };
}

async function readStoredProposal(path: string): Promise<StoredProposal> {
  const text = await readFile(path, 'utf8').catch(() => null);
  const document: unknown = text === null ? null : JSON.parse(text);
  const faults = listSchemaFaults(StoredProposal, document);
  if (faults.length === 0) return document as StoredProposal;
  throw new DormantError('no-proposal', 'There is no proposal from an audit, or another version of dormant wrote it.', {
    exitCode: 2,
    where: path,
    remedy: 'Run `dormant audit` for this stack first, with the same version of dormant.',
  });
}
