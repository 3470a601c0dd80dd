// HR's list: signed as it stands, or from before signing began.
import { expect, test } from 'vitest';
import { verifySignature } from '../../forge/facts-key.ts';
import { idOf } from '../account.fixture.ts';
import { parseEscalations } from '../files/escalations-file.ts';
import type { Escalations } from '../schemas/escalations.ts';
import type { Signing } from '../schemas/signing.ts';
import { createSigningContext } from './account-past.ts';
import { isListSigned } from './judge-list.ts';
import { buildSignedListText, formatSignedLine } from './signed-line.ts';
import { aFactsKey, aSigner, aSigning, contoso } from './signing.fixture.ts';

function aList(name = 'Cara Vo', key = 'tests'): Escalations {
  const escalations = [
    {
      ...{ id: idOf(name), userPrincipalName: 'cara.vo@contoso.com', displayName: name },
      ...{ why: 'job title "CEO"', lastActivity: null, since: '2026-12-07' },
    },
  ];
  const { rules, sign } = aSigner(key);
  const signature = sign(buildSignedListText(escalations, contoso, { rules }));
  return { escalations, signed: formatSignedLine({ key, furthest: null, rules, signature }) };
}

/** Commits are called c0, c1 and so on, each with this list. */
function judge(list: Escalations, signing: Signing = aSigning(), main: readonly Escalations[] = []): boolean {
  const places = new Map(main.map((_, at) => [`c${at}`, at]));
  const versions = main.map((each, at) => ({ path: 'escalations.yaml', at, text: JSON.stringify(each) }));
  const { stack, tenantId } = contoso;
  const context = createSigningContext(stack, { tenantId, signing }, { verify: verifySignature, places });
  const read = (text: string) => parseEscalations('escalations.yaml', text).value;
  return isListSigned(list, { versions, read }, context);
}

test('a list that an audit signed counts; one with another name, without a line or by a key that is not listed does not', () => {
  const { signed, escalations } = aList();
  expect(judge(aList())).toBe(true);
  expect(judge({ ...aList('Zoe Marsh'), ...(signed ? { signed } : {}) })).toBe(false);
  expect(judge({ escalations })).toBe(false);
  expect(judge(aList('Cara Vo', 'mallory'))).toBe(false);
});

test('the line of an account file is no line of a list', () => {
  const list = aList();
  expect(judge({ ...list, signed: String(list.signed).replace('1.tests.', '1.tests.keep.') })).toBe(false);
});

test('a list from before signing began counts as long as nobody changes it', () => {
  const { escalations } = aList();
  const before = [{ escalations }];
  expect(judge({ escalations }, aSigning({ since: 'c0' }), before)).toBe(true);
  expect(judge({ escalations: aList('Zoe Marsh').escalations }, aSigning({ since: 'c0' }), before)).toBe(false);
});

test('a stolen key is good only for a list that main had before it was revoked', () => {
  const signing = aSigning({ current: aFactsKey('new'), revoked: [{ ...aFactsKey(), commit: 'c1' }] });
  expect(judge(aList(), signing, [aList(), aList()])).toBe(true);
  expect(judge(aList('Zoe Marsh'), signing, [aList(), aList('Zoe Marsh')])).toBe(false);
});
