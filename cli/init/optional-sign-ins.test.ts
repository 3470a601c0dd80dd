import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { Policy } from '../../policy/schemas/policy.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import { makeSignInsOptional, type SignInsFound } from './optional-sign-ins.ts';

const path = 'policy/policy.yaml';
const shipped = await readFile(new URL('../../policy/defaults/policy.yaml', import.meta.url), 'utf8');

test.each([
  ['no-premium', '# without Entra ID P1 nobody can read sign-ins (stack contoso): silent services are enough there'],
  ['no-value', '# Microsoft answers without the sign-ins of anybody (stack contoso): silent services are enough there'],
] as const)('where a tenant has %s, the policy says optional and why, and nothing else of it moves', (found, why) => {
  const edited = makeSignInsOptional({ path, text: shipped }, 'contoso', found);
  expect(parseYaml(Policy, path, edited).value).toEqual({
    ...parseYaml(Policy, path, shipped).value,
    signIns: 'optional',
  });
  const [before, after] = [shipped.split('\n'), edited.split('\n')];
  const at = before.findIndex((line) => line.startsWith('signIns:'));
  expect(after).toEqual([
    ...before.slice(0, at),
    why,
    before[at]?.replace('required', 'optional'),
    ...before.slice(at + 1),
  ]);
});

test.each<SignInsFound>(['read', 'no-permission', null])(
  'where sign-ins can be read, or may be one day, the policy goes on requiring them: %s',
  (found) => expect(makeSignInsOptional({ path, text: shipped }, 'contoso', found)).toBe(shipped),
);

test('a policy that says optional already is left alone, no matter who wrote it', () => {
  const once = makeSignInsOptional({ path, text: shipped }, 'contoso', 'no-premium');
  expect(makeSignInsOptional({ path, text: once }, 'fabrikam', 'no-value')).toBe(once);
});

test.each(["'required'", '"required"'])('a quoted %s is replaced as a whole', (word) => {
  const quoted = shipped.replace('signIns: required', `signIns: ${word}`);
  const edited = makeSignInsOptional({ path, text: quoted }, 'contoso', 'no-value');
  expect(edited).toContain('\nsignIns: optional #');
});
