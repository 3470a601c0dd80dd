// Whose words are ours: those of the account that the token acts as. A marker, a title, a label or a branch proves nothing:
// whoever reads the repository can write a comment and an issue, and open a pull request from a branch that is there already.
import { DormantError } from '../../policy/errors.ts';
import { findAnswer, requireAnswerText } from './answer-fields.ts';
import { GraphqlRefusal } from './github-errors.ts';

/** The account that a token acts as: a person, a GitHub App's bot, or `github-actions[bot]`. */
export interface Viewer {
  /** As REST has it in `user.id`. It stays when a login changes. */
  id: number;
  /** As REST spells it: a bot's with `[bot]`. */
  login: string;
}

/** Who wrote a comment, an issue or a pull request, in REST's answers; null: an account that is gone. */
type Author = { id: number | bigint } | null | undefined;

/**
 * By GraphQL: REST tells it to people only, and answers an installation's token with 403
 * (github.com/actions/create-github-app-token/issues/258). What is answered there: github.com/fullsend-ai/fullsend/pull/1953 for
 * an App, github.com/release-plz/action/pull/85 for GITHUB_TOKEN.
 */
export async function askViewer(graphql: (query: string) => Promise<unknown>): Promise<Viewer> {
  const answer = await graphql('query { viewer { login databaseId } }').catch((error: unknown) => {
    if (error instanceof GraphqlRefusal) throw createUnknownViewerError(`: ${error.message}`);
    throw error;
  });
  const id = findAnswer(answer, 'viewer', 'databaseId');
  if (typeof id !== 'number') throw createUnknownViewerError('.');
  return { id, login: requireAnswerText(answer, 'viewer', 'login') };
}

export function isWrittenBy({ id }: Viewer, author: Author): boolean {
  return author?.id === id;
}

function createUnknownViewerError(because: string): DormantError {
  return new DormantError('github-refused', `GitHub does not say whose token this is${because}`, {
    remedy: 'Give GITHUB_TOKEN the token of a workflow, of a GitHub App’s installation or of a person.',
  });
}
