import type { EngineEvent, StepEventMetadata } from '@pulumi/pulumi/automation/index.js';
import { expect, test } from 'vitest';
import { groupType, policyType } from '../on-premises/quarantine.ts';
import { findQuarantineReport } from './quarantine-changes.ts';

type Side = { inputs: Record<string, unknown>; outputs?: Record<string, unknown> };

function aStep(type: string, op: StepEventMetadata['op'], old: Side | null, now: Side | null): EngineEvent {
  const side = (given: Side | null) =>
    given && { type, urn: type, custom: true, id: 'x', parent: '', provider: '', outputs: {}, ...given };
  const metadata = { op, urn: type, type, old: side(old), new: side(now), keys: [], provider: '' };
  return { sequence: 0, timestamp: 0, resourcePreEvent: { metadata } } as unknown as EngineEvent;
}

const policy = {
  inputs: { displayName: 'Q', state: 'enabled' },
  outputs: { displayName: 'Q', state: 'enabled' },
};
const samePolicy = aStep(policyType, 'same', policy, policy);

test('who was in the group is read from its outputs: its inputs keep as many members as were declared', () => {
  // Seen with pulumi-azuread 6.9.1: of [outsider, paul, rita] the refreshed inputs keep two.
  const old = {
    inputs: { members: ['outsider', 'paul'] },
    outputs: { members: ['outsider', 'paul', 'rita'] },
  };
  const group = aStep(groupType, 'update', old, { inputs: { members: ['paul', 'rita'] } });
  expect(findQuarantineReport([group, samePolicy], [])).toMatchObject({ holds: [], releases: ['outsider'] });
});

test('an import with the update that follows it is told by what was found', () => {
  const imported = aStep(groupType, 'import', null, { inputs: { members: ['rita'] } });
  const found = { inputs: { members: ['paul'] }, outputs: { members: ['paul'] } };
  const updated = aStep(groupType, 'update', found, { inputs: { members: ['rita'] } });
  expect(findQuarantineReport([imported, updated, samePolicy], [])).toMatchObject({
    holds: ['rita'],
    releases: ['paul'],
    isNewMode: false,
  });
});

test('nothing is said of what stays as it is', () => {
  const group = { inputs: { members: ['paul'] }, outputs: { members: ['paul'] } };
  expect(findQuarantineReport([aStep(groupType, 'same', group, group), samePolicy], [])).toBeNull();
});

test('what is made again was known to the state, and what is changed back is named', () => {
  const group = aStep(groupType, 'create', null, { inputs: { members: ['paul'] } });
  const before = {
    ...policy.outputs,
    conditions: { clientAppTypes: ['browser'], users: { excludedRoles: [], excludedGroups: ['g'] } },
    grantControls: { operator: 'OR', builtInControls: ['mfa'] },
  };
  const declared = {
    ...policy.inputs,
    conditions: { clientAppTypes: ['all'], users: { excludedRoles: ['r'] } },
    grantControls: { operator: 'OR', builtInControls: ['block'] },
  };
  const changed = aStep(policyType, 'update', { inputs: {}, outputs: before }, { inputs: declared });
  expect(findQuarantineReport([group, changed], [groupType])?.corrected).toEqual([
    'The group had been deleted by hand: it is made again.',
    'The policy had been changed by hand to exclude 1 group: it no longer does.',
    'The policy had been changed by hand not to exclude 1 role: it does again.',
    'The policy had been changed by hand in clientAppTypes, grantControls: it is as declared again.',
  ]);
});
