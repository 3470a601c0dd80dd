// Puts one entry at the end of exemptions.yaml, and leaves every other line as people wrote it. Pure.
import { isSeq } from 'yaml';
import { type Exemption, Exemptions } from '../schemas/exemptions.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';

/** The new text of the file. Throws `InvalidInput` where the file as it is has problems. */
export function addExemption(file: { path: string; text: string }, entry: Exemption): string {
  const { document } = parseYaml(Exemptions, file.path, file.text);
  const list = document.get('exemptions');
  if (!isSeq(list)) throw new TypeError('the schema has vouched for a list');
  // `[]` would put the entry on the same line, which is hard to review.
  list.flow = false;
  list.add(document.createNode(entry));
  return document.toString({ lineWidth: 0 });
}

/** What a repository without exemptions.yaml begins with. */
export const noExemptions = 'exemptions: []\n';
