// The account file as text: named, written, and edited so that what people wrote in it survives. Pure.
import type { TSchema } from 'typebox';
import { Document, isCollection, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { UserId, UserPrincipalName } from '../identifiers.ts';
import { AccountFile } from '../schemas/account.ts';
import type { NameStyle } from '../schemas/privacy.ts';
import { editDocument, putOnOneLine } from '../yaml/edit-yaml.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';

/** Where account files of a stack live, relative to the repository's root. */
export function getAccountsFolder(stack: string): string {
  return `stacks/${stack}/accounts`;
}

/** Where they go long after delicensing, outside of the Pulumi program. */
export function getArchiveFolder(stack: string): string {
  return `stacks/${stack}/archive`;
}

/** Where a file was before it went to the archive; null for a path outside of the stack's archive. */
export function findPathBeforeArchive(stack: string, path: string): string | null {
  const folder = `${getArchiveFolder(stack)}/`;
  return path.startsWith(folder) ? `${getAccountsFolder(stack)}/${path.slice(folder.length)}` : null;
}

/**
 * The path of a new account's file, chosen once and never renamed; account.id is the identity. From its userPrincipalName, or
 * from its id where `names` of the policy's `privacy` is `id-only`. Where `isTaken`, the start of the id is appended, or all of it.
 */
export function chooseAccountPath(
  stack: string,
  account: { id: UserId; userPrincipalName: UserPrincipalName },
  isTaken: (path: string) => boolean,
  names: NameStyle = 'full',
): string {
  const id = toFileName(account.id);
  const name = names === 'id-only' ? id : toFileName(account.userPrincipalName) || id;
  const paths = [name, `${name}-${id.slice(0, 8)}`].map((stem) => `${getAccountsFolder(stack)}/${stem}.yaml`);
  return paths.find((path) => !isTaken(path)) ?? `${getAccountsFolder(stack)}/${name}-${id}.yaml`;
}

/** Parses one account file; throws `InvalidInput` with every problem and its place. */
export function parseAccountFile(path: string, text: string): AccountFile {
  return parseYaml(AccountFile, path, text).value;
}

/** The text of a new account file. */
export function serialiseAccountFile(file: AccountFile): string {
  const document = new Document(sortFields(file));
  addComments(document);
  nameGroups(document, file);
  return `${header}${document.toString(layout)}`;
}

/**
 * `before` with every field set to `after`, edited in the parsed document: people's comments, order and quoting survive,
 * and equal values give the same bytes. `note`: a one-line comment beside one value.
 */
export function editAccountFile(
  before: { path: string; text: string },
  after: AccountFile,
  note?: { beside: readonly string[]; says: string },
): string {
  const { document } = parseYaml(AccountFile, before.path, before.text);
  const hadGroups = document.hasIn(groupsPath);
  if (!editDocument(document, sortFields(after))) return before.text;
  nameGroups(document, after, !hadGroups);
  const noted = note && document.getIn(note.beside, true);
  if (isNode(noted)) noted.comment = ` ${note?.says}`;
  const text = document.toString(layout);
  return before.text.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}

/**
 * Keeps letters, digits, dot, @, _ and -, so that no name leaves the folder, is hidden or reads as an option, and case
 * never tells two files apart. Windows reserves names whatever follows their first dot: aux.lopez@contoso.com is a person.
 */
function toFileName(text: string): string {
  const safe = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9.@_-]/g, '-')
    .replace(/\.{2,}/g, '.')
    .slice(0, 120)
    .replace(/^[.-]+|[.-]+$/g, '');
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/.test(safe) ? `_${safe}` : safe;
}

/** In the schema's order, whatever order they come in: a reason goes right under its stage, an id is the first of its block. */
function sortFields(file: AccountFile): AccountFile {
  // The same fields with the same values.
  return sortBySchema(AccountFile, file) as AccountFile;
}

function sortBySchema(schema: TSchema, value: unknown): unknown {
  const { properties, items, anyOf } = schema as SchemaParts;
  if (Array.isArray(value)) return items === undefined ? value : value.map((entry) => sortBySchema(items, entry));
  if (typeof value !== 'object' || value === null) return value;
  const known = properties ?? anyOf?.find((part) => 'properties' in part)?.properties;
  if (known === undefined) return value;
  const order = Object.keys(known);
  const entries = Object.entries(value).toSorted(([a], [b]) => order.indexOf(a) - order.indexOf(b));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sortBySchema(known[key] ?? {}, inner)]));
}

interface SchemaParts {
  properties?: Record<string, TSchema>;
  items?: TSchema;
  anyOf?: readonly SchemaParts[];
}

/** No line is folded. */
const layout = {
  lineWidth: 0,
  flowCollectionPadding: true,
  doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
};

const header = '# yaml-language-server: $schema=../../../policy/schemas/account.schema.json\n';

const comments: Record<string, string> = {
  stage: ' notify -> review -> disable -> delicense; keep = a reviewer’s no (add a reason:); restore takes it back',
  desired: ' what merging makes true',
  evidence: ' what the reviewer judged; the apply refuses if it no longer holds',
  restore: ' what it had before this pipeline touched it; written once, never edited',
  oneDrive:
    ' goes on Microsoft’s days once no licence carries it; by default a licence brings it back before archivedFrom; a large one stays until desired has `oneDrive: release`',
  mailbox: ' turned into a user mailbox again: without a licence its mail is lost by the second day',
  dynamicGroups: ' take back what they give once sign-in is blocked, so the mailbox is shared first',
};

/** Blocks have their comment above, values behind. Inner values go on one line, so that a person fits on a screen. */
function addComments(document: Document): void {
  if (!isMap(document.contents)) return;
  for (const { key, value } of document.contents.items) {
    const comment = comments[String(key)];
    for (const node of listInnerValues(value)) if (isNode(node)) putOnOneLine(node);
    if (comment === undefined) continue;
    if (isCollection(value) && isNode(key)) key.commentBefore = comment;
    else if (isNode(value)) value.comment = comment;
  }
}

const groupsPath = ['desired', 'groups'];

/** One id a line, with the name of its group, so that a reviewer knows which membership stays. What people wrote stays. */
function nameGroups(document: Document, { restore }: AccountFile, isNew = true): void {
  const ids = document.getIn(groupsPath, true);
  if (!isSeq(ids) || (ids.flow && !isNew)) return;
  ids.flow = ids.items.length === 0;
  const names = new Map<unknown, string>(restore.groups?.map(({ id, displayName }) => [id, displayName]));
  for (const id of ids.items) {
    // A comment ends with its line.
    const name = isScalar(id)
      ? names
          .get(id.value)
          ?.replace(/[\p{C}\p{Z}]+/gu, ' ')
          .trim()
      : undefined;
    if (isScalar(id) && name) id.comment ??= ` ${name}`;
  }
}

function listInnerValues(value: unknown): readonly unknown[] {
  if (isMap(value)) return value.items.map((pair) => pair.value);
  return isSeq(value) ? value.items : [value];
}
