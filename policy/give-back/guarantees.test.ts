// Whatever main has had and whatever a pull request writes into give-back/: nobody loses anything by it.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { today } from '../account.fixture.ts';
import { addDays } from '../evidence.ts';
import { serialiseAccountFile } from '../files/account-file.ts';
import { hasRemovals } from '../files/removals.ts';
import { computeEffectiveDesired, isTakingStage } from '../files/stage.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import { AccountFile as Schema } from '../schemas/account.ts';
import type { FileVersion } from '../signing/main-line.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { aContext, aGiveBack, aStagedFile, pathOf } from './give-back.fixture.ts';
import { judgeGiveBacks } from './judge-give-backs.ts';
import { overlayAccounts } from './overlay.ts';

const people = ['ana', 'bo', 'cy', 'di', 'eve'];
type Step = Stage | 'archive' | 'gone';
const anyLine = fc.array(
  fc.constantFrom<Step>('notify', 'review', 'disable', 'delicense', 'keep', 'restore', 'archive', 'gone'),
  {
    minLength: 1,
    maxLength: 6,
  },
);

/** Each commit moves one person; a file goes to the archive as it was. */
function writeMain(lines: readonly (readonly Step[])[]) {
  const versions: FileVersion[] = [];
  const accounts = new Map<string, AccountFile>();
  const last = new Map<string, AccountFile>();
  let at = 0;
  for (const [index, steps] of lines.entries()) {
    const who = `${people[index]}@contoso.com`;
    for (const step of steps) {
      const path = pathOf(aStagedFile(who, 'notify'));
      const known = last.get(path);
      if (step === 'archive' || step === 'gone') {
        versions.push({ path, text: null, at });
        accounts.delete(path);
        if (step === 'archive' && known)
          versions.push({ path: path.replace('/accounts/', '/archive/'), text: serialiseAccountFile(known), at });
      } else {
        const file = aStagedFile(who, step);
        versions.push({ path, text: serialiseAccountFile(file), at });
        accounts.set(path, file);
        last.set(path, file);
      }
      at += 1;
    }
  }
  const files = [...accounts].sort().map(([path, file]) => parseYaml(Schema, path, serialiseAccountFile(file)));
  return { versions, files, last };
}

test('a pull request of give-back/ takes nothing from anybody, and gives only to those from whom something was taken', () => {
  fc.assert(
    fc.property(
      fc.array(anyLine, { minLength: people.length, maxLength: people.length }),
      fc.uniqueArray(fc.constantFrom(...people, 'stranger'), { maxLength: 6 }),
      fc.uniqueArray(fc.constantFrom(...people), { maxLength: 3 }),
      fc.nat(4),
      (lines, asked, before, perDay) => {
        const { versions, files, last } = writeMain(lines);
        const toFile = (name: string) => aGiveBack(aStagedFile(`${name}@contoso.com`, 'disable'));
        const onMain = before.map(toFile).sort((a, b) => (a.path < b.path ? -1 : 1));
        const giveBacks = onMain.map(({ path, text }, index) => ({ path, text, at: 50 + index }));
        const days = new Map(onMain.map((_, index) => [50 + index, addDays(today, -1)]));
        const rest = { accounts: files, versions, giveBacks, days, policy: { restore: { perDay } }, today };
        const judge = (written: ReturnType<typeof toFile>[]) =>
          judgeGiveBacks({ ...rest, files: written }, aContext(99));
        const added = asked.map(toFile).filter(({ path }) => !onMain.some((file) => file.path === path));
        const base = overlayAccounts(files, judge(onMain));
        const after = judge([...onMain, ...added]);
        const head = new Map(overlayAccounts(files, after).map((file) => [file.path, file.value]));
        for (const { path, value } of base) {
          const now = head.get(path);
          expect(now).toBeDefined();
          if (now) expect(hasRemovals(computeEffectiveDesired(value), computeEffectiveDesired(now))).toBe(false);
        }
        for (const { effect } of after) {
          if (effect.kind === 'none') continue;
          expect(isTakingStage(last.get(effect.account.path)?.stage ?? 'notify')).toBe(true);
        }
        const isNew = (path: string) => added.some((file) => file.path === path);
        const givenToday = after.filter(({ file, effect }) => isNew(file.path) && effect.kind === 'in-effect');
        expect(givenToday.length).toBeLessThanOrEqual(perDay);
      },
    ),
    { numRuns: 150 },
  );
});
