// The account file as text: named, written, and edited so that what people wrote in it survives. Pure.
import { Document, isMap, type Node, visit } from 'yaml';
import { AccountFile } from './schemas/account.ts';
import { parseYaml } from './yaml.ts';

/** Where account files of a stack live, relative to the repository's root. */
export function accountsFolder(stack: string): string {
  return `stacks/${stack}/accounts`;
}

/** Where they end, outside of the Pulumi program, once they are delicensed for long. */
export function archiveFolder(stack: string): string {
  return `stacks/${stack}/archive`;
}

/**
 * The path of a new account's file, chosen once from its userPrincipalName and never renamed; identity is account.id.
 * Only letters, digits, dot, @, _ and - survive, so no name can leave the folder; `taken` gets the id's start appended.
 */
export function accountPath(
  stack: string,
  account: { id: string; userPrincipalName: string },
  taken: (path: string) => boolean,
): string {
  const safe = account.userPrincipalName
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9.@_-]/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[.-]+/, '')
    .slice(0, 120);
  const path = `${accountsFolder(stack)}/${safe || account.id}.yaml`;
  return taken(path) ? `${accountsFolder(stack)}/${safe}-${account.id.slice(0, 8).toLowerCase()}.yaml` : path;
}

/** Parses one account file; throws `InvalidInput` with every problem and its place. */
export function parseAccountFile(path: string, text: string): AccountFile {
  return parseYaml(AccountFile, path, text).value;
}

/** The text of a new account file. */
export function serialiseAccountFile(file: AccountFile): string {
  const document = new Document(file);
  for (const [key, comment] of Object.entries(comments)) remark(document, key, comment);
  compact(document);
  return `${header}${render(document)}`;
}

/**
 * The text of `before` with every field set to `after`, by edits on the parsed document: comments, order and fields that
 * did not change keep their bytes' meaning, and equal values give the text back unchanged.
 */
export function editAccountFile(before: { path: string; text: string }, after: AccountFile): string {
  const { document, value } = parseYaml(AccountFile, before.path, before.text);
  if (!assign(document, [], value, after)) return before.text;
  return render(document);
}

const header = '# yaml-language-server: $schema=../../../policy/schemas/account.schema.json\n';

const comments: Record<string, string> = {
  stage:
    ' notify -> review -> disable -> delicense; keep = a reviewer’s no (add a reason:); restore takes it back',
  desired: ' what merging makes true',
  evidence: ' what the reviewer judged; the apply refuses if it no longer holds',
  restore: ' what it had before this pipeline touched it; written once, never edited',
};

/** Sets what differs, goes into maps so that their comments stay, and says whether anything changed. */
function assign(document: Document, keys: readonly string[], before: unknown, after: unknown): boolean {
  if (same(before, after)) return false;
  if (!isRecord(before) || !isRecord(after)) {
    replace(document, keys, after);
    return true;
  }
  for (const key of Object.keys(before)) {
    if (!(key in after)) document.deleteIn([...keys, key]);
  }
  for (const [key, value] of Object.entries(after)) {
    if (key in before) assign(document, [...keys, key], before[key], value);
    else insert(document, [...keys, key], value);
  }
  return true;
}

/** `reason` belongs under `stage`, where a reader looks for it; anything else goes to the end of its map. */
function insert(document: Document, keys: readonly string[], value: unknown): void {
  const parent = document.getIn(keys.slice(0, -1), true);
  const root = keys.length === 1 ? document.contents : parent;
  const key = keys.at(-1);
  if (key === 'reason' && isMap(root)) {
    const stage = root.items.findIndex((item) => String(item.key) === 'stage');
    root.items.splice(stage + 1, 0, document.createPair(key, value));
    return;
  }
  document.setIn(keys, document.createNode(value));
  compact(document);
}

/** A scalar set over a scalar keeps its node, and with it the comment; lists are made anew. */
function replace(document: Document, keys: readonly string[], value: unknown): void {
  const isCollection = typeof value === 'object' && value !== null;
  document.setIn(keys, isCollection ? document.createNode(value) : value);
  compact(document);
}

function remark(document: Document, key: string, comment: string): void {
  const node = document.getIn([key], true) as Node | undefined;
  if (node === undefined) return;
  if (isMap(node)) {
    const pair = isMap(document.contents)
      ? document.contents.items.find((item) => String(item.key) === key)
      : undefined;
    if (pair) (pair.key as Node).commentBefore = comment;
  } else {
    node.comment = comment;
  }
}

/** Small maps and lists stand on one line, so that a person fits on a screen and a diff line is a fact. */
function compact(document: Document): void {
  visit(document, {
    Collection(_key, node, path) {
      if (path.length > 3) node.flow = true;
    },
  });
}

function render(document: Document): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
