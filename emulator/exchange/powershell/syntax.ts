// Parses PowerShell with the grammar that editors use (tree-sitter-powershell), so that invalid scripts are refused.
import { fileURLToPath } from 'node:url';
import { Language, type Node, Parser } from 'web-tree-sitter';

export type SyntaxNode = Node;

/** The tree of a script. Throws SyntaxError with the first line that cannot be parsed. */
export async function parseScript(script: string): Promise<Node> {
  const grammar = await loadGrammar();
  const parser = new Parser().setLanguage(grammar);
  const root = parser.parse(script)?.rootNode;
  if (!root) throw new SyntaxError('The script could not be parsed.');
  if (!root.hasError) return root;
  const line = script.split('\n')[findError(root).startPosition.row] ?? '';
  throw new SyntaxError(`This line is not valid PowerShell: ${line}`);
}

let loading: Promise<Language> | undefined;

/** Loaded once for all scripts. */
function loadGrammar(): Promise<Language> {
  loading ??= Parser.init().then(() => Language.load(grammarFile));
  return loading;
}

const grammarFile = fileURLToPath(import.meta.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm'));

/** Skips nodes with a single child: the grammar has one for every precedence. */
export function unwrap(node: Node): Node {
  let inner = node;
  while (inner.childCount === 1 && inner.firstNamedChild && wrappers.has(inner.type)) inner = inner.firstNamedChild;
  return inner;
}

const wrappers: ReadonlySet<string> = new Set([
  'pipeline',
  'pipeline_chain',
  'logical_expression',
  'bitwise_expression',
  'comparison_expression',
  'additive_expression',
  'multiplicative_expression',
  'format_expression',
  'range_expression',
  'array_literal_expression',
  'unary_expression',
  'string_literal',
  'integer_literal',
  'left_assignment_expression',
]);

/** The child nodes that are not punctuation or comments. */
export function listParts(node: Node | null): Node[] {
  return (node?.namedChildren ?? []).filter((child) => child.type !== 'comment');
}

function findError(node: Node): Node {
  const below = node.children.find((child) => child.hasError || child.isMissing);
  return below ? findError(below) : node;
}
