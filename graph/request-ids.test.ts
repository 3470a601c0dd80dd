import { expect, test } from 'vitest';
import { formatRequestIds, noRequest, type RequestIds } from './request-ids.ts';

const batch = { requestId: 'b-1', item: '3' };

test.each<[string, Partial<RequestIds>, string]>([
  ['what came alone has its own id', { requestId: 'r-1', clientRequestId: 'c-1' }, ' (request-id r-1)'],
  [
    'what was done in a batch is named by its place in it',
    { requestId: 'b-1', clientRequestId: 'c-1', batch },
    ' (item 3 of the $batch with request-id b-1)',
  ],
  [
    'an error in a batch has its own id, too',
    { requestId: 'e-1', clientRequestId: 'c-1', batch },
    ' (request-id e-1, item 3 of the $batch with request-id b-1)',
  ],
  ['without an answer there is only ours', { clientRequestId: 'c-1' }, ' (client-request-id c-1)'],
  ['of what nobody was asked nothing is said', {}, ''],
])('%s', (_, ids, words) => {
  expect(formatRequestIds({ ...noRequest, ...ids })).toBe(words);
});
