import { expect, test } from 'vitest';
import { RequestFailed } from './request-failed.ts';
import { noRequest } from './request-ids.ts';

const facts = { path: '/users/ana', graphCode: '', graphMessage: '', ...noRequest, attempts: 5 };

test.each([null, 429, 503])('after %s a read has changed nothing, but nobody knows that of a write', (status) => {
  expect(new RequestFailed({ ...facts, method: 'GET', status }).remedy).toMatch(/^Nothing was changed by this read/);
  for (const method of ['PATCH', 'POST']) {
    const { remedy } = new RequestFailed({ ...facts, method, status });
    expect(remedy).not.toMatch(/nothing was changed|read/i);
    expect(remedy).toMatch(/may have been carried out.*start again later/);
  }
});
