// Who is notified about an account: its manager, or the policy's fallback contact where the manager may not be written to.
import { foldText } from '../../policy/identifiers.ts';
import { findFirstMatch } from '../../policy/judge/pattern.ts';
import type { AccountFile } from '../../policy/schemas/account.ts';
import type { Policy } from '../../policy/schemas/policy.ts';
import { unnamedManager } from '../../policy/words/show-name.ts';

interface Contact {
  /** In lower case, so that one person is counted once. */
  mail: string;
  /** `manager Lee Park`, `their manager` or `the fallback contact`. */
  words: string;
}

/** By the files; the apply checks again whether the manager is still there. */
export function findContact({ account: { manager } }: AccountFile, { notifications }: Policy): Contact {
  const mail = manager?.mail && foldText(manager.mail);
  const isInternal = findFirstMatch(notifications.internalDomains, mail?.split('@').at(-1) ?? null) !== null;
  return manager && mail && isInternal
    ? { mail, words: manager.displayName === unnamedManager ? unnamedManager : `manager ${manager.displayName}` }
    : { mail: foldText(notifications.fallbackContact), words: 'the fallback contact' };
}
