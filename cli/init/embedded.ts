// `dormant init --embedded`: the answers of the embedded tenant that runs for this shell (`eval "$(dormant emulator --env)"`).
import { createGit } from '../../forge/git/git.ts';
import { findRemote } from '../../forge/git/remote.ts';
import { DormantError } from '../../policy/errors.ts';
import { nameProgram } from '../installed-folder.ts';
import type { RawAnswers } from './answers.ts';

/** Where they come from, for people. */
export const embeddedOrigin = 'the embedded tenant of this shell';

/** A mailbox that the embedded company has. */
const sender = 'invoices@contoso.com';

/** Throws `emulator-missing` (exit code 2) where none runs for this shell. */
export function readEmbeddedAnswers(env: NodeJS.ProcessEnv): RawAnswers {
  const { AZURE_TENANT_ID: tenantId, EMULATOR_AUDIT_CLIENT_ID: auditClientId } = env;
  const { DORMANT_EMULATOR_URL: url, EMULATOR_APPLY_CLIENT_ID: applyClientId } = env;
  if (!url || !tenantId || !auditClientId || !applyClientId) throw createMissingError();
  const reviewers = '@contoso/it';
  return { tenantId, cloud: 'emulator', auditClientId, applyClientId, sender, replyTo: sender, reviewers };
}

function createMissingError(): DormantError {
  return new DormantError('emulator-missing', 'No embedded tenant runs for this shell.', {
    exitCode: 2,
    remedy: `Run: eval "$(${nameProgram()} emulator --env)"`,
  });
}

/** To the emulated GitHub, where there is one and the repository has no remote. Returns its address, or null. */
export async function addEmbeddedRemote(
  root: string,
  { EMULATOR_REMOTE: url }: NodeJS.ProcessEnv,
): Promise<string | null> {
  const git = createGit(root);
  if (!url || (await git.runOrNull(['rev-parse', '--git-dir'])) === null || (await findRemote(git)) !== null)
    return null;
  await git.run(['remote', 'add', 'origin', url]);
  return url;
}
