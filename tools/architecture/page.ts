// docs/architecture.md: the drawings and the figures in it, made from the tree as it is.
import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import { countFigures } from '../house/figures.ts';
import { renderFiguresTable } from '../house/figures-table.ts';
import { readProductSources } from '../house/read-sources.ts';
import { renderDrawing } from './drawing.ts';
import { countImports, countImportsWithin, getTopFolder, isProductFile, type Module } from './import-graph.ts';
import { fillMarkedParts } from './marked-parts.ts';

export async function renderArchitecturePage(url: URL): Promise<string> {
  const sources = await readProductSources();
  const paths = sources.map(({ path }) => path).filter(isProductFile);
  const modules = await listModules([...new Set(paths.map(getTopFolder))]);
  return fillMarkedParts(await readFile(url, 'utf8'), {
    folders: renderDrawing(countImports(modules, getTopFolder)),
    policy: renderDrawing(countImportsWithin(modules, 'policy')),
    stacks: renderDrawing(countImportsWithin(modules, 'stacks')),
    figures: renderFiguresTable(countFigures(sources)),
  });
}

async function listModules(folders: readonly string[]): Promise<Module[]> {
  // Its exit code is about the rules, which another part of the check holds.
  const { stdout } = await execa('depcruise', ['--output-type', 'json', ...folders], {
    preferLocal: true,
    reject: false,
  });
  const { modules }: { modules: Module[] } = JSON.parse(stdout);
  return modules;
}
