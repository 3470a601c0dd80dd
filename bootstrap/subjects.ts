// Whom the identities trust: jobs of this repository that run in one of its environments, and nobody else. Pure.
import type { PipelineIdentity } from './grants.ts';

export interface TrustedRepository {
  owner: string;
  name: string;
  /** GitHub's numeric ids, as text. */
  ownerId: string;
  repositoryId: string;
}

/** GitHub's token service; a GitHub Enterprise Cloud with data residency has one of its own. */
export const gitHubIssuer = 'https://token.actions.githubusercontent.com';

export interface Subject {
  form: 'names' | 'ids';
  subject: string;
}

/**
 * The `sub` claim of a job in an environment, in both of GitHub's forms: with names, and, for repositories made or renamed since
 * 2026-07-15, with names and ids. A repository made under a freed name has the second form with ids of its own, so
 * trusting the first form trusts nobody new.
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

/** Entra takes 20 federated credentials per application, and each environment needs one per form. */
export const maxEnvironments = 10;
