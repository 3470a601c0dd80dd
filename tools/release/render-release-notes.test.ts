import { expect, test } from 'vitest';
import { renderReleaseNotes } from './render-release-notes.ts';

const hashes = { 'packages/dormant-m365-dormant-0.2.0.tgz': 'ab12', 'sbom.cdx.json': 'cd34' };
const section = { version: '0.2.0', releasedOn: '2027-01-10', changes: '### Added\n\n- A command.', byHand: '' };

test('a release has its section of the changelog, what is to be done by hand, and the hashes of its files', () => {
  expect(renderReleaseNotes({ ...section, byHand: '1. Make a key.' }, hashes)).toBe(`### Added

- A command.

### By hand

1. Make a key.

### SHA-256

\`\`\`text
ab12  dormant-m365-dormant-0.2.0.tgz
cd34  sbom.cdx.json
\`\`\``);
});

test('where nothing is to be done by hand, nothing is said of it', () => {
  expect(renderReleaseNotes(section, hashes)).not.toContain('By hand');
});
