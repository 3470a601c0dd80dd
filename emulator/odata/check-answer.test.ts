import { expect, test } from 'vitest';
import { checkAnswer } from './check-answer.ts';

const check = (context: string, body: object) =>
  checkAnswer(
    JSON.stringify({ '@odata.context': `https://graph.example/v1.0/$metadata#${context}`, ...body }),
    () => false,
  );
const id = 'd0535c6b-4623-4df3-be01-e7e2e3f2bf99';

test.each([
  ['users(id,manager())', { value: [{ id, accountEnabled: true, manager: null }] }],
  ['users/$entity', { id, accountEnabled: null }],
  [`users('${id}')/licenseDetails`, { value: [{ skuId: id }] }],
  [`users('${id}')/mailboxSettings/userPurpose`, { value: 'shared' }],
  ['directoryObjects', { value: [{ '@odata.type': '#microsoft.graph.group', id, groupTypes: [] }] }],
  ['users', { value: [{ '@odata.type': '#microsoft.graph.agentUser', id, identityParentId: id }] }],
  ['roleManagement/directory/roleAssignments/$entity', { id, directoryScopeId: '/' }],
  ['Edm.Boolean', { value: true }],
  ['Collection($ref)', { value: [{ '@odata.id': id }] }],
])('an answer of %s is what its metadata says', (context, body) => {
  expect(check(context, body)).toEqual([]);
});

test.each<[string, object, string]>([
  ['users', { value: [{ id, isInactive: true }] }, 'user.isInactive is not in the metadata'],
  ['users/$entity', { id, accountEnabled: 'yes' }, 'user.accountEnabled: "yes" is no Boolean'],
  ['users/$entity', { id, identities: null }, 'user.identities must not be null'],
  ['users/$entity', { id, manager: { '@odata.type': '#microsoft.graph.user', rank: 1 } }, 'user.manager.rank'],
  ['directoryObjects', { value: [{ '@odata.type': '#microsoft.graph.group', id, surname: 'x' }] }, 'surname'],
  [`users('${id}')/mailboxSettings/userPurpose`, { value: 'person' }, 'person is no userPurpose'],
  ['directoryRoles', { value: ['x'] }, 'is no object'],
  ['inactiveUsers', { value: [] }, 'leads to nothing in the metadata'],
  ['roleManagement/roleAssignments', { value: [] }, 'leads to nothing in the metadata'],
])('an answer of %s with %j is named', (context, body, problem) => {
  expect(check(context, body).join()).toContain(problem);
});

test('whoever is wrong on purpose is left out, and what has no context is not looked at', () => {
  const body = { '@odata.context': 'https://x/v1.0/$metadata#users/$entity', id, accountEnabled: 'yes' };
  expect(checkAnswer(JSON.stringify(body), (each) => each === id)).toEqual([]);
  expect(checkAnswer('{"error":{}}', () => false)).toEqual([]);
});
