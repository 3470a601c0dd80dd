import { describe, expect, it } from 'vitest';
import {
  type BlobChange,
  buildRestartMessage,
  computeBlobId,
  isPipelineCommit,
  isRestart,
  signMessage,
} from './signature.ts';

const changes: BlobChange[] = [
  ['b.yaml', computeBlobId('b')],
  ['a.yaml', null],
];
const audit = { stack: 'contoso', day: '2026-12-07' };
const { headline, body } = signMessage('Dormant: notify 2', audit, changes);
const message = `${headline}\n\n${body}\n`;

describe('the pipeline’s commit', () => {
  it('is known again by its message and its changes, in any order', () => {
    expect(isPipelineCommit(message, changes.toReversed())).toBe(true);
  });

  it('is a person’s once it changes anything else, message or not', () => {
    expect(isPipelineCommit(message, [...changes, ['c.yaml', computeBlobId('c')]])).toBe(false);
    expect(isPipelineCommit(message, changes.slice(1))).toBe(false);
    expect(
      isPipelineCommit(message, [
        ['b.yaml', computeBlobId('other')],
        ['a.yaml', null],
      ]),
    ).toBe(false);
  });

  it('is a person’s without the trailers, or with them anywhere but at the end', () => {
    expect(isPipelineCommit('Dormant: notify 2', changes)).toBe(false);
    expect(isPipelineCommit(`${message}\nAnd I changed my mind.\n`, changes)).toBe(false);
  });
});

it('a new start says so', () => {
  expect(isRestart(buildRestartMessage('dormant/contoso', audit))).toBe(true);
  expect(isRestart(message)).toBe(false);
});

it('a blob is named as git names it', () => {
  expect(computeBlobId('')).toBe('e69de29bb2d1d6434b8b29ae775ad8c2e48c5391');
  expect(computeBlobId('é\n')).toBe('c6003325155f475bd7c87731607525dce73be9cf');
});
