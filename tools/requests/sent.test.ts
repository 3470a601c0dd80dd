import { describe, expect, test } from 'vitest';
import { grantOptions, listAppRoles, pipelineIdentities } from '../../bootstrap/grants.ts';
import { renderRequestsPage } from '../reference/requests-page.ts';
import sent from './sent.json' with { type: 'json' };

/** Needed only by the azuread provider's requests for the quarantine. */
const ofTheProvider = ['Group.Create', 'Policy.ReadWrite.ConditionalAccess'];

describe.each(pipelineIdentities)('%s', (identity) => {
  test('no permission is granted that no request rests on', () => {
    const own = renderRequestsPage(sent.filter((line) => line.startsWith(`${identity} |`)));
    const unused = listAppRoles(identity, new Set(grantOptions)).filter((appRole) => !own.includes(appRole));
    expect(unused.filter((appRole) => !ofTheProvider.includes(appRole))).toEqual([]);
  });
});

test('nothing that tells of a person, a tenant or a day stands in it', () => {
  const telling = /@|[0-9a-f]{8}-[0-9a-f]{4}|\d{4}-\d\d-\d\d/i;
  expect(sent.filter((line) => telling.test(line))).toEqual([]);
});
