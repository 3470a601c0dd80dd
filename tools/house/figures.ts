// How the code is named and cut, counted from its syntax. Pure: files in, figures out.
import ts from 'typescript';
import { listExportedNames } from './exported-names.ts';
import { isVerbFirst } from './verbs.ts';

export interface SourceText {
  path: string;
  text: string;
}

/** What a reviewer of the tree asks first. Lines are physical lines; shares are between 0 and 1. */
export interface Figures {
  files: number;
  lines: number;
  linesPerFile: Spread;
  functions: number;
  linesPerFunction: Spread;
  exportsPerThousandLines: number;
  verbFirst: number;
  prepositions: string[];
  participles: string[];
  manyParameters: number;
}

export interface Spread {
  median: number;
  p90: number;
  max: number;
}

interface Found {
  functions: { name: string; lines: number; parameters: number }[];
  exported: string[];
}

/** `xOf`, `xIn`, `xFor`, `xFrom`, `xBy`. */
const ofSomething = /[a-z0-9](Of|In|For|From|By)$/;

/** Functions are declarations, methods, and functions bound to a name; exports are counted by name. */
export function countFigures(sources: readonly SourceText[]): Figures {
  const found = sources.map(readSource);
  const functions = found.flatMap((each) => each.functions);
  const exported = found.flatMap((each) => each.exported);
  const lines = sources.map(({ text }) => countLines(text));
  const total = lines.reduce((sum, each) => sum + each, 0);
  const share = (some: unknown[]) => (functions.length === 0 ? 0 : some.length / functions.length);
  return {
    files: sources.length,
    lines: total,
    linesPerFile: measureSpread(lines),
    functions: functions.length,
    linesPerFunction: measureSpread(functions.map((each) => each.lines)),
    exportsPerThousandLines: total === 0 ? 0 : (exported.length / total) * 1000,
    verbFirst: share(functions.filter(({ name }) => isVerbFirst(name))),
    prepositions: functions.map(({ name }) => name).filter((name) => ofSomething.test(name)),
    participles: found.flatMap(listNames).filter(isParticiple),
    manyParameters: share(functions.filter(({ parameters }) => parameters >= 4)),
  };
}

export function parseSource({ path, text }: SourceText): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

function readSource(source: SourceText): Found {
  const file = parseSource(source);
  const found: Found = { functions: [], exported: [] };
  const getLine = (position: number) => file.getLineAndCharacterOfPosition(position).line;
  const visit = (node: ts.Node): void => {
    const name = findFunctionName(node);
    const { body, parameters } = node as ts.FunctionLikeDeclaration;
    if (name !== null && body !== undefined) {
      const lines = getLine(node.end) - getLine(node.getStart()) + 1;
      found.functions.push({ name, lines, parameters: parameters.length });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  for (const statement of file.statements) found.exported.push(...listExportedNames(statement));
  return found;
}

function findFunctionName(node: ts.Node): string | null {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) return node.name?.getText() ?? null;
  if (!ts.isArrowFunction(node) && !ts.isFunctionExpression(node)) return null;
  const { parent } = node;
  const isBound =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  return isBound && ts.isIdentifier(parent.name) ? parent.name.text : null;
}

function listNames({ functions, exported }: Found): string[] {
  return [...new Set([...functions.map(({ name }) => name), ...exported])];
}

/** One word that is a participle: what it says has happened, it does not name. */
function isParticiple(name: string): boolean {
  return /^#?[a-z]+$/.test(name) && (participles.has(name) || /[^aeiou]ed$/.test(name));
}

// Without `read`, `set` and `put`, which are the imperative as well.
const participles = new Set(
  'told held asked said known seen taken done given kept left lost made met meant sent shown spent written found gone begun bound chosen drawn forgotten hidden paid sold stood thought withdrawn'.split(
    ' ',
  ),
);

function measureSpread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
  return { median: at(0.5), p90: at(0.9), max: sorted.at(-1) ?? 0 };
}

function countLines(text: string): number {
  return text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
}
