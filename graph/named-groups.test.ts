import { expect, test } from 'vitest';
import { buildMembershipCheck, buildNamedGroupPath, parseMembershipCheck, parseNamedGroup } from './named-groups.ts';

const id = '6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e';
const ok = (body: unknown) => ({ status: 200, body });

test.each<[string, Parameters<typeof parseNamedGroup>[0], string | null]>([
  ['one by its id', ok({ id, visibility: null }), id],
  ['one by its name', ok({ value: [{ id, visibility: 'Public' }] }), id],
  ['none of this name', ok({ value: [] }), null],
  [
    'two of this name',
    ok({
      value: [
        { id, visibility: null },
        { id: 'other', visibility: null },
      ],
    }),
    null,
  ],
  ['one that hides its members', ok({ id, visibility: 'HiddenMembership' }), null],
  ['one of which that is not said', ok({ id }), null],
  ['one that is gone', { status: 404, body: {} }, null],
  ['one that may not be read', { status: 403, body: {} }, null],
  ['half an answer', ok(undefined), null],
])('of %s the members can be known or not', (_, answer, found) => {
  expect(parseNamedGroup(answer)).toBe(found);
});

test('a name is quoted, whatever is in it', () => {
  expect(decodeURIComponent(buildNamedGroupPath({ name: "Lee's & co" }))).toContain("displayName eq 'Lee''s & co'");
});

test('what is asked of one account changes nothing, and an answer that is none is not "no"', () => {
  expect(buildMembershipCheck(id, [id])).toMatchObject({ method: 'POST', url: `/users/${id}/checkMemberGroups` });
  expect(buildMembershipCheck('../groups', [id]).url).toBe('/users/..%2Fgroups/checkMemberGroups');
  expect(parseMembershipCheck(ok({ value: [id.toUpperCase()] }))).toEqual(new Set([id]));
  expect(parseMembershipCheck(ok({}))).toBeNull();
  expect(parseMembershipCheck({ status: 403, body: {} })).toBeNull();
});
