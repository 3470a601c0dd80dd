import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { aSignatureAudit } from './signature-audit.fixture.ts';
import { findProvenanceFaults, sourceRepository } from './signature-audit.ts';

const locked = { version: '9.1.0', integrity: `sha512-${'A'.repeat(86)}==` };
const good = aSignatureAudit(locked);
const other = { name: 'yaml', version: '2.9.1' };

test('Dormant’s own repository is the one that its package names', () => {
  expect(`git+${sourceRepository}.git`).toBe(manifest.repository.url);
});

test('a version that npm has verified, built in Dormant’s own repository, is taken', () => {
  expect(findProvenanceFaults(good, locked)).toEqual([]);
});

test.each([
  ['no provenance', { ...good, verified: [] }, /verified no provenance/],
  ['that of another version', aSignatureAudit({ ...locked, version: '9.0.0' }), /verified no provenance/],
  [
    'only npm’s own attestation',
    { ...good, verified: [{ name: '@dormant-m365/dormant', version: '9.1.0' }] },
    /no prov/,
  ],
  ['that of other bytes', aSignatureAudit(locked, { integrity: `sha512-${'B'.repeat(86)}==` }), /of other bytes/],
  [
    'that of a fork',
    aSignatureAudit(locked, { repository: 'https://github.com/somebody/dormant' }),
    /somebody\/dormant/,
  ],
  ['a signature that is not valid', { ...good, invalid: [other] }, /yaml@2\.9\.1 has a signature .* not valid/],
  ['a dependency without a signature', { ...good, missing: [other] }, /yaml@2\.9\.1 has no signature/],
  ['an npm that does not say', { invalid: [], missing: [] }, /11\.12 or later/],
  [
    'an npm that reached nobody',
    { error: { summary: 'request failed\nat …' } },
    /could not verify it: request failed$/,
  ],
])('%s: it is not', (_what, audit, fault) => {
  expect(findProvenanceFaults(audit, locked)).toEqual([expect.stringMatching(fault)]);
});
