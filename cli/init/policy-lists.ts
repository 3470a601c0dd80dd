// Adds emergency access accounts to policy.yaml by inserting text, so that all other bytes stay as people wrote them. Pure.
import { isSeq, type YAMLSeq } from 'yaml';
import { findFirstMatch } from '../../policy/judge/pattern.ts';
import { Policy } from '../../policy/schemas/policy.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';

/** Adds no account that a pattern of the list matches already. Throws `InvalidInput` if the policy is not valid. */
export function addEmergencyAccounts(path: string, text: string, accounts: readonly string[]): string {
  const { value, document } = parseYaml(Policy, path, text);
  const listed = value.risk.emergencyAccessAccounts;
  const added = accounts.filter((account) => findFirstMatch(listed, account) === null);
  const list = document.getIn(['risk', 'emergencyAccessAccounts'], true);
  if (added.length === 0 || !isSeq(list)) return text;
  const edited = insertInto(
    text,
    list,
    added.map((account) => JSON.stringify(account)),
  );
  parseYaml(Policy, path, edited);
  return edited;
}

function insertInto(text: string, list: YAMLSeq, entries: readonly string[]): string {
  if (list.flow) return insertIntoFlow(text, list, entries);
  const start = list.range?.[0] ?? 0;
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  const lineEnd = findLineEnd(text, findLastEnd(list) ?? start);
  const lines = entries.map((entry) => `\n${indent}- ${entry}`).join('');
  return text.slice(0, lineEnd) + lines + text.slice(lineEnd);
}

/** After the last entry, or after the bracket of an empty list. */
function insertIntoFlow(text: string, list: YAMLSeq, entries: readonly string[]): string {
  const last = findLastEnd(list);
  const at = last ?? (list.range?.[0] ?? 0) + 1;
  return `${text.slice(0, at)}${last === null ? '' : ', '}${entries.join(', ')}${text.slice(at)}`;
}

function findLastEnd(list: YAMLSeq): number | null {
  const last = list.items.at(-1);
  if (typeof last !== 'object' || last === null || !('range' in last)) return null;
  const range: unknown = last.range;
  return Array.isArray(range) && typeof range[1] === 'number' ? range[1] : null;
}

function findLineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
}
