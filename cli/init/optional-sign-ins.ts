// Where nobody can read sign-ins, a policy that requires them would find nobody inactive: it is made to say optional, and why. Pure.
import { isNode, isPair, isScalar } from 'yaml';
import type { NoSignIns } from '../../graph/sign-in-access.ts';
import { Policy } from '../../policy/schemas/policy.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import type { NewFile } from './write-together.ts';

/** What the tenant has answered; null: nobody could ask it. */
export type SignInsFound = 'read' | NoSignIns | null;

/** A permission can still be granted, so that is no reason. By inserting text: no other byte of what people wrote moves. */
export function makeSignInsOptional({ path, text }: NewFile, stack: string, found: SignInsFound): string {
  const because = findReason(found);
  const { value, document } = parseYaml(Policy, path, text);
  if (because === null || value.signIns === 'optional') return text;
  const [start, end] = findValueRange(document.contents);
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const why = `# ${because} (stack ${stack}): silent services are enough there\n`;
  const edited = `${text.slice(0, line)}${why}${text.slice(line, start)}optional${text.slice(end)}`;
  parseYaml(Policy, path, edited);
  return edited;
}

/** As the beginning of a sentence; null: they can be read, or may be one day. */
export function findReason(found: SignInsFound): string | null {
  switch (found) {
    case 'no-premium':
      return 'without Entra ID P1 nobody can read sign-ins';
    case 'no-value':
      return 'Microsoft answers without the sign-ins of anybody';
    default:
      return null;
  }
}

/** Of the word behind `signIns:`; the schema has just vouched that it is there. */
function findValueRange(contents: unknown): [number, number] {
  const items =
    isNode(contents) && 'items' in contents && Array.isArray(contents.items) ? contents.items : [];
  for (const pair of items) {
    if (!isPair(pair) || !isScalar(pair.key) || pair.key.value !== 'signIns' || !isScalar(pair.value))
      continue;
    const [start, end] = pair.value.range ?? [0, 0];
    return [start, end];
  }
  throw new Error('A valid policy has signIns.');
}
