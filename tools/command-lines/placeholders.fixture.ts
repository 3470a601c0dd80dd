// What a reader has to put something else for: a word in capitals, or `<…>`. A page has to say what it stands for.
import { globSync, readFileSync } from 'node:fs';

const placeholder = /<[a-z][\w -]*>|(?<![\w$.-])[A-Z][A-Z0-9_]*[A-Z](?![a-z\d.])/g;

export function listPlaceholders(text: string): string[] {
  return [...text.matchAll(placeholder)].map(([found]) => found).filter((found) => !isKnown(found));
}

/** `said`: the code in the sentences and tables of the page. */
export function isExplained(name: string, said: readonly string[]): boolean {
  return said.some((word) => listPlaceholders(word).includes(name));
}

/** They are what they say: words of HTTP and git, and what the workflows read. */
function isKnown(name: string): boolean {
  return ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT'].includes(name) || listWorkflowNames().has(name);
}

let workflowNames: ReadonlySet<string> | undefined;

function listWorkflowNames(): ReadonlySet<string> {
  const folder = new URL('../../.github/workflows/', import.meta.url);
  workflowNames ??= new Set(
    globSync('*.yml', { cwd: folder }).flatMap((name) => {
      const text = readFileSync(new URL(name, folder), 'utf8');
      return [...text.matchAll(/\b(?:secrets|vars)\.(\w+)/g)].map(([, found = '']) => found);
    }),
  );
  return workflowNames;
}
