// escalations.yaml as text: written, and edited so that what people wrote in it survives. Pure.
import { Document, isMap, isSeq, type YAMLMap } from 'yaml';
import { readOrNull } from '../errors.ts';
import { foldId, type IdKey } from '../identifiers.ts';
import { type Escalation, Escalations } from '../schemas/escalations.ts';
import { isSameValue } from '../yaml/edit-yaml.ts';
import { type ParsedYaml, parseYaml } from '../yaml/parse-yaml.ts';

/** Relative to the repository's root. */
export function getEscalationsPath(stack: string): string {
  return `stacks/${stack}/escalations.yaml`;
}

/** Throws `InvalidInput` with every problem and its place. */
export function parseEscalations(path: string, text: string): ParsedYaml<Escalations> {
  return parseYaml(Escalations, path, text);
}

/** The same; null where a person has not finished writing it. The check on the pull request says more. */
export function tryParseEscalations(path: string, text: string): ParsedYaml<Escalations> | null {
  return readOrNull(() => parseEscalations(path, text));
}

/** Ids of everybody escalated on main or in the open proposal. */
export function listEscalatedIds(
  stack: string,
  onMain: { text: string } | null,
  proposed: readonly { path: string; text: string | null }[],
): Set<IdKey> {
  const path = getEscalationsPath(stack);
  const onBranch = proposed.filter((version) => version.path === path);
  const texts = [onMain, ...onBranch].flatMap((version) => version?.text ?? []);
  const entries = texts.flatMap((text) => tryParseEscalations(path, text)?.value.escalations ?? []);
  return new Set(entries.map(({ id }) => foldId(id)));
}

/** The text of a new file. */
export function serialiseEscalations(escalations: readonly Escalation[], signed?: string): string {
  const list = { escalations, ...(signed === undefined ? {} : { signed }) };
  return `${header}${new Document(list).toString(layout)}`;
}

/**
 * The text with exactly these entries and this line. Those that stay keep the lines and comments around them; equal values,
 * the bytes.
 */
export function editEscalations(
  { text, value, document }: ParsedYaml<Escalations>,
  escalations: readonly Escalation[],
  signed: string | undefined,
): string {
  const isSame = isSameValue(value.escalations, escalations);
  if (isSame && value.signed === signed) return text;
  if (signed === undefined) document.delete('signed');
  else document.set('signed', signed);
  if (!isSame) setEntries(document, escalations);
  const edited = document.toString(layout);
  return text.includes('\r\n') ? edited.replaceAll('\n', '\r\n') : edited;
}

function setEntries(document: Document, escalations: readonly Escalation[]): void {
  const list = document.get('escalations');
  if (!isSeq(list)) throw new TypeError('the schema has vouched for a list');
  const known = new Map(list.items.filter(isMap).map((item) => [getId(item), item]));
  list.items = escalations.map((entry) => {
    const item = known.get(foldId(entry.id));
    return item === undefined ? document.createNode(entry) : setAll(item, entry);
  });
  // `[]` would put new entries on the same line, which is hard to review.
  list.flow = escalations.length === 0;
}

function getId(item: YAMLMap): IdKey {
  return foldId(String(item.get('id')));
}

function setAll(item: YAMLMap, entry: Escalation): YAMLMap {
  for (const [key, value] of Object.entries(entry)) if (item.get(key) !== value) item.set(key, value);
  return item;
}

/** No line is folded, and a name with a line break is still one line. */
const layout = { lineWidth: 0, blockQuote: false, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER };

const header = `# yaml-language-server: $schema=../../policy/schemas/escalations.schema.json
# Executives whose accounts nobody uses: HR decides about them, and nothing is changed in the tenant.
# The audit adds and removes them; to leave somebody alone for a time, use exemptions.yaml.
`;
