import { expect, test } from 'vitest';
import { getDefaultEnvironments, listSubjects } from './subjects.ts';

const repository = { owner: 'contoso', name: 'dormant', ownerId: '1', repositoryId: '2' };

test('a job is recognised by its environment, in the form of its repository’s age', () => {
  expect(listSubjects(repository, 'prod')).toEqual([
    { form: 'names', subject: 'repo:contoso/dormant:environment:prod' },
    { form: 'ids', subject: 'repo:contoso@1/dormant@2:environment:prod' },
  ]);
});

test('audit and apply of a stack run in environments of their own', () => {
  const { audit, apply } = getDefaultEnvironments('contoso');
  expect(audit.filter((each) => apply.includes(each))).toEqual([]);
});
