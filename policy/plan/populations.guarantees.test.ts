import fc from 'fast-check';
import { expect, test } from 'vitest';
import { getStageOrder } from '../files/stage.ts';
import { anyWhom, anyWhomPolicy, aWhom, findWorstCase, nameOfWhom, type RandomWhom } from '../random-whom.fixture.ts';
import { aTenant } from '../tenant.fixture.ts';
import type { Move, Plan } from './move.ts';
import { planMoves } from './plan.ts';

const some = fc.array(anyWhom, { minLength: 1, maxLength: 5 });

function plan(people: readonly RandomWhom[], policy: Parameters<typeof aWhom>[2]): Plan {
  const drawn = people.map((whom, index) => aWhom(whom, index, policy));
  return planMoves(
    aTenant({ accounts: drawn.map(({ now }) => now), inForce: drawn.flatMap(({ files }) => files), policy }),
  );
}

function isForward({ from, to }: Move): boolean {
  return to !== null && to !== 'archive' && getStageOrder(to) > (from === null ? -1 : getStageOrder(from));
}

test('in random tenants nobody who may be outside the scope, or whose silence is too short for anything they may belong to, goes forward', () => {
  const count = { forward: 0, outside: 0, tooShort: 0 };
  fc.assert(
    fc.property(some, anyWhomPolicy, (people, policy) => {
      const { moves } = plan(people, policy);
      for (const [index, whom] of people.entries()) {
        const { silence, isInside } = findWorstCase(whom, policy);
        const forward = moves.some(
          (move) => isForward(move) && move.file.account.userPrincipalName === nameOfWhom(whom, index),
        );
        if (!isInside) count.outside += 1;
        if (whom.silentFor < silence) count.tooShort += 1;
        if (forward) count.forward += 1;
        if (forward && !isInside) throw new Error('was taken further outside the scope');
        if (forward && whom.silentFor < silence)
          throw new Error(`was taken further after ${whom.silentFor} of ${silence}`);
      }
    }),
    { numRuns: 800 },
  );
  // All of it happens often, so that the plan is not right by doing nothing.
  expect(count.forward).toBeGreaterThan(150);
  expect(count.outside).toBeGreaterThan(150);
  expect(count.tooShort).toBeGreaterThan(150);
});

test('whoever is inside the scope and has been silent for long enough enters the plan, whatever the populations', () => {
  fc.assert(
    fc.property(some, anyWhomPolicy, (people, policy) => {
      const { moves } = plan(people, policy);
      for (const [index, whom] of people.entries()) {
        const { silence, isInside } = findWorstCase(whom, policy);
        if (whom.stage !== null || !isInside || whom.silentFor < silence) continue;
        const entered = moves.some(
          ({ file, to }) => to === 'notify' && file.account.userPrincipalName === nameOfWhom(whom, index),
        );
        if (!entered) throw new Error(`${nameOfWhom(whom, index)} should have entered`);
      }
    }),
    { numRuns: 200 },
  );
});

test('of whoever leaves the scope the file goes before anything was taken, and stays as it is after', () => {
  fc.assert(
    fc.property(some, anyWhomPolicy, (people, policy) => {
      const { moves, held } = plan(people, policy);
      for (const [index, whom] of people.entries()) {
        const name = nameOfWhom(whom, index);
        const move = moves.find(({ file }) => file.account.userPrincipalName === name);
        if (move?.reason === 'out-of-scope')
          expect([move.to, ['notify', 'review'].includes(move.from ?? '')]).toEqual([null, true]);
        const isOut = !findWorstCase(whom, policy).isInside;
        const isSilent = whom.silentFor >= 180;
        if (whom.stage === 'disable' && isOut && isSilent)
          expect(
            held.some(({ file, because }) => file.account.userPrincipalName === name && /scope/.test(because)),
          ).toBe(true);
      }
    }),
    { numRuns: 200 },
  );
});
