import { expect, test } from 'vitest';
import { getDefaultEnvironments, gitHubIssuer, isGitHubIssuer, listSubjects } from './subjects.ts';

const repository = { owner: 'contoso', name: 'dormant', ownerId: '1', repositoryId: '2' };

test('a job is recognised by its environment, in the form of its repository’s age', () => {
  expect(listSubjects(repository, 'prod')).toEqual([
    { form: 'names', subject: 'repo:contoso/dormant:environment:prod' },
    { form: 'ids', subject: 'repo:contoso@1/dormant@2:environment:prod' },
  ]);
});

test.each([
  ['https://github.com/contoso/dormant', gitHubIssuer, true],
  ['https://github.com/contoso/dormant', `${gitHubIssuer}/contoso-group`, true],
  ['https://github.com/contoso/dormant', `${gitHubIssuer}/contoso/more`, false],
  ['https://github.com/contoso/dormant', `${gitHubIssuer}.example`, false],
  ['https://github.com/contoso/dormant', 'https://token.actions.contoso.ghe.com', false],
  ['https://contoso.ghe.com/it/dormant', 'https://token.actions.contoso.ghe.com', true],
  ['https://contoso.ghe.com/it/dormant', 'https://token.actions.contoso.ghe.com/contoso', true],
  ['https://contoso.ghe.com/it/dormant', gitHubIssuer, false],
  ['https://git.contoso.com/it/dormant', 'https://git.contoso.com/_services/token', true],
  ['https://git.contoso.com/it/dormant', 'https://git.fabrikam.com/_services/token', false],
])('the jobs of %s have tokens of %s: %s', (repositoryUrl, issuer, expected) => {
  expect(isGitHubIssuer(repositoryUrl, issuer)).toBe(expected);
});

test('audit and apply of a stack run in environments of their own', () => {
  const { audit, apply } = getDefaultEnvironments('contoso');
  expect(audit.filter((each) => apply.includes(each))).toEqual([]);
});
