// Which of two things counts, the file or what stood before it, and what is refused by name.
import { expect, test } from 'vitest';
import { verifySignature } from '../../forge/facts-key.ts';
import { anAccountFile } from '../account-file.fixture.ts';
import { serialiseAccountFile } from '../files/account-file.ts';
import type { AccountFile, Stage } from '../schemas/account.ts';
import type { Signing } from '../schemas/signing.ts';
import { createSigningContext } from './account-past.ts';
import { judgeFiles } from './judge-files.ts';
import type { FileVersion } from './main-line.ts';
import { aSignedFile, aSigning, contoso } from './signing.fixture.ts';
import { selectStandingFiles } from './stand-files.ts';

const path = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';
const signed = (stage: Stage) => aSignedFile(anAccountFile(stage));
const forge = (file: AccountFile): AccountFile => ({ ...file, restore: { ...file.restore, mailbox: 'shared' } });

/** Ana's file after each of main's commits; null: none. The last is what is applied. */
function stand(main: readonly (AccountFile | null)[], signing: Signing = aSigning(), more: FileVersion[] = []) {
  const own = main.map((file, at) => ({ path, at, text: file && serialiseAccountFile(file) }));
  const versions = [...own, ...more].toSorted((one, other) => one.at - other.at);
  const places = new Map(main.map((_, at) => [`c${at}`, at]));
  const { stack, tenantId } = contoso;
  const context = createSigningContext(stack, { tenantId, signing }, { verify: verifySignature, places });
  const value = main.at(-1);
  const { standing, refused } = selectStandingFiles(
    judgeFiles({ files: value ? [{ path, text: serialiseAccountFile(value), value }] : [], versions }, context),
    context,
  );
  return {
    stages: standing.map((each) => each.value.stage),
    mailboxes: standing.map((each) => each.value.restore.mailbox),
    keys: standing.map(({ key }) => key),
    codes: refused.flatMap(({ problems }) => problems.map(({ code }) => code)),
  };
}

const [review, disable] = [signed('review'), signed('disable')];
const nothing = { stages: [], mailboxes: [], keys: [] };

test.each<[string, (AccountFile | null)[], ReturnType<typeof stand>]>([
  ['a signed file stands', [review, disable], { stages: ['disable'], mailboxes: ['user'], keys: ['tests'], codes: [] }],
  ['a forged one stands for nothing', [forge(disable)], { ...nothing, codes: ['not-signed'] }],
  [
    'what stood before a forged one counts instead',
    [review, forge(disable)],
    { stages: ['review'], mailboxes: ['user'], keys: ['tests'], codes: ['not-signed'] },
  ],
  [
    'the word to give back in a forged one counts, and its facts do not',
    [disable, forge(signed('restore'))],
    { stages: ['restore'], mailboxes: ['user'], keys: ['tests'], codes: ['not-signed'] },
  ],
  [
    'a forged restore stays refused, however long it is on main',
    [disable, forge(signed('restore')), forge(signed('restore'))],
    { stages: ['restore'], mailboxes: ['user'], keys: ['tests'], codes: ['not-signed'] },
  ],
  [
    'a forged restore of a file that was gone gives what its last signed version took',
    [disable, null, forge(signed('restore'))],
    { stages: ['restore'], mailboxes: ['user'], keys: ['tests'], codes: ['not-signed'] },
  ],
  ['one that never was on main gives nothing', [forge(signed('restore'))], { ...nothing, codes: ['not-signed'] }],
])('%s', (_, main, wanted) => {
  expect(stand(main)).toEqual(wanted);
});

test('what is from before signing has no key to vouch for it', () => {
  expect(stand([anAccountFile('review')], aSigning({ since: 'c0' }))).toMatchObject({
    stages: ['review'],
    keys: [null],
  });
});

test('a file of the archive that was edited gives nothing more: its account is refused, and what was signed as taken counts', () => {
  const archive = path.replace('/accounts/', '/archive/');
  const edited = serialiseAccountFile(forge(disable));
  const moves: FileVersion[] = [
    { path: archive, at: 1, text: serialiseAccountFile(disable) },
    { path: archive, at: 2, text: edited },
    { path: archive, at: 4, text: null },
  ];
  const { desired, reason } = anAccountFile('restore');
  const restore: AccountFile = { ...forge(disable), stage: 'restore', desired, ...(reason ? { reason } : {}) };
  for (const main of [
    [disable, null, null, restore],
    [disable, null, null, null, restore],
  ]) {
    expect(stand(main, aSigning(), moves)).toMatchObject({
      ...{ stages: ['restore'], mailboxes: ['user'], codes: ['not-signed'] },
    });
  }
});
