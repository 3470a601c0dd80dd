import { afterAll, beforeAll, expect, test } from 'vitest';
import { peopleGroups } from './checks/people-groups.ts';
import { type AStack, aStack } from './stack.fixture.ts';

let stack: AStack;

beforeAll(async () => {
  stack = await aStack({
    groups: [
      { displayName: 'Pupils' },
      { displayName: 'Twins' },
      { displayName: 'Twins' },
      { displayName: 'Club', kind: 'microsoft365', hiddenMembers: true },
    ],
  });
}, 60_000);

afterAll(() => stack.close());

/** With this at the end of policy.yaml. */
async function examine(more: string) {
  const before = await stack.repository.read('policy/policy.yaml');
  await stack.edit('policy/policy.yaml', /$/, `\n${more}\n`);
  try {
    return (await stack.diagnose({}, peopleGroups)).findings;
  } finally {
    await stack.edit('policy/policy.yaml', /^[\s\S]*$/, before);
  }
}

const id = '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e';

test('of groups that the policy names for who is in them, each that tells nothing is a failure with its way out', async () => {
  const findings = await examine(
    `scope: { groups: [{ name: Pupils }, { name: Pupil }, { name: Twins }, { name: Club }, { id: ${id} }] }`,
  );
  expect(findings).toMatchObject([
    { name: 'groups of people Pupil', status: 'fail', says: expect.stringContaining('the tenant has no such group') },
    {
      name: 'groups of people Twins',
      status: 'fail',
      says: expect.stringContaining('more than one group has this name'),
    },
    { name: 'groups of people Club', status: 'fail', says: expect.stringContaining('its members are hidden') },
    { name: `groups of people ${id}`, status: 'fail', says: expect.stringContaining('the tenant has no such group') },
  ]);
});

test('groups whose members can be read pass, and a policy that names none is not examined', async () => {
  expect(await examine('scope: { groups: [{ name: Pupils }] }')).toMatchObject([{ status: 'pass' }]);
  expect(await examine('')).toMatchObject([{ status: 'skip', says: 'no population and no scope names a group' }]);
});
