// TypeScript to JavaScript as Node runs it from node_modules, where it strips no types: with types, and maps that hold the source.
import { basename, dirname, join } from 'node:path';
import ts from 'typescript';

interface CompileOptions {
  /** Absolute. What the paths in `outFolder` begin at. */
  rootFolder: string;
  /** Absolute. */
  outFolder: string;
  /** Below `rootFolder`. */
  entries: readonly string[];
}

/** Writes what the entries import, too, but for what is installed. Throws the compiler's words. */
export function compileSources(projectFile: string, { rootFolder, outFolder, entries }: CompileOptions): void {
  const { config, error } = ts.readConfigFile(projectFile, ts.sys.readFile);
  if (error) throw new Error(formatDiagnostics([error]));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, rootFolder);
  const { tsBuildInfoFile: _, ...usual } = options;
  const program = ts.createProgram(
    entries.map((entry) => join(rootFolder, entry)),
    {
      ...usual,
      // By default they are looked for where the command was started.
      typeRoots: [join(dirname(projectFile), 'node_modules/@types')],
      noEmit: false,
      incremental: false,
      allowImportingTsExtensions: false,
      rewriteRelativeImportExtensions: true,
      declaration: true,
      sourceMap: true,
      inlineSources: true,
      rootDir: rootFolder,
      outDir: outFolder,
    },
  );
  const { diagnostics } = program.emit(undefined, writeOutput);
  const found = [...ts.getPreEmitDiagnostics(program), ...diagnostics];
  if (found.length > 0) throw new Error(formatDiagnostics(found));
}

function writeOutput(path: string, text: string): void {
  ts.sys.writeFile(path, path.endsWith('.js.map') ? nameSourceBeside(text) : text);
}

/** The compiler names the way from here to the source, which is another one for each folder that is built into. */
function nameSourceBeside(text: string): string {
  const map = JSON.parse(text);
  return JSON.stringify({ ...map, sources: map.sources.map((path: string) => basename(path)) });
}

function formatDiagnostics(diagnostics: readonly ts.Diagnostic[]): string {
  return ts.formatDiagnostics(diagnostics, {
    getCurrentDirectory: ts.sys.getCurrentDirectory,
    getCanonicalFileName: (name) => name,
    getNewLine: () => '\n',
  });
}
