import { expect, test } from 'vitest';
import type { ServerAnswer } from '../../graph/server.fixture.ts';
import { createLicenseGroups } from './license-groups.ts';
import { aReader } from './reader.fixture.ts';

const rule = 'user.accountEnabled -eq true';

/** The groups by id; `mayRead` false: a request for the rule is refused as a whole. */
async function groupsOf(groups: Record<string, object | number>, mayRead = true) {
  const answerTo = (id: string, url: string): { id: string; status: number; body: object } => {
    const group = groups[/\/groups\/([^?]+)/.exec(url)?.[1] ?? ''] ?? 404;
    if (!mayRead && url.includes('membershipRule')) return { id, status: 403, body: {} };
    return typeof group === 'number' ? { id, status: group, body: {} } : { id, status: 200, body: group };
  };
  const { reader, server } = await aReader(({ body }): ServerAnswer => {
    const { requests }: { requests: { id: string; url: string }[] } = JSON.parse(body);
    return { body: { responses: requests.map(({ id, url }) => answerTo(id, url)) } };
  });
  const known = createLicenseGroups(reader);
  await known.load(Object.keys(groups));
  return { known, server };
}

test('a group is known by its name and by what its rule reads', async () => {
  const { known } = await groupsOf({
    a: { displayName: 'Everybody', groupTypes: ['DynamicMembership'], membershipRule: rule },
    b: { displayName: 'Sales', groupTypes: ['DynamicMembership'], membershipRule: 'user.city -eq "Oslo"' },
    c: { displayName: 'By hand', groupTypes: [] },
  });
  expect(['a', 'b', 'c'].map((id) => known.findName(id))).toEqual(['Everybody', 'Sales', 'By hand']);
  expect(['a', 'b', 'c'].map((id) => known.findDynamicGroup(id))).toEqual([{ membershipRule: rule }, null, null]);
  expect(known.countUnreadRules()).toBe(0);
});

test.each<[string, object | number]>([
  ['whose rule is null', { displayName: 'Everybody', groupTypes: ['DynamicMembership'], membershipRule: null }],
  ['of which nothing but the name is told', { displayName: 'Everybody' }],
  ['that may not be read', 403],
  ['that is gone', 404],
  ['at which Graph fails', 500],
])('a group %s counts as one that takes its licence back', async (_, group) => {
  const { known } = await groupsOf({ a: group });
  expect(known.findDynamicGroup('a')).toEqual({ membershipRule: null });
  expect(known.countUnreadRules()).toBe(1);
});

test('anyone who is refused the rule is told the name all the same', async () => {
  const { known, server } = await groupsOf({ a: { displayName: 'Everybody' }, b: 403 }, false);
  expect(known.findName('a')).toBe('Everybody');
  expect(known.findDynamicGroup('a')).toEqual({ membershipRule: null });
  expect(known.findName('b')).toBeNull();
  expect(server.heard).toHaveLength(2);
});

test('each group is asked for once', async () => {
  const { known, server } = await groupsOf({ a: { displayName: 'Everybody', groupTypes: [] } });
  await known.load(['a', 'a']);
  expect(server.heard).toHaveLength(1);
});

test('of pages that come side by side, each waits for all that is read of a group that policy.yaml names', async () => {
  const office = {
    ...{
      displayName: 'Office',
      groupTypes: [],
      membershipRule: null,
      onPremisesSyncEnabled: true,
      isAssignableToRole: null,
    },
    ...{ mailEnabled: false, securityEnabled: true, resourceProvisioningOptions: [] },
  };
  const asked: string[] = [];
  const { reader } = await aReader(({ body }): ServerAnswer => {
    const { requests = [] }: { requests?: { id: string; url: string }[] } = JSON.parse(body || '{}');
    asked.push(...requests.map(({ url }) => url));
    return { body: { value: [], responses: requests.map(({ id }) => ({ id, status: 200, body: office })) } };
  });
  const known = createLicenseGroups(reader, { licenses: { groups: [{ id: 'a' }] } });
  const first = known.load(['a']);
  while (!asked.some((url) => url.includes('memberOf'))) await new Promise((resolve) => setTimeout(resolve, 1));
  await known.load(['a']);
  expect(known.findObstacles('a')).toMatchObject([{ reason: 'group-synced' }, {}]);
  await first;
  expect(
    asked.filter((url) => url.includes('groupTypes,membershipRule&') || url.endsWith('groupTypes,membershipRule')),
  ).toHaveLength(1);
});
