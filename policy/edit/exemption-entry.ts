// A new entry of exemptions.yaml, checked like a pull request before it is written: schema and rules. Pure.
import { checkExemptions } from '../check/exemptions.ts';
import { DormantError, InvalidInput } from '../errors.ts';
import type { Day } from '../evidence.ts';
import { exemptionsPath, type StackFiles } from '../files/stack-files.ts';
import { Exemption, Exemptions } from '../schemas/exemptions.ts';
import { listSchemaFaults } from '../schemas/validate.ts';
import { parseYaml } from '../yaml/parse-yaml.ts';
import { addExemption, noExemptions } from './add-exemption.ts';

/** The file's new text. Throws `exemption` (exit code 2) or `InvalidInput` if the entry is wrong. */
export function addEntry(files: StackFiles, entry: Exemption, today: Day): string {
  const faults = listSchemaFaults(Exemption, entry).map(({ message }) => message);
  if (faults.length === 0 && entry.until < today)
    faults.push(`until: found ${entry.until}, allowed: ${today} or later`);
  if (faults.length > 0)
    throw new DormantError('exemption', `The exemption is not valid: ${faults.join('; ')}.`, { exitCode: 2 });
  const text = addExemption({ path: exemptionsPath, text: files.exemptions?.text ?? noExemptions }, entry);
  const exemptions = parseYaml(Exemptions, exemptionsPath, text);
  const problems = checkExemptions({
    ...{ stack: files.stack, today, policy: files.policy.value },
    ...{ head: [], exemptions, escalations: null },
  });
  if (problems.length > 0) throw new InvalidInput(problems);
  return text;
}
