// The roles and policies of docs/guides/records.md, as the JSON that a reader copies.
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { judgeImmutability } from '../cli/doctor/checks/records.ts';
import { readDocument } from '../tools/markdown-document.fixture.ts';

const shell = readDocument(join(import.meta.dirname, 'guides/records.md'))
  .fences.map(({ text }) => text)
  .join('\n');

interface Statement {
  Effect: string;
  Principal: unknown;
  Action: string[];
  Condition?: unknown;
}

function readJson<T>(file: string): T {
  const [, json = ''] = new RegExp(`cat > ${file} <<'?END'?\n([\\s\\S]*?)\nEND\n`).exec(shell) ?? [];
  return JSON.parse(json);
}

const blobs = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';

test('the role for Azure that adds can neither change nor delete', () => {
  const { DataActions } = readJson<{ DataActions: string[] }>('adds.json');
  expect(DataActions).toEqual([`${blobs}/read`, `${blobs}/add/action`]);
});

test('the role for Azure that erases can delete versions, too, and write nothing', () => {
  const { DataActions } = readJson<{ DataActions: string[] }>('erases.json');
  expect(DataActions).toEqual([`${blobs}/read`, `${blobs}/delete`, `${blobs}/deleteBlobVersion/action`]);
});

test('the bucket’s policy denies everybody to write without If-None-Match, and lets the role delete nothing', () => {
  const { Statement } = readJson<{ Statement: Statement[] }>('policy.json');
  const denied = Statement.filter(({ Effect }) => Effect === 'Deny');
  expect(denied).toEqual([
    expect.objectContaining({
      Principal: '*',
      Action: ['s3:PutObject'],
      Condition: { Null: { 's3:if-none-match': 'true' } },
    }),
  ]);
  const allowed = Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => Action);
  expect(allowed).toEqual(['s3:ListBucket', 's3:GetBucketObjectLockConfiguration', 's3:GetObject', 's3:PutObject']);
});

test('both clouds hold for the days that the guide takes, with which nobody is erased too late', () => {
  const { Rule } = readJson<{ Rule: { DefaultRetention: { Mode: string; Days: number } } }>('lock.json');
  const { Mode: mode, Days: days } = Rule.DefaultRetention;
  expect(shell).toContain(`--period ${days}`);
  expect(judgeImmutability({ kind: 'days', days, mode }, 730).status).toBe('pass');
});
