// If sign-ins cannot be read, a policy that requires them finds no account inactive: makes them optional. Pure.
import { isNode, isPair, isScalar } from 'yaml';
import type { NoSignIns } from '../../graph/sign-in-access.ts';
import { Policy } from '../../policy/schemas/policy.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';
import type { NewFile } from './write-together.ts';

/** The tenant's answer; null: it could not be asked. */
export type SignInsFound = 'read' | NoSignIns | null;

/** A missing permission is no reason: it can be granted. Inserts text: all other bytes stay as people wrote them. */
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

/** The start of a sentence; null: they can be read, or may be later. */
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

/** The range of the value of `signIns:`; the schema has made sure that there is one. */
function findValueRange(contents: unknown): [number, number] {
  const items = isNode(contents) && 'items' in contents && Array.isArray(contents.items) ? contents.items : [];
  for (const pair of items) {
    if (!isPair(pair) || !isScalar(pair.key) || pair.key.value !== 'signIns' || !isScalar(pair.value)) continue;
    const [start, end] = pair.value.range ?? [0, 0];
    return [start, end];
  }
  throw new Error('A valid policy has signIns.');
}
