// Fewer names in what an apply or a preview tells: people all of whose names are made of one word.
import { expect, test } from 'vitest';
import { buildFileAnchor } from '../../forge/markdown/file-link.ts';
import { anInForceFile } from '../../policy/account-file.fixture.ts';
import { addDays } from '../../policy/evidence.ts';
import type { StackFiles } from '../../policy/files/stack-files.ts';
import { aPolicy, prices } from '../../policy/policy.fixture.ts';
import type { NameStyle } from '../../policy/schemas/privacy.ts';
import { anAccount, idOf, today } from '../../policy/tenant.fixture.ts';
import type { StepName } from '../../policy/words/apply-words.ts';
import { buildAccountChange, toAccountInputs } from '../account/account-state.ts';
import type { AccountOutcome, StackOutcome } from '../run-stack.ts';
import type { ApplyOutcome } from '../tenant/outcome.ts';
import { renderChangesComment } from './changes-comment.ts';
import { hideOutcome } from './hide-changes.ts';
import { summariseChanges } from './summarise-changes.ts';

const words = 'Quorvex Zimbalo Trundleq Vlaskit Pomquil Xandrift Jubblor Wexonda Kriskolt'.split(' ');
const [blocked, manager, renamed, failing, unsigned, stranger, executive, waiting, earlier] = words;

function aFileOf(word = '') {
  const account = anAccount({
    ...{ displayName: `${word}ine Mc${word}`, userPrincipalName: `${word}.x@contoso.com` },
    manager: {
      ...{ id: idOf('manager'), displayName: `${manager}ine Mc${manager}` },
      ...{ mail: `post.${manager}@contoso.com`, userPrincipalName: `${manager}.x@contoso.com` },
    },
  });
  return anInForceFile({ account, stage: 'notify', since: addDays(today, -30) });
}

function anOutcome(
  word: string | undefined,
  steps: readonly StepName[],
  report: Partial<ApplyOutcome> = {},
): AccountOutcome {
  const { file } = aFileOf(word);
  const desired = { accountEnabled: false, mailbox: 'shared' as const, licenses: [] };
  const inputs = toAccountInputs({ ...file, stage: 'delicense', desired });
  const change = buildAccountChange(inputs, null);
  const receipt = {
    requestId: 'r-1',
    clientRequestId: 'c-1',
    batch: { requestId: 'r-1', item: '3' },
    at: `${today}T09:30:00.000Z`,
  };
  const done = steps.map((step) => ({
    step,
    ...receipt,
    ...(step === 'licenses-changed' ? { removed: ['SPE_E3'], given: [] } : {}),
  }));
  const nothing = { refused: [], heldBack: [], waits: [], failure: null, reached: change.to, wroteAt: null };
  return { urn: String(word), inputs, change, isAdopted: false, report: { done, ...nothing, ...report } };
}

