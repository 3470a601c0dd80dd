// What main says about whose data may go: from git alone, because who erases can read no tenant.
import { readStackOnMain } from '../../audit/history/tracked-files.ts';
import { verifySignature } from '../../forge/facts-key.ts';
import { findErasureObstacle } from '../../policy/erasure/find-obstacle.ts';
import { type MainHistory, readErasureQuestions } from '../../policy/erasure/read-question.ts';
import type { Day } from '../../policy/evidence.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { foldId, isGuid } from '../../policy/identifiers.ts';
import { createSigningContext, type SigningContext } from '../../policy/signing/account-past.ts';

export interface MainView extends MainHistory {
  context: SigningContext;
  today: Day;
}

export async function readMainView(
  repo: string,
  { stack, tenant }: StackFiles,
  { today, ref }: { today: Day; ref: string },
): Promise<MainView> {
  const { line, read, giveBackTexts } = await readStackOnMain(repo, ref, { stack, today });
  const context = createSigningContext(stack, tenant.value, { verify: verifySignature, places: line.places, read });
  return { versions: line.versions, giveBackTexts, context, today };
}

/**
 * Of folders of people those whose accounts something stands against. Without a look at the tenant: what main has nothing of could
 * be given nothing back.
 */
export function findProtectedPeople(folders: ReadonlySet<string>, main: MainView): Set<string> {
  const ids = new Set([...folders].filter(isGuid).map(foldId));
  const says = readErasureQuestions(ids, main, main.context);
  return new Set(
    [...says].flatMap(([id, question]) => {
      const obstacle = findErasureObstacle({ ...question, isInState: null, tenant: null, today: main.today });
      return obstacle === null ? [] : String(id);
    }),
  );
}
