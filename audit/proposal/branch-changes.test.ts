import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { computeBlobId } from '../../forge/git/signature.ts';
import { type BranchFacts, decideChanges } from './branch-changes.ts';
import { splitIntoChunks } from './chunks.ts';

const account = 'stacks/contoso/accounts/ana.yaml';

function decide(wanted: Record<string, string | null>, change: Partial<BranchFacts> = {}) {
  const facts: BranchFacts = {
    changed: new Map(),
    touchedByPeople: new Set(),
    touchedSinceAudit: new Set(),
    base: new Map(),
    changedOnMain: new Set(),
    isAccountFile: (path) => path.startsWith('stacks/contoso/accounts/'),
    ...change,
  };
  return decideChanges(new Map(Object.entries(wanted)), facts);
}

describe('a file of the plan', () => {
  it('is written where the branch says something else', () => {
    expect(decide({ [account]: 'new' }, { base: new Map([[account, computeBlobId('old')]]) }).changes).toEqual([
      { path: account, text: 'new' },
    ]);
  });

  it('is left where the branch says it already', () => {
    expect(decide({ [account]: 'new' }, { changed: new Map([[account, computeBlobId('new')]]) }).changes).toEqual([]);
  });

  it('that goes is deleted once', () => {
    expect(decide({ [account]: null }, { base: new Map([[account, computeBlobId('old')]]) }).changes).toHaveLength(1);
    expect(decide({ [account]: null }, { changed: new Map([[account, null]]) }).changes).toEqual([]);
  });

  it('that main has and a person took out comes back', () => {
    const decision = decide(
      { [account]: 'as on main' },
      {
        base: new Map([[account, computeBlobId('as on main')]]),
        changed: new Map([[account, null]]),
        touchedByPeople: new Set([account]),
      },
    );
    expect(decision.changes).toEqual([{ path: account, text: 'as on main' }]);
  });

  it('that a person touched since the audit stays theirs', () => {
    const touched = new Set([account]);
    const decision = decide(
      { [account]: 'plan' },
      {
        changed: new Map([[account, computeBlobId('theirs')]]),
        touchedByPeople: touched,
        touchedSinceAudit: touched,
      },
    );
    expect(decision).toMatchObject({ changes: [], kept: [account] });
  });

  it('that a person touched before the audit is the plan’s, which has weighed it', () => {
    const decision = decide(
      { [account]: 'withdrawn: signed in' },
      { changed: new Map([[account, computeBlobId('theirs')]]), touchedByPeople: new Set([account]) },
    );
    expect(decision.changes).toHaveLength(1);
  });

  it('that main has overtaken waits for the next audit', () => {
    expect(decide({ [account]: 'plan' }, { changedOnMain: new Set([account]) })).toMatchObject({
      changes: [],
      overtaken: [account],
    });
  });
});

describe('a file that only the branch changes', () => {
  it('is taken back when the pipeline proposed it before', () => {
    expect(decide({}, { changed: new Map([[account, computeBlobId('old plan')]]) }).reverts).toEqual([account]);
  });

  it('stays when a person touched it, whatever file it is', () => {
    const changed = new Map([['docs/note.md', computeBlobId('mine')]]);
    expect(decide({}, { changed, touchedByPeople: new Set(['docs/note.md']) })).toMatchObject({
      reverts: [],
      kept: ['docs/note.md'],
    });
  });
});

describe('chunks', () => {
  const change = fc.record({
    path: fc.string({ minLength: 1, maxLength: 20 }),
    text: fc.option(fc.string({ maxLength: 50 }), { nil: null }),
  });

  it('hold every change once, in order, and at most a hundred each', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 350 }), (changes) => {
        const chunks = splitIntoChunks(changes);
        expect(chunks.flat()).toEqual(changes);
        expect(chunks.every((chunk) => chunk.length > 0 && chunk.length <= 100)).toBe(true);
        expect(chunks.length).toBe(Math.ceil(changes.length / 100));
      }),
    );
  });

  it('are bounded by bytes, and a file that is larger than a chunk still goes', () => {
    const large = (path: string) => ({ path, text: 'x'.repeat(3 * 1024 * 1024) });
    expect(splitIntoChunks([large('a'), large('b'), { path: 'c', text: 'x' }]).map(({ length }) => length)).toEqual([
      1, 2,
    ]);
    expect(splitIntoChunks([{ path: 'a', text: 'x'.repeat(9 * 1024 * 1024) }])).toHaveLength(1);
  });
});
