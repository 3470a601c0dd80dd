// A run is taken apart so that nobody stays in it, and put together again as it was.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildDocument, erasedWord, joinEntries } from './join.ts';
import type { Json, JsonObject } from './json.ts';
import { createPeopleIndex } from './people-index.ts';
import { createSplitter, type Entry, type Fills } from './split.ts';

const ana = {
  id: '11111111-aaaa-4aaa-8aaa-aaaaaaaaaaaa',
  userPrincipalName: 'Ana.Reyes@contoso.com',
  displayName: 'Ana Reyes',
  mail: 'ana@contoso.com',
};
const lee = { displayName: 'Lee Park', mail: 'lee.park@contoso.com' };

function split(entries: readonly Entry[]) {
  const people = createPeopleIndex();
  for (const { at, value } of entries) people.note(value, at);
  const splitter = createSplitter(people);
  const lines = entries.map((entry) => splitter.split(entry));
  return { lines, parts: splitter.parts() };
}

function join(lines: readonly JsonObject[], parts: Iterable<Fills>): Entry[] {
  const fills: Fills = Object.assign({}, ...parts);
  return joinEntries(lines, fills);
}

const entry = (value: Json, at: Entry['at'] = ['list', 0], file = 'audit.json'): Entry => ({ file, at, value });

