// The rules about names that a machine can hold: one export of a name, `license` wherever code is spelled, and one way to
// compare what Entra names. Pure.
import { basename } from 'node:path';
import ts from 'typescript';
import { listOwnExports } from './exported-names.ts';
import { parseSource, type SourceText } from './figures.ts';

/** A spelling that has to stay, and why. Files go by their last name, so that moving one needs no edit here. */
export interface KeptSpelling {
  name: string;
  /** null: wherever it is. */
  file: string | null;
  because: string;
}

/**
 * Where one name means one thing. `cli/`, `tools/` and the emulator may call their own things alike, and so may the report's script,
 * which is JavaScript that runs in a browser and cannot import from them.
 */
const sharedRooms = /^(audit|policy|stacks|graph|forge)\/.*\.ts$/;
const isTest = /\.(test|fixture)\.ts$/;
const machineCode = /^[a-z]+(-[a-z]+)+$/;

/** A schema and the type of it have one name in one file, and are one thing. */
export function findRepeatedExports(sources: readonly SourceText[]): string[] {
  const places = new Map<string, Set<string>>();
  for (const source of sources) {
    if (!sharedRooms.test(source.path) || isTest.test(source.path)) continue;
    for (const name of parseSource(source).statements.flatMap(listOwnExports))
      places.set(name, (places.get(name) ?? new Set()).add(source.path));
  }
  return [...places]
    .filter(([, paths]) => paths.size > 1)
    .map(([name, paths]) => `${name} is exported by ${[...paths].sort().join(' and ')}: rename all but one`);
}

/** Prose says licence, in comments and in texts for people. Both are left alone: neither is an identifier or a code. */
export function findBritishSpellings(sources: readonly SourceText[], kept: readonly KeptSpelling[]): string[] {
  const unused = new Set(kept);
  const faults = sources.flatMap((source) =>
    listSpelledNames(source).flatMap(({ name, line }) => {
      const reason = kept.find(
        (each) => each.name === name && (each.file === null || each.file === basename(source.path)),
      );
      if (reason !== undefined) unused.delete(reason);
      return reason === undefined ? [`${source.path}:${line}: ${name}: spell it license`] : [];
    }),
  );
  return [
    ...faults,
    ...[...unused].map(({ name, file }) => `${name} (${file ?? 'any file'}) is kept, but nothing has it`),
  ];
}

function listSpelledNames(source: SourceText): FoundName[] {
  if (!/licence/i.test(source.text)) return [];
  return findNames(source, (node) => {
    const isName =
      ts.isIdentifier(node) ||
      ts.isPrivateIdentifier(node) ||
      (ts.isStringLiteralLike(node) && machineCode.test(node.text));
    return isName && /licence/i.test(node.text) ? node.text : null;
  });
}

/** An id, a name or an address that a file folds by itself, where `policy/identifiers.ts` has the one way. */
export function findOwnFolds(sources: readonly SourceText[]): string[] {
  return sources
    .filter(({ path }) => identifierRooms.test(path) && !isTest.test(path))
    .flatMap((source) =>
      findNames(source, (node) => {
        if (!ts.isPropertyAccessExpression(node) || !/^to(Locale)?(Lower|Upper)Case$/.test(node.name.text)) return null;
        const what = node.expression.getText().replace(/[?!]$/, '');
        return /(^id|Id|serPrincipalName|^upn|[mM]ail)$/.test(what.split('.').at(-1) ?? '') ? what : null;
      }).map(({ name, line }) => `${source.path}:${line}: ${name}: fold it by policy/identifiers.ts`),
    );
}

/** But for the file that has the one way. */
const identifierRooms = /^(audit|policy(?!\/identifiers)|stacks|graph|forge|cli|bootstrap)\/.*\.ts$/;

interface FoundName {
  name: string;
  line: number;
}

function findNames(source: SourceText, find: (node: ts.Node) => string | null): FoundName[] {
  const file = parseSource(source);
  const names: FoundName[] = [];
  const visit = (node: ts.Node): void => {
    const name = find(node);
    if (name !== null) names.push({ name, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
    ts.forEachChild(node, visit);
  };
  visit(file);
  return names;
}
