import { expect, test } from 'vitest';
import { findDelegatedPermission } from '../../tenant/delegated-permissions.ts';
import { requireRoleDefinition } from '../../tenant/role-definitions.ts';
import { resources } from '../resources/resources.ts';
import { graphCalls } from './graph-calls.ts';

const facts = [...resources.flatMap(({ list, get }) => [list, get]), ...Object.values(graphCalls)];
const delegated = facts.flatMap((each) => each?.delegated ?? []);

test('every permission and every role that a call asks of a person is one that this tenant has', () => {
  expect(delegated.length).toBeGreaterThan(30);
  for (const { permissions, people } of delegated) {
    expect(permissions.filter((name) => findDelegatedPermission(name) !== name)).toEqual([]);
    for (const role of Array.isArray(people) ? people : []) expect(() => requireRoleDefinition(role)).not.toThrow();
  }
});

test('a person writes nothing but the setting of the reports', () => {
  const writes = Object.entries(graphCalls).filter(
    ([call, { delegated: people }]) => people && !call.startsWith('GET '),
  );
  expect(writes.map(([call]) => call)).toEqual(['PATCH /admin/reportSettings']);
});
