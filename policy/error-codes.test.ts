import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { errorCodes, errorSections } from './error-codes.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

test('each code is in one section, and says something of its own', () => {
  const listed = errorSections.flatMap(([, codes]) => Object.keys(codes));
  expect(listed.toSorted()).toEqual(Object.keys(errorCodes).toSorted());
  const meanings = Object.values(errorCodes).map(({ when }) => when);
  expect(meanings.filter((when, at) => meanings.indexOf(when) !== at)).toEqual([]);
});

test('when a code comes and what to do are whole sentences', () => {
  const texts = Object.values(errorCodes).flatMap(({ when, remedy }) => [when, remedy]);
  expect(texts.filter((text) => !/^[A-Z`].*\.$/.test(text))).toEqual([]);
});

test('no code is in the table that nothing ends with', () => {
  const paths = globSync('{audit,bootstrap,cli,forge,graph,policy,stacks,tools}/**/*.ts', {
    cwd: root,
  }).filter((path) => !/\.(test|fixture)\.ts$|^policy\/error-codes/.test(path));
  const used = new Set(paths.flatMap((path) => listCodes(readFileSync(`${root}/${path}`, 'utf8'))));
  expect(Object.keys(errorCodes).filter((code) => !used.has(code))).toEqual([]);
});

/** The texts that stand where a code stands: a common word such as `git` is in many other places. */
function listCodes(text: string): string[] {
  // The others have codes of refusals, risks and reasons, some of which are called the same.
  if (!/\b(DormantError|Problem|SigningProblem|ErrorCode|ApplyOutcome)\b/.test(text)) return [];
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isStringLiteral(node) && isCode(node)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('', text, ts.ScriptTarget.Latest, true));
  return found;
}

function isCode(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) || ts.isAsExpression(parent)) return isCode(parent);
  if (ts.isPropertyAssignment(parent) && parent.name.getText() === 'code') return true;
  if (ts.isCallExpression(parent) || ts.isNewExpression(parent))
    return /^(super|buildProblem|buildFileProblem|DormantError|WriteRefusal)$/.test(parent.expression.getText());
  const declared = ts.findAncestor(node, ts.isVariableDeclaration);
  return /codes?\b/i.test(`${declared?.name.getText()}: ${declared?.type?.getText()}`);
}
