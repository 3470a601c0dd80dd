// The texts in TypeScript, with a stand-in where something is put into them.
import ts from 'typescript';
import type { SourceText } from '../house/figures.ts';
import { anyWords } from './check-arguments.fixture.ts';

interface FoundText {
  path: string;
  line: number;
  /** `$words` where whole words are put in, `$part` within one. */
  text: string;
}

export function listTexts(sources: readonly SourceText[]): FoundText[] {
  return sources.flatMap(({ path, text }) => {
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
    const found: FoundText[] = [];
    const visit = (node: ts.Node): void => {
      const value = readText(node);
      if (value !== null) {
        const { line } = file.getLineAndCharacterOfPosition(node.getStart(file));
        found.push({ path, line: line + 1, text: value });
      }
      if (!ts.isImportDeclaration(node)) ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  });
}

function readText(node: ts.Node): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  const parts = [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)];
  return parts
    .join('\0')
    .replaceAll(/(?<=^|\s)\0(?=\s|$)/g, anyWords)
    .replaceAll('\0', '$part');
}
