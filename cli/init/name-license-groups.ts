// Names groups in `licenses.groups` of policy.yaml by inserting text, so that all other bytes stay as people wrote them. Pure.
import { isMap, isSeq, type YAMLMap } from 'yaml';
import { foldId, type GroupId } from '../../policy/identifiers.ts';
import { Policy } from '../../policy/schemas/policy.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { insertInto } from './policy-lists.ts';
import type { NewFile } from './write-together.ts';

/** The section as it is shipped, commented out: the explanation of the one that is put below it. */
const explanation = /^# licenses:.*\n(?:# {2,}.*\n)*/m;

/** By id alone: a name may be given to a second group. Throws `InvalidInput` if the policy is not valid. */
export function nameLicenseGroups({ path, text }: NewFile, ids: readonly GroupId[]): string {
  const { value, document } = parseYaml(Policy, path, text);
  const named = new Set(value.licenses?.groups?.flatMap((group) => ('id' in group ? [foldId(group.id)] : [])));
  const entries = ids.filter((id) => !named.has(foldId(id))).map((id) => `{ id: ${id} }`);
  if (entries.length === 0) return text;
  const groups = document.getIn(['licenses', 'groups'], true);
  const edited = isSeq(groups) ? insertInto(text, groups, entries) : addGroups(text, document.get('licenses'), entries);
  parseYaml(Policy, path, edited);
  return edited;
}

/** `licenses`: the section, if there is one without groups. */
function addGroups(text: string, licenses: unknown, entries: readonly string[]): string {
  if (isMap(licenses)) return addKey(text, licenses, entries);
  const explained = explanation.exec(text);
  const at = explained === null ? text.length : explained.index + explained[0].length;
  const before = text.slice(0, at);
  const gap = before.endsWith('\n') ? '' : '\n';
  const lines = entries.map((entry) => `    - ${entry}\n`).join('');
  return `${before}${gap}licenses:\n  groups:\n${lines}${text.slice(at)}`;
}

/** Before the section's first key. */
function addKey(text: string, { range, flow, items }: YAMLMap, entries: readonly string[]): string {
  const start = (range?.[0] ?? 0) + (flow === true ? 1 : 0);
  const indent = ' '.repeat(start - (text.lastIndexOf('\n', start - 1) + 1));
  const key =
    flow === true
      ? ` groups: [${entries.join(', ')}]${items.length > 0 ? ',' : ' '}`
      : `groups:\n${entries.map((entry) => `${indent}  - ${entry}\n`).join('')}${indent}`;
  return text.slice(0, start) + key + text.slice(start);
}
