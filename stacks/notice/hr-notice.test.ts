import { describe, expect, test } from 'vitest';
import { idOf } from '../../policy/account.fixture.ts';
import { parseEscalations, serialiseEscalations } from '../../policy/files/escalations-file.ts';
import { aPolicy } from '../../policy/policy.fixture.ts';
import { Policy } from '../../policy/schemas/policy.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { findHrNotice, listNewExecutives, pruneNotified } from './hr-notice.ts';
import { anEscalation, anHrNotice } from './notice.fixture.ts';

const { id } = anEscalation();

describe('whom HR is told of', () => {
  test.each<[string, string, string | null, boolean]>([
    ['somebody who is new', '2026-12-07', null, true],
    ['somebody who was told of and has stayed on the list since', '2026-12-07', '2026-12-08', false],
    ['the same after a year', '2026-01-05', '2026-01-08', false],
    ['somebody who left and came back before the days of a keep were over', '2027-03-07', '2026-12-08', false],
    ['somebody who came back after them', '2027-03-08', '2026-12-08', true],
  ])('%s', (_, since, on, isTold) => {
    const people = [anEscalation({ since })];
    const untold = listNewExecutives(anHrNotice({ people }), on === null ? [] : [{ id, on }]);
    expect(untold).toEqual(isTold ? people : []);
  });

  test('nobody, where there is no contact', () => {
    expect(listNewExecutives(anHrNotice({ hrContact: null }), [])).toEqual([]);
  });
});

test('who was told of is kept while they are on the list, and for the days of a keep after that', () => {
  const other = { id: idOf('zoe@contoso.com'), on: '2026-12-08' };
  const told = [{ id, on: '2026-12-08' }, { id, on: '2026-12-15' }, other];
  expect(pruneNotified(told, anHrNotice(), '2027-03-07')).toEqual(
    [{ id, on: '2026-12-15' }, other].sort((a, b) => (a.id < b.id ? -1 : 1)),
  );
  expect(pruneNotified(told, anHrNotice(), '2027-03-08')).toEqual([{ id, on: '2026-12-15' }]);
});

describe('the program declares it', () => {
  const path = 'stacks/contoso/escalations.yaml';
  const list = parseEscalations(path, serialiseEscalations([anEscalation({ id: id.toUpperCase() })]));
  const policyWith = (hrContact?: string) => {
    const policy = aPolicy(hrContact === undefined ? {} : { notifications: { hrContact } });
    return parseYaml(Policy, 'policy/policy.yaml', JSON.stringify(policy));
  };

  test('with a list or a contact, so that neither going makes it forget', () => {
    expect(findHrNotice({ escalations: list, policy: policyWith() })).toMatchObject({
      hrContact: null,
      people: [{ id }],
    });
    expect(findHrNotice({ escalations: null, policy: policyWith('hr@contoso.com') })).toEqual(
      anHrNotice({ people: [] }),
    );
  });

  test('and not at all where there is neither', () => {
    expect(findHrNotice({ escalations: null, policy: policyWith() })).toBeNull();
  });
});
