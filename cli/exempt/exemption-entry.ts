// A new entry of exemptions.yaml, checked like a pull request before it is written: schema and rules. Pure.
import { addExemption, noExemptions } from '../../policy/add-exemption.ts';
import { checkExemptions } from '../../policy/check/exemptions.ts';
import { DormantError, InvalidInput } from '../../policy/errors.ts';
import type { Day } from '../../policy/evidence.ts';
import { Exemption, Exemptions } from '../../policy/schemas/exemptions.ts';
import { listSchemaFaults } from '../../policy/schemas/validate.ts';
import { exemptionsPath, type StackFiles } from '../../policy/stack-files.ts';
import { parseYaml } from '../../policy/yaml/parse-yaml.ts';

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
    ...{ stack: files.stack, today, policy: files.policy.value, pipelineAccounts: [] },
    ...{ base: new Map(), head: [], exemptions, escalations: null },
  });
  if (problems.length > 0) throw new InvalidInput(problems);
  return text;
}
