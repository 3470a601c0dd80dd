// Whether an answer is what its `@odata.context` says, by Graph's metadata. For tests: every answer of a tenant whose option
// `checkAnswers` is on goes through here.
import { isRecord } from './filter-match.ts';
import { container, getElementType, getNavigation, getProperties, selectTypeName } from './schema.ts';
import { checkSchema } from './schema-check.ts';

/** The problems of a JSON answer, each a sentence; none for what has no context. `isExempt`: ids whose values are wrong on purpose. */
export function checkAnswer(text: string, isExempt: (id: string) => boolean): string[] {
  const body: unknown = JSON.parse(text);
  if (!isRecord(body) || typeof body['@odata.context'] !== 'string') return [];
  const context = body['@odata.context'];
  const found = resolveContext(context);
  if (found === 'any') return [];
  if (found === null) return [`The context ${context} leads to nothing in the metadata.`];
  const typeName = selectTypeName(new URL(context).pathname, found);
  const entries = Array.isArray(body.value) ? body.value : ['value' in body ? body.value : body];
  return entries
    .filter((entry) => !(isRecord(entry) && isExempt(String(entry.id))))
    .flatMap((entry) => checkSchema(typeName, entry));
}

/** The type that a context names: `users(id)/$entity`, `users('…')/licenseDetails`, `microsoft.graph.passwordCredential`. */
function resolveContext(context: string): string | 'any' | null {
  const named = dropParentheses(context.split('#')[1] ?? '').replace(/\/\$entity$/, '');
  if (named === '$ref' || named === 'Collection' || named.startsWith('Edm.')) return 'any';
  if (named.startsWith('microsoft.graph.')) return named.slice('microsoft.graph.'.length);
  const [first = '', ...rest] = named.split('/');
  let type = container[first];
  for (const step of rest) {
    const above = type === undefined ? '' : getElementType(type);
    type = getNavigation(above)[step] ?? getProperties(above)[step];
  }
  return type === undefined ? null : getElementType(type);
}

/** Keys and selected properties, which may hold parentheses of their own. */
function dropParentheses(text: string): string {
  const shorter = text.replace(/\([^()]*\)/g, '');
  return shorter === text ? text : dropParentheses(shorter);
}