function aRun(names: NameStyle): StackOutcome {
  const files = {
    stack: 'contoso',
    prices: { value: prices },
    policy: { value: { ...aPolicy(), privacy: { names } } },
    accounts: [blocked, renamed, failing, waiting, earlier]
      .map(aFileOf)
      .map(({ path, file }) => ({ path, value: file })),
    giveBacks: { files: [], problems: [] },
    escalations: {
      value: {
        escalations: [
          {
            ...{
              id: idOf('executive'),
              userPrincipalName: `${executive}.x@contoso.com`,
              displayName: `${executive} Mc${executive}`,
            },
            ...{ why: 'job title "CEO"', lastActivity: null, since: today },
          },
        ],
      },
    },
  } as unknown as StackFiles;
  const mail = {
    requestId: 'r-2',
    clientRequestId: 'c-2',
    batch: null,
    subject: 'x',
    because: null,
    mayBeSecond: false,
  };
  const ids = { blocked: idOf(`${blocked}.x@contoso.com`), executive: idOf('executive') };
  return {
    mode: 'apply',
    files,
    accounts: [
      anOutcome(blocked, ['sign-in-blocked', 'mailbox-shared', 'licenses-changed']),
      anOutcome(renamed, [], {
        refused: [
          {
            code: 'renamed',
            because: `was ${renamed}ine Mc${renamed} (${renamed}.x@contoso.com), is Wholly ${stranger} (${stranger}@contoso.com)`,
          },
        ],
      }),
      anOutcome(failing, [], {
        failure: {
          code: 'engine',
          message: `${failing}.x@contoso.com: ${failing}ine cannot`,
          remedy: `Ask ${manager}ine Mc${manager}.`,
        },
      }),
      anOutcome(waiting, [], { waits: [{ for: 'directory', because: `${waiting}ine is not there yet` }] }),
      anOutcome(earlier, [], { doneEarlier: [{ step: 'licenses-changed', removed: ['SPE_E3'], given: [] }] }),
    ],
    refusedFiles: [
      {
        ...{ ...aFileOf(unsigned), isReplaced: false },
        problems: [
          {
            code: 'not-signed',
            keys: ['account'],
            message: `account.displayName: found ${unsigned}, signed: ${stranger}`,
          },
        ],
      },
    ],
    mails: [
      { ...mail, to: `post.${manager}@contoso.com`, people: [ids.blocked], stage: 'notify' },
      { ...mail, to: `hr.${stranger}@contoso.com`, people: [ids.executive], stage: 'escalation' },
    ],
    unsent: [`Nobody told ${manager}ine Mc${manager} (post.${manager}@contoso.com) of ${blocked}ine Mc${blocked}.`],
    quarantine: {
      ...{ mode: 'enforced', holds: [], isNewMode: false, releases: [idOf('stranger')], failures: [], corrected: [] },
      strangers: [
        {
          id: idOf('stranger'),
          displayName: `${stranger} Mc${stranger}`,
          userPrincipalName: `${stranger}.x@contoso.com`,
        },
      ],
    },
    limited: `too many; ${blocked}ine Mc${blocked} is one`,
    stop: { kind: 'paused', because: `paused by ${blocked}.x@contoso.com`, until: null },
    notes: [`stacks/contoso/accounts/${blocked}.x@contoso.com.yaml is old`],
    ...{ newWitnesses: [], onPremises: [], adopted: 0, gaveWay: false, withoutSignIns: false },
  };
}

const pullUrl = 'https://github.com/contoso/dormant/pull/12';
const render = (names: NameStyle) => {
  const run = aRun(names);
  const changes = {
    ...summariseChanges(run, run.files),
    stopped: `stacks/contoso/accounts/${blocked}.x@contoso.com.yaml: broken`,
  };
  return renderChangesComment(changes, { pullUrl });
};

test.each(['initials', 'id-only'] as const)(
  'with %s nobody is named in the comment of a preview or an apply',
  (names) => {
    const comment = render(names).toLowerCase();
    expect(words.filter((word) => comment.includes(word.toLowerCase()))).toEqual([]);
  },
);

test('with full everybody is, so that the test above would find them', () => {
  const comment = render('full');
  expect(words.filter((word) => !comment.includes(word))).toEqual([]);
});

test('each list has its people still, by initials and the start of the id, who lead to their files', () => {
  const run = aRun('initials');
  const changes = summariseChanges(run, run.files);
  const id = idOf(`${blocked}.x@contoso.com`).slice(0, 8);
  expect(changes.disabled).toMatchObject([
    { displayName: 'Q. M.', userPrincipalName: id, path: aFileOf(blocked).path },
  ]);
  expect(changes.mailed).toMatchObject([
    { to: 'Z. M.', about: [`Q. M. · ${id}`] },
    { to: '(an address)', about: [`J. M. · ${idOf('executive').slice(0, 8)}`] },
  ]);
  expect(changes.quarantined).toMatchObject([
    { displayName: 'X. M.', userPrincipalName: idOf('stranger').slice(0, 8) },
  ]);
  expect(changes.refused.map(({ because }) => because)).toEqual([
    'looks like somebody else in the directory now: both of its names are others than in its file',
    expect.stringContaining('signed'),
  ]);
  expect(renderChangesComment(changes, { pullUrl })).toContain(
    `**Q. M.** · [\`${id}\`](${pullUrl}/files${buildFileAnchor(aFileOf(blocked).path)})`,
  );
});

test('on a page that is no pull request’s, the id stands without a link', () => {
  const run = aRun('id-only');
  const comment = renderChangesComment(summariseChanges(run, run.files));
  expect(comment).toContain(`| \`${idOf(`${blocked}.x@contoso.com`)}\` |`);
  expect(comment).not.toContain('#diff-');
});

test('what else is told of a run names nobody either, and its record is the run as it was', () => {
  const run = aRun('initials');
  const told = JSON.stringify(
    hideOutcome(run).accounts.map(({ inputs, report }) => [inputs.account.displayName, report]),
  );
  expect(words.filter((word) => told.includes(word))).toEqual([]);
  expect(JSON.stringify(run)).toContain(blocked);
  const full = aRun('full');
  expect(hideOutcome(full)).toBe(full);
});
