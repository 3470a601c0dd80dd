import { expect, test } from 'vitest';
import { renderDrawing } from './drawing.ts';
import { countImports, countImportsWithin, getTopFolder, type Module } from './import-graph.ts';
import { fillMarkedParts } from './marked-parts.ts';

const moduleOf = (source: string, ...resolved: string[]): Module => ({
  source,
  dependencies: resolved.map((path) => ({ resolved: path })),
});
const modules = [
  moduleOf('audit/run.ts', 'policy/decide.ts', 'policy/plan/plan.ts', 'graph/pages.ts', 'audit/read.ts'),
  moduleOf('audit/read.ts', 'graph/pages.ts', 'node_modules/yaml/index.d.ts', 'typebox', 'package.json'),
  moduleOf('audit/run.test.ts', 'stacks/apply.ts'),
  moduleOf('audit/tenant.fixture.ts', 'emulator/app.ts'),
  moduleOf('policy/decide.ts', 'policy/plan/plan.ts', 'policy/tenant.fixture.ts'),
  moduleOf('policy/plan/plan.ts'),
  moduleOf('cli/start.ts', 'tools/install.ts'),
  moduleOf('tools/check.ts', 'audit/run.ts'),
];

test('arrows are the imports of product code between top folders', () => {
  expect(countImports(modules, getTopFolder)).toEqual({
    rooms: ['audit', 'cli', 'graph', 'policy', 'tools'],
    arrows: [
      { from: 'audit', to: 'graph', imports: 2 },
      { from: 'audit', to: 'policy', imports: 2 },
      { from: 'cli', to: 'tools', imports: 1 },
    ],
  });
});

test('inside of a folder they are between its rooms, and what lies in itself is a room, too', () => {
  expect(countImportsWithin(modules, 'policy')).toEqual({
    rooms: ['policy', 'policy/plan'],
    arrows: [{ from: 'policy', to: 'policy/plan', imports: 1 }],
  });
});

test.each([
  [1, '-.->'],
  [9, '-.->'],
  [10, '-->'],
  [49, '-->'],
  [50, '==>'],
])('%i imports are drawn as %s, and no folder is mistaken for a word of Mermaid', (imports, line) => {
  const arrows = [{ from: 'audit', to: 'graph', imports }];
  expect(renderDrawing({ rooms: ['audit', 'graph'], arrows }).split('\n')).toEqual([
    '```mermaid',
    'flowchart TD',
    '  f0["audit/"]',
    '  f1["graph/"]',
    `  f0 ${line} f1`,
    '```',
  ]);
});

test('only what is between the marks is written, and twice is as once', () => {
  const page = 'before\n<!-- x: written by `npm run reference` -->\nold\n<!-- end of x -->\nafter\n';
  const filled = page.replace('old', 'new\nlines');
  expect(fillMarkedParts(page, { x: 'new\nlines' })).toBe(filled);
  expect(fillMarkedParts(filled, { x: 'new\nlines' })).toBe(filled);
  expect(() => fillMarkedParts(page, { y: '' })).toThrow('lacks the marks');
});
