// What main says about whose data may go: from git alone, because who erases can read no tenant.
import { readStackOnMain } from '../../audit/history/tracked-files.ts';
import { verifySignature } from '../../forge/facts-key.ts';
import { createGit } from '../../forge/git/git.ts';
import { requireBase } from '../../forge/git/known-main.ts';
import { type ErasureQuestion, findErasureObstacle } from '../../policy/erasure/find-obstacle.ts';
import { type MainHistory, readErasureQuestions } from '../../policy/erasure/read-question.ts';
import type { Day } from '../../policy/evidence.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { foldId, type IdKey, isGuid } from '../../policy/identifiers.ts';
import { createSigningContext, type SigningContext } from '../../policy/signing/account-past.ts';

export interface MainView extends MainHistory {
  context: SigningContext;
  today: Day;
}

export async function readMainView(
  repo: string,
  { stack, tenant }: StackFiles,
  { today, base }: { today: Day; base: string | undefined },
): Promise<MainView> {
  const main = await requireBase(createGit(repo), base);
  const { line, read, giveBackTexts } = await readStackOnMain(repo, main, { stack, today });
  const places = line.places;
  const context = { ...createSigningContext(stack, tenant.value, { verify: verifySignature, places }), read };
  return { versions: line.versions, giveBackTexts, context, today };
}

/** Without a look at the tenant: what main has nothing of could be given nothing back. */
export function askMain(ids: ReadonlySet<IdKey>, main: MainView): Map<IdKey, ErasureQuestion> {
  const says = readErasureQuestions(ids, main, main.context);
  return new Map(
    [...says].map(([id, { archivedAt: _, ...question }]) => [
      id,
      { ...question, isInState: null, tenant: null, today: main.today },
    ]),
  );
}

/** Of folders of people those whose accounts something stands against. */
export function findProtectedPeople(folders: ReadonlySet<string>, main: MainView): Set<string> {
  const ids = new Set([...folders].filter(isGuid).map(foldId));
  const questions = askMain(ids, main);
  return new Set(
    [...questions].flatMap(([id, question]) => (findErasureObstacle(question) === null ? [] : String(id))),
  );
}
