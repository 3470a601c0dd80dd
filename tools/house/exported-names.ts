// The names that one statement of a module exports, by its syntax.
import ts from 'typescript';

export function listExportedNames(statement: ts.Statement): string[] {
  if (ts.isExportDeclaration(statement)) return listReexports(statement).map(({ name }) => name);
  const modifiers = ts.canHaveModifiers(statement) ? ts.getModifiers(statement) : undefined;
  if (!modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)) return [];
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  }
  const { name } = statement as ts.DeclarationStatement;
  return name === undefined ? [] : [name.getText()];
}

/** The same without what another module has named already: `export { x } from './y.ts'` adds no name. */
export function listOwnExports(statement: ts.Statement): string[] {
  if (!ts.isExportDeclaration(statement) || statement.moduleSpecifier === undefined)
    return listExportedNames(statement);
  return listReexports(statement).flatMap(({ name, isRenamed }) => (isRenamed ? [name] : []));
}

function listReexports({ exportClause }: ts.ExportDeclaration): { name: string; isRenamed: boolean }[] {
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
  return exportClause.elements.map(({ name, propertyName }) => ({
    name: name.text,
    isRenamed: propertyName !== undefined,
  }));
}
