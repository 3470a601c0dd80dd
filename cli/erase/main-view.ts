// What main says about whose data may go: from git alone, because who erases can read no tenant.
import { readStackOnMain } from '../../audit/history/tracked-files.ts';
import { verifySignature } from '../../forge/facts-key.ts';
import { type ErasureQuestion, findErasureObstacle } from '../../policy/erasure/find-obstacle.ts';
import { readErasureQuestions } from '../../policy/erasure/read-question.ts';
import type { Day } from '../../policy/evidence.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { foldId, type IdKey, isGuid } from '../../policy/identifiers.ts';
import { createSigningContext, type SigningContext } from '../../policy/signing/account-past.ts';

export interface MainView {
  /** Of the working tree. */
  files: StackFiles;
  onMain: Awaited<ReturnType<typeof readStackOnMain>>;
  context: SigningContext;
  today: Day;
}

/** Reads main's history once, for all questions. `ref`: what counts as main. Throws `shallow-clone`. */
export async function readMainView(
  repo: string,
  files: StackFiles,
  { today, ref }: { today: Day; ref: string },
): Promise<MainView> {
  const { stack, tenant } = files;
  const onMain = await readStackOnMain(repo, ref, { stack, today });
  const { line, read } = onMain;
  const context = createSigningContext(stack, tenant.value, { verify: verifySignature, places: line.places, read });
  return { files, onMain, context, today };
}

/** Without a look at the tenant: what main has nothing of could be given nothing back. */
export function askMain(ids: ReadonlySet<IdKey>, { onMain, context, today }: MainView): Map<IdKey, ErasureQuestion> {
  const { line, giveBackTexts } = onMain;
  const says = readErasureQuestions(ids, { versions: line.versions, giveBackTexts }, context);
  return new Map([...says].map(([id, question]) => [id, { ...question, isInState: null, tenant: null, today }]));
}

/** Of folders of people those whose accounts something stands against. */
export function findProtectedPeople(folders: ReadonlySet<string>, main: MainView): Set<string> {
  const questions = askMain(new Set([...folders].filter(isGuid).map(foldId)), main);
  return new Set(
    [...questions].flatMap(([id, question]) => (findErasureObstacle(question) === null ? [] : String(id))),
  );
}
