// Account files with the word `restore` of give-back/ over them, as if it stood in the files themselves. Pure.
import { markRestored } from '../edit/mark-restored.ts';
import { AccountFile } from '../schemas/account.ts';
import type { GiveBack } from '../schemas/give-back.ts';
import { type ParsedYaml, parseYaml } from '../yaml/parse-yaml.ts';
import type { JudgedGiveBack } from './judge-give-backs.ts';

/** Also of those that have no file in accounts/: theirs is as main had it last. Those given back come first. */
export function overlayAccounts(
  accounts: readonly ParsedYaml<AccountFile>[],
  giveBacks: readonly JudgedGiveBack[],
): ParsedYaml<AccountFile>[] {
  const restored = giveBacks.flatMap((judged) => restoreAccount(judged) ?? []);
  const paths = new Set(restored.map(({ path }) => path));
  return restored.length === 0 ? [...accounts] : [...restored, ...accounts.filter(({ path }) => !paths.has(path))];
}

/** null: the file is not in effect today. */
export function restoreAccount({ file, effect }: JudgedGiveBack): ParsedYaml<AccountFile> | null {
  if (effect.kind !== 'in-effect') return null;
  const { path } = effect.account;
  return parseYaml(AccountFile, path, markRestored({ ...effect.account, path }, describeRequest(file.value)));
}

/** As the account’s file gives the reason. */
function describeRequest({ reason, askedBy, askedOn }: GiveBack): string {
  return `${reason} (asked for by ${askedBy} on ${askedOn})`;
}
