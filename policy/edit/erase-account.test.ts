// What goes from a stack's files when a person is erased, and who is not.
import { expect, test } from 'vitest';
import { today } from '../account.fixture.ts';
import { anAccountFile } from '../account-file.fixture.ts';
import type { ErasureQuestion } from '../erasure/find-obstacle.ts';
import type { Stage } from '../schemas/account.ts';
import { Exemptions } from '../schemas/exemptions.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { eraseAccount } from './erase-account.ts';

const { account } = anAccountFile('notify');
const path = 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml';
const entry = (who: string) => `  - { account: ${who}, reason: on leave, owner: Lee, until: 2027-01-20 }\n`;
const exemptions = (...who: string[]) =>
  parseYaml(Exemptions, 'exemptions.yaml', `# Who stays.\nexemptions:\n${who.map(entry).join('')}`);

const emptyQuestion: ErasureQuestion = {
  inAccounts: null,
  inArchive: [],
  wasTaken: false,
  takenOut: null,
  unreadable: null,
  giveBack: null,
  isInState: null,
  tenant: null,
  today,
};

function erase(stage: Stage | null, change: Partial<ErasureQuestion> = {}, who: string[] = ['kim@contoso.com']) {
  const inAccounts = stage === null ? null : anAccountFile(stage);
  const paths = stage === null ? [] : [path];
  return eraseAccount(
    account,
    { paths, exemptions: exemptions(...who), escalations: null },
    { ...emptyQuestion, inAccounts, ...change },
  );
}

test('the file of somebody from whom nothing was taken goes', () => {
  for (const stage of ['notify', 'review', 'keep'] as const)
    expect(erase(stage)).toEqual({ changes: new Map([[path, null]]), stays: [] });
});

test.each(['disable', 'delicense', 'restore'] as const)(
  'nobody is erased whose file is at %s, and the error says the way',
  (stage) => {
    expect(() => erase(stage)).toThrow(
      expect.objectContaining({
        code: 'not-erasable',
        exitCode: 2,
        where: path,
        remedy: expect.stringMatching(/it is given back|dormant restore/),
      }),
    );
  },
);

test('their own exemptions go, in whatever case they are written, and those of others and patterns stay', () => {
  const { changes } = erase(null, {}, ['ANA.reyes@contoso.com', account.id, 'kim@contoso.com', '"*@contoso.com"']);
  expect(changes.get('exemptions.yaml')).toBe(exemptions('kim@contoso.com', '"*@contoso.com"').text);
});

test('somebody of whom no file says anything is erased without a change', () => {
  expect(erase(null).changes).toEqual(new Map());
});

test('the list of executives is the audit’s, so that an entry there is named and stays', () => {
  const listed = { id: account.id, userPrincipalName: account.userPrincipalName, displayName: 'Ana Reyes' };
  const text = JSON.stringify({ escalations: [{ ...listed, why: 'CEO', lastActivity: null, since: today }] });
  const escalations = { path: 'stacks/contoso/escalations.yaml', text };
  expect(eraseAccount(account, { paths: [], exemptions: null, escalations }, emptyQuestion).stays).toEqual([
    expect.stringContaining('stacks/contoso/escalations.yaml lists them'),
  ]);
});
