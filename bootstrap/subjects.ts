// Whom the identities trust: only jobs of this repository that run in one of its environments. Pure.
import type { PipelineIdentity } from './grants.ts';

export interface TrustedRepository {
  owner: string;
  name: string;
  /** GitHub's numeric ids, as text. */
  ownerId: string;
  repositoryId: string;
}

/** GitHub's token service; GitHub Enterprise Cloud with data residency has another. */
export const gitHubIssuer = 'https://token.actions.githubusercontent.com';

/**
 * Whether tokens for jobs of the repository at this address come from the issuer. An enterprise in the cloud may have an address of
 * its own below its server's: docs.github.com/enterprise-cloud@latest/actions/reference/security/oidc, also for the other servers.
 */
export function isGitHubIssuer(repositoryUrl: string, issuer: string): boolean {
  const { host } = new URL(repositoryUrl);
  const isCloud = host === 'github.com' || host.endsWith('.ghe.com');
  if (!isCloud) return issuer === `https://${host}/_services/token`;
  const server = host === 'github.com' ? gitHubIssuer : `https://token.actions.${host}`;
  return issuer === server || (issuer.startsWith(`${server}/`) && /^[\w-]+$/.test(issuer.slice(server.length + 1)));
}

export interface Subject {
  form: 'names' | 'ids';
  subject: string;
}

/**
 * The `sub` claim of a job in an environment, in both of GitHub's forms: with names, and with names and ids for repositories
 * made or renamed since 2026-07-15. A new repository under a freed name has the second form with other ids, so trusting the
 * first form is safe.
 */
export function listSubjects(
  { owner, name, ownerId, repositoryId }: TrustedRepository,
  environment: string,
): readonly Subject[] {
  return [
    { form: 'names', subject: `repo:${owner}/${name}:environment:${environment}` },
    { form: 'ids', subject: `repo:${owner}@${ownerId}/${name}@${repositoryId}:environment:${environment}` },
  ];
}

/** The environments of a stack's workflows; settings may name others. */
export function getDefaultEnvironments(stack: string): Record<PipelineIdentity, readonly string[]> {
  return { audit: [`${stack}-audit`], apply: [`${stack}-apply`] };
}

/** Entra allows 20 federated credentials per application, and each environment needs one per form. */
export const maxEnvironments = 10;
