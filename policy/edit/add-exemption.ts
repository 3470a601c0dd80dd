// Puts one entry into exemptions.yaml, and leaves every other line as people wrote it. Pure.
import { isSeq } from 'yaml';
import { type Exemption, Exemptions, identifyExemption } from '../schemas/exemptions.ts';
import { isSameValue } from '../yaml/edit-yaml.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';

/** The file's new text, with the entry at its end. Throws `InvalidInput` where the file as it is has problems. */
export function addExemption(file: { path: string; text: string }, entry: Exemption): string {
  const { document } = parseYaml(Exemptions, file.path, file.text);
  const list = document.get('exemptions');
  if (!isSeq(list)) throw new TypeError('the schema has vouched for a list');
  // `[]` would put the entry on the same line, which is hard to review.
  list.flow = false;
  list.add(document.createNode(entry));
  return document.toString({ lineWidth: 0 });
}

/** The file's new text, in which an entry about the same account has made room; `replaced`: what that one was. */
export function setExemption(
  file: { path: string; text: string },
  entry: Exemption,
): { text: string; replaced: Exemption | null } {
  const { document, value } = parseYaml(Exemptions, file.path, file.text);
  const place = value.exemptions.findIndex((each) => identifyExemption(each) === identifyExemption(entry));
  const present = value.exemptions[place];
  if (present === undefined) return { text: addExemption(file, entry), replaced: null };
  if (isSameValue(present, entry)) return { text: file.text, replaced: null };
  for (const [field, said] of Object.entries(entry)) document.setIn(['exemptions', place, field], said);
  return { text: document.toString({ lineWidth: 0 }), replaced: present };
}

/** What a repository without exemptions.yaml begins with. */
export const noExemptions = 'exemptions: []\n';
