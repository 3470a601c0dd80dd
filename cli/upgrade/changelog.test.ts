import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { version as current } from '../version.ts';
import { isVersion, parseChangelog, selectChanges } from './changelog.ts';

const text = `# Changelog

What is new.

## Unreleased

### Added

- A command.

## 0.10.0 - 2027-02-01

### By hand

Set \`timeZone\`.

### Fixed

- A fault.

## 0.9.1 - 2027-01-20

### Changed

- A word.

## 0.9.0 - 2027-01-10

### By hand

1. Make a key.
`;

const select = (from: string, to: string) => selectChanges(text, from, to).map(({ version }) => version);

test.each([
  ['0.9.0', '0.9.1', ['0.9.1']],
  ['0.9.0', '0.10.0', ['0.10.0', '0.9.1']],
  ['0.1.0', '0.9.0', ['0.9.0']],
  ['0.9.1', '1.0.0', ['0.10.0']],
  ['0.10.0', '0.10.0', []],
  ['0.10.0', '0.9.0', []],
])('an upgrade from %s to %s is told what came after the one, up to the other', (from, to, versions) => {
  expect(select(from, to)).toEqual(versions);
});

test('what has to be done by hand is apart from what has changed', () => {
  expect(selectChanges(text, '0.9.1', '0.10.0')).toEqual([
    {
      version: '0.10.0',
      releasedOn: '2027-02-01',
      changes: '### Fixed\n\n- A fault.',
      byHand: 'Set `timeZone`.',
    },
  ]);
  expect(selectChanges(text, '0.9.0', '0.9.1')).toMatchObject([{ byHand: '' }]);
  expect(selectChanges(text, '0.8.0', '0.9.0')).toMatchObject([{ changes: '', byHand: '1. Make a key.' }]);
});

test('what is in no version yet is in no upgrade', () => {
  expect(parseChangelog(text)[0]).toEqual({
    version: 'Unreleased',
    releasedOn: null,
    changes: '### Added\n\n- A command.',
    byHand: '',
  });
});

const own = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8');

test('the newest version of CHANGELOG.md is this one, and those before it have their day', () => {
  const versions = parseChangelog(own).filter(({ version }) => isVersion(version));
  expect(versions.map(({ version }) => version)[0]).toBe(current);
  for (const { version, releasedOn } of versions.slice(1))
    expect([version, releasedOn]).toEqual([version, expect.any(String)]);
});

test('each of its headings is a version with its day, Unreleased, or one of six kinds of change', () => {
  const headings = own.split('\n').filter((line) => line.startsWith('##'));
  for (const heading of headings)
    expect(heading).toMatch(
      /^(## Unreleased|## \d+\.\d+\.\d+ - (\d{4}-\d\d-\d\d|Unreleased)|### (Added|Changed|Fixed|Removed|Security|By hand))$/,
    );
});