test.each<[string, Entry]>([
  ['an account', entry({ ...ana, department: 'Sales' })],
  ['what was judged of it', entry({ evidence: { ...ana, manager: lee }, judgement: { verdict: 'inactive' } })],
  ['a move of its file', entry({ path: 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml', file: { account: ana } })],
  ['a line of an apply', entry({ account: ana, step: 'sign-in-blocked' }, [0], 'apply.jsonl')],
  [
    'a map by the paths of files',
    entry({ 'stacks/contoso/accounts/ana.reyes@contoso.com.yaml': '2026-12-07' }, ['past', 'notifiedOn']),
  ],
  ['an entry of a map by ids', entry('2026-12-07', ['unlicensedOneDrives', ana.id])],
  [
    'a sentence with the address',
    entry('The exemption of ANA.REYES@contoso.com, which ends, is hers.', ['quality', 'notes']),
  ],
  ['a sentence with a name of one sign', entry('The account of 李 stays; so does that of Bo.', ['quality', 'notes'])],
  ['a sentence with the name', entry('Ana Reyes’s files', ['quality', 'notes'])],
  ['a job title with the one who has it', entry({ title: 'Gardener', examples: [ana.mail] })],
  [
    'an exemption with its reason',
    entry({ account: ana.userPrincipalName, owner: lee.mail, reason: 'parental leave', until: '2027-05-31' }),
  ],
  ['a mail to a manager', entry({ to: lee.mail, people: [ana.id], subject: 'Please check: 1 account' })],
  ['a policy that names an executive', entry({ accounts: [ana.userPrincipalName] }, ['policy', 'executives'])],
  ['YAML with the address', entry(`accounts:\n  - "${ana.userPrincipalName}" # Ana Reyes\n`, [], 'policy/policy.yaml')],
])('nobody stays in %s, and all is there again', (_, given) => {
  const short = ['李', 'Bo'].map((displayName, at) =>
    entry({ ...lee, mail: `short${at}@contoso.com`, displayName }, ['people', at + 1]),
  );
  const entries = [entry(ana, ['people', 0]), ...short, given];
  const { lines, parts } = split(entries);
  const text = JSON.stringify(lines).toLowerCase();
  for (const word of [...Object.values(ana), ...Object.values(lee), 'ana.reyes'])
    expect(text).not.toContain(word.toLowerCase());
  expect(text).not.toMatch(/李|\bbo\b/);
  expect(join(lines, parts.values())).toEqual(entries);
});

test('a manager’s name is the manager’s part, not that of whoever is managed', () => {
  const { lines, parts } = split([entry({ ...ana, manager: lee })]);
  expect([...parts.keys()]).toEqual(['mail:lee.park@contoso.com', ana.id]);
  const kept = [...parts].filter(([person]) => person === ana.id).map(([, fills]) => fills);
  expect(join(lines, kept)[0]?.value).toEqual({ ...ana, manager: erasedWord });
});

test('whoever is known by an id elsewhere is one person, in whatever case they are named', () => {
  const { parts } = split([
    entry({ ...ana, id: ana.id.toUpperCase() }),
    entry({ to: 'ANA@contoso.com' }),
    entry({ to: 'ana.reyes@CONTOSO.com' }),
  ]);
  expect([...parts.keys()]).toEqual([ana.id]);
});

test('of two people of one name each keeps their own, whoever is erased', () => {
  const namesake = {
    ...ana,
    id: ana.id.replace('1', '3'),
    userPrincipalName: 'ana2@contoso.com',
    mail: 'ana2@contoso.com',
  };
  const entries = [entry(ana, ['inactive', 0]), entry(namesake, ['inactive', 1])];
  const { lines, parts } = split(entries);
  for (const [own, kept] of [ana, namesake].entries()) {
    const fills = [...parts].filter(([person]) => person === kept.id).map(([, each]) => each);
    expect(join(lines, fills)[own]?.value).toEqual(kept);
  }
});

test('of who is erased the record says so, and nothing else is lost', () => {
  const entries = [
    entry('Lee Park and Ana Reyes', ['notes']),
    entry(ana, ['inactive', 0]),
    entry(lee, ['inactive', 1]),
  ];
  const { lines, parts } = split(entries);
  const kept = [...parts].filter(([person]) => person !== ana.id).map(([, fills]) => fills);
  const document = buildDocument(join(lines, kept));
  expect(document).toEqual({ notes: `Lee Park and ${erasedWord}`, inactive: [erasedWord, lee] });
  expect(JSON.stringify([lines, kept])).not.toMatch(/ana|reyes/i);
});

test('why somebody is exempt is theirs, whoever answers for it', () => {
  const { lines } = split([entry({ account: 'bo@contoso.com', owner: lee.mail, reason: 'parental leave' })]);
  expect(JSON.stringify(lines)).not.toContain('leave');
});

test.each<[string, Json]>([
  ['a mail to their manager alone', { to: lee.mail, people: ['44444444-dddd-4ddd-8ddd-dddddddddddd'] }],
  ['the quarantine', { mode: 'enforced', holds: ['44444444-dddd-4ddd-8ddd-dddddddddddd'], releases: [] }],
  [
    'a file that was refused',
    { path: 'stacks/contoso/accounts/x.yaml', account: '44444444-dddd-4ddd-8ddd-dddddddddddd' },
  ],
])('whoever is known by %s, and by an id only, stays nowhere', (_, value) => {
  const entries = [entry(value), entry('44444444-dddd-4ddd-8ddd-dddddddddddd was left alone', ['notes', 0])];
  const { lines, parts } = split(entries);
  expect(JSON.stringify(lines)).not.toContain('44444444');
  expect(join(lines, parts.values())).toEqual(entries);
});

test('an id that is nobody’s, such as a tenant’s or a product’s, stays where it is', () => {
  const tenant = { tenantId: ana.id.replace('1', '2'), skuId: '05e9a617-0261-4cee-bb44-138d3ef5d965' };
  expect(split([entry(tenant, ['tenant'])]).lines).toEqual([{ file: 'audit.json', at: ['tenant'], value: tenant }]);
});

test('whatever a run writes is put together again as it was', () => {
  const name = fc.constantFrom('Ana Reyes', 'Li', '李明', '⟦1⟧', '⟦', 'O’Neill, Sean', 'Ana Reyes-Park');
  const mail = fc.constantFrom(
    'ana@contoso.com',
    'o’neill@contoso.com',
    '⟦2⟧@contoso.com',
    'ana@contoso.com.evil.example',
  );
  const person = fc.record({
    id: fc.constantFrom(ana.id, ana.id.replace('1', '3')),
    displayName: name,
    mail,
    userPrincipalName: mail,
  });
  const text = fc.oneof(
    fc.string(),
    fc.array(fc.oneof(name, mail, fc.constant(' ⟦7⟧ '), fc.string()), { maxLength: 4 }).map((words) => words.join(' ')),
  );
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      text,
      person,
      fc.integer(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(fc.constantFrom('account', 'file', 'path', 'people'), mail), tie('value'), {
        maxKeys: 3,
        noNullPrototype: true,
      }),
    ),
  }));
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          file: fc.constant('audit.json'),
          at: fc.constantFrom<Entry['at'][]>([], ['a'], ['a', 0], ['ana@contoso.com', 1]),
          value,
        }),
        { maxLength: 4 },
      ),
      (entries) => {
        const { lines, parts } = split(entries);
        expect(join(JSON.parse(JSON.stringify(lines)), parts.values())).toEqual(entries);
      },
    ),
  );
});
