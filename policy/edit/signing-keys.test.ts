// Each edit of the keys as people find it in the diff, and none that the check of a pull request would refuse.
import { expect, test } from 'vitest';
import { Tenant } from '../schemas/tenant.ts';
import { listForbiddenKeyChanges } from '../signing/keys.ts';
import { aFactsKey } from '../signing/signing.fixture.ts';
import { type ParsedYaml, parseYaml } from '../yaml/parse-yaml.ts';
import { addKey, addSigningStart, chooseKeyName, promoteKey, revokeKey } from './signing-keys.ts';

const path = 'stacks/contoso/tenant.yaml';
const plain = `# Ask the admins first.
tenantId: 6f6ad3a2-0f0e-4b1c-9f5e-0c8a3a1d2b4e
cloud: global # GCC, too
audit: { clientId: aaaaaaaa-0000-4000-8000-000000000001 }
apply:
  clientId: aaaaaaaa-0000-4000-8000-000000000002 # "an output of the bootstrap"
notifications: { sender: it@contoso.com, replyTo: it@contoso.com }

timeZone: Europe/Berlin
currency: USD
`;
const [a, b, c] = [aFactsKey('a'), aFactsKey('b'), aFactsKey('c')];
const commit = '0123456789abcdef0123456789abcdef01234567';
const write = ({ name, publicKey }: typeof a) => `name: ${name}, publicKey: ${publicKey}`;

const parse = (text: string): ParsedYaml<Tenant> => parseYaml(Tenant, path, text);
/** One edit after the other, each on what the one before has written. */
function edit(...edits: ((tenant: ParsedYaml<Tenant>) => string)[]): string {
  let text = plain;
  for (const each of edits) {
    const before = parse(text).value.signing ?? null;
    text = each(parse(text));
    expect(listForbiddenKeyChanges(before, parse(text).value.signing ?? null)).toEqual([]);
  }
  return text;
}

test('the first key is the current one, in a block of its own, and every other byte stays', () => {
  expect(
    edit((tenant) => addKey(tenant, a)),
  ).toBe(`${plain}# The keys that vouch for the facts of this stack’s files: docs/guides/keys.md
signing:
  current: { ${write(a)} }
`);
});

test('the second is listed as next, and a third only once that has moved on', () => {
  const two = edit(
    (tenant) => addKey(tenant, a),
    (tenant) => addKey(tenant, b),
  );
  expect(two).toContain(`  current: { ${write(a)} }\n  next: { ${write(b)} }\n`);
  expect(() => addKey(parse(two), c)).toThrow(expect.objectContaining({ code: 'facts-key', exitCode: 2 }));
});

test('a key that is promoted leaves the one before it good until that day, each on a line', () => {
  const text = edit(
    (tenant) => addKey(tenant, a),
    (tenant) => addKey(tenant, b),
    (tenant) => promoteKey(tenant, '2026-12-07'),
    (tenant) => addKey(tenant, c),
    (tenant) => promoteKey(tenant, '2027-12-06'),
  );
  expect(text.split('signing:')[1]).toBe(`
  current: { ${write(c)} }
  retired:
    - { ${write(a)}, until: 2026-12-07 }
    - { ${write(b)}, until: 2027-12-06 }
`);
  expect(() => promoteKey(parse(text), '2027-12-07')).toThrow('No key is listed as next');
});

test('a revoked key is good for what main had before, and next takes its place', () => {
  const text = edit(
    (tenant) => addKey(tenant, a),
    (tenant) => addKey(tenant, b),
    (tenant) => revokeKey(tenant, { name: 'a', commit }),
  );
  expect(parse(text).value.signing).toEqual({ current: b, revoked: [{ ...a, commit }] });
  expect(() => revokeKey(parse(text), { name: 'a', commit })).toThrow('stays so');
  expect(() => revokeKey(parse(text), { name: 'z', commit })).toThrow('there are b, a');
});

test('without another key none is current until a new one is made', () => {
  const revoked = (tenant: ParsedYaml<Tenant>) => revokeKey(tenant, { name: 'a', commit });
  expect(parse(edit((tenant) => addKey(tenant, a), revoked)).value.signing).toEqual({ revoked: [{ ...a, commit }] });
  const text = edit(
    (tenant) => addKey(tenant, a),
    revoked,
    (tenant) => addKey(tenant, b),
  );
  expect(parse(text).value.signing).toEqual({ current: b, revoked: [{ ...a, commit }] });
});

test('next and retired keys can be revoked as well', () => {
  const text = edit(
    (tenant) => addKey(tenant, a),
    (tenant) => addKey(tenant, b),
    (tenant) => promoteKey(tenant, '2026-12-07'),
    (tenant) => addKey(tenant, c),
    (tenant) => revokeKey(tenant, { name: 'a', commit }),
    (tenant) => revokeKey(tenant, { name: 'c', commit }),
  );
  expect(parse(text).value.signing).toEqual({
    current: b,
    revoked: [
      { ...a, commit },
      { ...c, commit },
    ],
  });
});

test('where signing began is written once, above the keys', () => {
  const text = edit(
    (tenant) => addSigningStart(tenant, commit),
    (tenant) => addKey(tenant, a),
  );
  expect(text).toContain(`signing:\n  since: ${commit}\n  current: {`);
  expect(() => addSigningStart(parse(text), commit)).toThrow('never changes');
});

test('line ends stay as they were', () => {
  const text = addKey(parse(plain.replaceAll('\n', '\r\n')), a);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

test('what people wrote around and inside the block stays, byte for byte', () => {
  const odd = `${plain.replace('audit: {', 'audit: # reads only\n  {')}# ours
signing:
  # made by Riley
  current: { ${write(a)} } # on the laptop
# the end
reportNames:    "concealed" # always
# nothing follows`;
  expect(addKey(parse(odd), b)).toBe(odd.replace('# the end', `  next: { ${write(b)} }\n# the end`));
});

test('a name has the stack, the year and the first letter that no key has', () => {
  expect(chooseKeyName('contoso', '2026-12-07', null)).toBe('contoso-2026a');
  const used = { current: { ...a, name: 'contoso-2026b' }, revoked: [{ ...b, name: 'contoso-2026a', commit }] };
  expect(chooseKeyName('contoso', '2026-12-07', used)).toBe('contoso-2026c');
  expect(chooseKeyName('Contoso.de_1', '2027-01-04', used)).toBe('contoso-de-1-2027a');
});
