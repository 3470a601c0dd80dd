// What people had changed by hand about the quarantine and an update has restored, as sentences for the record. Pure.
import { isDeepStrictEqual } from 'node:util';
import type { StepEventMetadata } from '@pulumi/pulumi/automation/index.js';
import { type Fields, isFields } from '../../graph/json-fields.ts';
import { formatCount } from '../../policy/words/labels.ts';

/** The last steps of both; `known`: URNs that the state had before the tenant was read. Members are reported elsewhere. */
export function describeCorrections(
  group: StepEventMetadata | null,
  policy: StepEventMetadata | null,
  known: readonly string[],
): string[] {
  return [
    ...(group ? describeRecreation('group', group, known) : []),
    ...(group ? describeRename('group', group) : []),
    ...(policy ? describeRecreation('policy', policy, known) : []),
    ...(policy ? describeRename('policy', policy) : []),
    ...(policy ? describeSwitch(policy) : []),
    ...(policy ? describeConditions(policy) : []),
  ];
}

function describeRecreation(what: string, { op, urn }: StepEventMetadata, known: readonly string[]): string[] {
  return op === 'create' && known.includes(urn) ? [`The ${what} had been deleted by hand: it is made again.`] : [];
}

function describeRename(what: string, { op, old, new: now }: StepEventMetadata): string[] {
  const before = old?.outputs?.displayName;
  if (op !== 'update' || before === undefined || before === now?.inputs.displayName) return [];
  return [`The ${what} had been renamed “${before}”: it has its name again.`];
}

/** A state other than the two modes was set by hand; one of the modes may be this stack's own policy.yaml. */
function describeSwitch({ op, old }: StepEventMetadata): string[] {
  return op === 'update' && old?.outputs?.state === 'disabled'
    ? ['The policy had been switched off by hand: it is on again.']
    : [];
}

const usersLists = {
  includedUsers: ['include', 'user'],
  includedGroups: ['include', 'group'],
  includedRoles: ['include', 'role'],
  excludedUsers: ['exclude', 'user'],
  excludedGroups: ['exclude', 'group'],
  excludedRoles: ['exclude', 'role'],
} as const;

function describeConditions({ op, old, new: now }: StepEventMetadata): string[] {
  if (op !== 'update') return [];
  const before = toFields(old?.outputs?.conditions);
  const after = toFields(now?.inputs.conditions);
  const lists = Object.entries(usersLists).flatMap(([key, [verb, kind]]) => {
    const [was, is] = [toList(toFields(before.users)[key]), toList(toFields(after.users)[key])];
    const more = was.filter((id) => !is.includes(id)).length;
    const fewer = is.filter((id) => !was.includes(id)).length;
    return [
      ...(more > 0
        ? [`The policy had been changed by hand to ${verb} ${formatCount(more, kind)}: it no longer does.`]
        : []),
      ...(fewer > 0
        ? [`The policy had been changed by hand not to ${verb} ${formatCount(fewer, kind)}: it does again.`]
        : []),
    ];
  });
  const others = Object.keys(before).filter((key) => key !== 'users' && !isAsDeclared(before[key], after[key]));
  const controls = ['grantControls', 'sessionControls'].filter(
    (key) => !isAsDeclared(old?.outputs?.[key], now?.inputs[key]),
  );
  const changed = [...others, ...controls];
  return changed.length === 0
    ? lists
    : [...lists, `The policy had been changed by hand in ${changed.join(', ')}: it is as declared again.`];
}

/** What is not declared counts as empty; the plugin's own marks are ignored. */
function isAsDeclared(found: unknown, declared: unknown): boolean {
  if (isEmpty(found) && isEmpty(declared)) return true;
  if (!isFields(found) || !isFields(declared)) return isDeepStrictEqual(found, declared);
  const keys = [...new Set([...Object.keys(found), ...Object.keys(declared)])];
  return keys.every((key) => key.startsWith('__') || isAsDeclared(found[key], declared[key]));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function toFields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function toList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
