// Whatever an archive holds and whatever the tenant shows: nobody is erased who is blocked, or to whom something is owed.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { today } from '../account.fixture.ts';
import { findErasureObstacle } from '../erasure/find-obstacle.ts';
import { readErasureQuestion } from '../erasure/read-question.ts';
import { addDays, type Evidence } from '../evidence.ts';
import { aContext } from '../give-back/give-back.fixture.ts';
import { foldId } from '../identifiers.ts';
import {
  type ArchivedPerson,
  anAccountStillBlocked,
  anAccountThatIsBack,
  anArchive,
  anArchivePath,
  eraseAfterDays,
} from './archived-people.fixture.ts';
import { planMoves } from './plan.ts';

/** One part after the other is back. */
function anAccountIn(name: string, [enabled, licensed, mailbox]: readonly boolean[]): Evidence {
  const [back, blocked] = [anAccountThatIsBack(name), anAccountStillBlocked(name)];
  return {
    ...back,
    accountEnabled: enabled ? back.accountEnabled : blocked.accountEnabled,
    licenses: licensed ? back.licenses : blocked.licenses,
    mailbox: mailbox ? back.mailbox : blocked.mailbox,
  };
}

const anyAge = fc.oneof(
  fc.integer({ min: 0, max: 2 * eraseAfterDays }),
  fc.constantFrom(eraseAfterDays, eraseAfterDays - 1),
);

const anySight = fc.oneof(
  fc.record({ kind: fc.constant('gone' as const) }),
  fc.record({ kind: fc.constantFrom('not-listed' as const, 'unknown' as const) }),
  fc.record({
    kind: fc.constant('deleted' as const),
    on: fc.integer({ min: 0, max: 60 }).map((days) => addDays(today, -days)),
  }),
  fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  fc.constant(undefined),
);

const anyPerson = fc.record({
  days: anyAge,
  stage: fc.constantFrom('disable' as const, 'delicense' as const),
  isSigned: fc.boolean(),
  sight: anySight,
  isInState: fc.constantFrom(true, false, false, null),
  giveBack: fc.constantFrom(true, false, false, false),
});

type AnyPerson = typeof anyPerson extends fc.Arbitrary<infer Person> ? Person : never;

function toPerson({ sight, ...person }: AnyPerson, index: number): ArchivedPerson {
  const name = `p${index}`;
  if (sight === undefined) return { name, ...person };
  return { name, ...person, tenant: Array.isArray(sight) ? anAccountIn(name, sight) : sight };
}

/** By the words of the rule, and not by the code of it. */
function isOwed({ days, tenant, isInState, giveBack, isSigned }: ArchivedPerson): boolean {
  if (days < eraseAfterDays || isInState === true || giveBack === true || tenant === undefined) return true;
  if ('kind' in tenant) {
    if (tenant.kind === 'deleted') return addDays(tenant.on, 30) >= today;
    return tenant.kind !== 'gone';
  }
  const isBack =
    tenant.accountEnabled &&
    tenant.licenses.length > 0 &&
    tenant.mailbox.recipientType === 'user' &&
    isInState === false;
  return !isBack || isSigned === false;
}

test('nobody who is blocked, owed something or in doubt is ever erased, and everybody else is', () => {
  const count = { erased: 0, owed: 0 };
  fc.assert(
    fc.property(fc.array(anyPerson, { minLength: 1, maxLength: 8 }), (drawn) => {
      const people = drawn.map(toPerson);
      const { erasures, moves } = planMoves(anArchive(people).input);
      const claimed = new Set(moves.flatMap(({ archivePaths }) => archivePaths));
      const expected = people
        .filter((person) => !isOwed(person) && !claimed.has(anArchivePath(person.name)))
        .map(({ name }) => anArchivePath(name));
      expect(erasures.erased.flatMap(({ paths }) => paths).sort()).toEqual(expected.sort());
      count.erased += expected.length;
      count.owed += people.length - expected.length;
    }),
    { numRuns: 400 },
  );
  expect(count.erased).toBeGreaterThan(50);
  expect(count.owed).toBeGreaterThan(500);
});

test('whose file of archive/ is there may not be erased from records, and whose file has gone may', () => {
  fc.assert(
    fc.property(anyPerson, (drawn) => {
      const { input, versions } = anArchive([toPerson({ ...drawn, giveBack: false }, 0)]);
      const [tracked] = input.archived;
      if (tracked === undefined) throw new Error('the archive is empty');
      const ask = (line: typeof versions) => {
        const question = readErasureQuestion(
          foldId(tracked.file.account.id),
          { versions: line, giveBackTexts: new Map() },
          aContext(999),
        );
        return findErasureObstacle({ ...question, isInState: null, tenant: null, today })?.code ?? null;
      };
      expect(ask(versions)).toBe('in-archive');
      expect(ask([...versions, { path: tracked.path, text: null, at: 100 }])).toBeNull();
    }),
    { numRuns: 100 },
  );
});
