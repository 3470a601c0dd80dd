// Adds entries to lists of policy.yaml by inserting text, so that all other bytes stay as people wrote them. Pure.
import { isSeq, type YAMLSeq } from 'yaml';
import { findFirstMatch } from '../../policy/judge/pattern.ts';
import { Policy } from '../../policy/schemas/policy.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import type { NewFile } from './write-together.ts';

const places = {
  emergencyAccessAccounts: ['risk', 'emergencyAccessAccounts'],
  executiveTitles: ['risk', 'executives', 'jobTitles'],
  internalDomains: ['notifications', 'internalDomains'],
} as const;
type PolicyList = keyof typeof places;

/**
 * Adds no entry that a pattern of the list matches already. Domains take the place of a `*`, which would let all others in. Throws
 * `InvalidInput` if the policy is not valid.
 */
export function addToPolicyList({ path, text }: NewFile, name: PolicyList, entries: readonly string[]): string {
  const { document } = parseYaml(Policy, path, text);
  const list = document.getIn(places[name], true);
  if (!isSeq(list)) return text;
  const listed = list.toJSON().map(String);
  const isOpen = name === 'internalDomains' && listed.length === 1 && listed[0] === '*';
  const added = isOpen ? entries : entries.filter((entry) => findFirstMatch(listed, entry) === null);
  if (added.length === 0) return text;
  const quoted = added.map((entry) => JSON.stringify(entry));
  const edited = isOpen ? replaceOnly(text, list, quoted) : insertInto(text, list, quoted);
  parseYaml(Policy, path, edited);
  return edited;
}

/** Of a list with one entry. */
function replaceOnly(text: string, list: YAMLSeq, entries: readonly string[]): string {
  const [first] = list.items;
  const range: unknown = typeof first === 'object' && first !== null && 'range' in first ? first.range : null;
  const [start, end] = Array.isArray(range) ? [Number(range[0]), Number(range[1])] : [0, 0];
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const between = list.flow ? ', ' : `\n${text.slice(line, start)}`;
  return text.slice(0, start) + entries.join(between) + text.slice(end);
}

/** `entries`: as they are written. */
export function insertInto(text: string, list: YAMLSeq, entries: readonly string[]): string {
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
