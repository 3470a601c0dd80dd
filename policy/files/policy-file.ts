// policy.yaml: text in, checked value out, with what its schema cannot say. Pure.
import { InvalidInput, type Problem } from '../errors.ts';
import { Policy } from '../schemas/policy.ts';
import { type ParsedYaml, parseYaml } from '../yaml/parse-yaml.ts';

/** Throws `InvalidInput` with all problems of the file. */
export function parsePolicy(path: string, text: string): ParsedYaml<Policy> {
  const parsed = parseYaml(Policy, path, text);
  const problems = listSameNames(parsed);
  if (problems.length > 0) throw new InvalidInput(problems);
  return parsed;
}

/** A name stands in account files, so it has to say which is meant. */
function listSameNames({ path, value, locate }: ParsedYaml<Policy>): Problem[] {
  const names = (value.populations ?? []).map(({ name }) => name);
  return names.flatMap((name, at) => {
    const first = names.indexOf(name);
    if (first === at) return [];
    const message = `populations.${at}.name: found "${name}", which population ${first + 1} has already; allowed: a name of its own`;
    return [{ path, ...locate(['populations', at, 'name']), code: 'schema', message }];
  });
}
