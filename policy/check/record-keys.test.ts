import { expect, test } from 'vitest';
import type { RecordKey } from '../schemas/records.ts';
import { aFactsKey } from '../signing/signing.fixture.ts';
import { aCheckInput } from './check.fixture.ts';
import { checkStack } from './check.ts';

const audits: RecordKey = { ...aFactsKey('audits'), signs: 'audit' };
const applies: RecordKey = { ...aFactsKey('applies'), signs: 'apply' };

function check(before: readonly RecordKey[], after: readonly RecordKey[]): string[] {
  const input = aCheckInput({ head: null }, { main: { recordKeys: before } });
  const records = { store: { folder: 'records' }, keys: [...after] };
  const tenant = { ...input.tenant, value: { ...input.tenant.value, records } };
  return checkStack({ ...input, tenant }).map(({ code }) => code);
}

test.each<[string, RecordKey[], RecordKey[]]>([
  ['the first key', [], [audits]],
  ['a key for another kind', [audits], [audits, applies]],
  ['the day on which a key ends', [audits], [{ ...audits, until: '2026-12-07' }, applies]],
])('%s may come', (_, before, after) => {
  expect(check(before, after)).toEqual([]);
});

test.each<[string, RecordKey[], RecordKey[]]>([
  ['a key is taken off', [audits, applies], [audits]],
  ['a key is given another name', [audits], [{ ...audits, name: 'other' }]],
  ['a key is given another use', [audits], [{ ...audits, signs: 'apply' }]],
  ['the end of a key is moved', [{ ...audits, until: '2026-12-07' }], [{ ...audits, until: '2026-12-31' }]],
  ['the end of a key is taken back', [{ ...audits, until: '2026-12-07' }], [audits]],
  ['one name is listed twice', [audits], [audits, { ...applies, name: audits.name }]],
  ['one key is listed for two kinds', [audits], [audits, { ...audits, name: 'other', signs: 'apply' }]],
])('refused: %s', (_, before, after) => {
  expect(check(before, after)).toContain('record-keys');
});
