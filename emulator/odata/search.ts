// $search over directory objects: `"displayName:ana"`, or several of these joined by AND.
import { badRequest } from './errors.ts';

/** A test for the start of any word in the properties that the text names. */
export function createSearch(text: string): (read: (path: string) => unknown) => boolean {
  const clauses = [...text.matchAll(/"(\w+):([^"]*)"/g)];
  if (clauses.length === 0) throw badRequest(`Syntax error: '${text}' is no valid $search.`, 'BadRequest');
  return (read) =>
    clauses.every(([, property = '', wanted = '']) => {
      const words = String(read(property) ?? '')
        .toLowerCase()
        .split(/[\s.@]+/);
      return words.some((word) => word.startsWith(wanted.toLowerCase()));
    });
}
