// What main says about whose data may go: from git alone, because who erases can read no tenant.
import { readStackOnMain } from '../../audit/history/tracked-files.ts';
import { verifySignature } from '../../forge/facts-key.ts';
import { type ErasureQuestion, findErasureObstacle } from '../../policy/erasure/find-obstacle.ts';
import {
  type MainHistory,
  type MainSays,
  readErasureQuestion,
  readErasureQuestions,
} from '../../policy/erasure/read-question.ts';
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

/** Of one account. An account that main never had has nothing that stands against it. */
export function askMain(id: IdKey, main: MainView): ErasureQuestion {
  return completeQuestion(readErasureQuestion(id, toHistory(main), main.context), main);
}

/** Of folders of people those whose accounts something stands against. */
export function findProtectedPeople(folders: ReadonlySet<string>, main: MainView): Set<string> {
  const ids = new Set([...folders].filter(isGuid).map(foldId));
  const says = readErasureQuestions(ids, toHistory(main), main.context);
  return new Set(
    [...says].flatMap(([id, said]) => (findErasureObstacle(completeQuestion(said, main)) === null ? [] : String(id))),
  );
}

function toHistory({ onMain: { line, giveBackTexts } }: MainView): MainHistory {
  return { versions: line.versions, giveBackTexts };
}

/** Without a look at the tenant: what main has nothing of could be given nothing back. */
function completeQuestion(said: MainSays, { today }: MainView): ErasureQuestion {
  return { ...said, isInState: null, tenant: null, today };
}
