// Whom a pull request takes further: nobody outside the scope, and everybody by the days of their own population, as far as the
// file itself can tell. What needs groups is left to the audit and the apply. Pure.
import type { Problem } from '../errors.ts';
import { isForward } from '../files/stage-steps.ts';
import type { BelongingSubject } from '../populations/belonging.ts';
import { mayHavePopulation } from '../populations/resolve-population.ts';
import { findScopePlace, scopeWords } from '../populations/scope.ts';
import type { AccountFile } from '../schemas/account.ts';
import type { ParsedYaml } from '../yaml/parse-yaml.ts';
import { buildProblem, type JudgedInput } from './input.ts';

export function checkScope(input: JudgedInput): Problem[] {
  return listForward(input).flatMap((parsed) => {
    const { account, stage } = parsed.value;
    const place = findScopePlace({ ...account, id: account.id }, input.policy);
    if (place !== 'outside') return [];
    const out = input.base.has(parsed.path) ? 'set the former stage, or keep with a reason' : 'take this new file out';
    const message = `stage: ${stage} is not allowed for an account ${scopeWords.outside}; ${out}`;
    return [buildProblem(parsed, ['stage'], 'out-of-scope', message)];
  });
}

export function checkPopulations(input: JudgedInput): Problem[] {
  const { policy, base } = input;
  return listForward(input).flatMap((parsed) => {
    const { population = null } = parsed.value.evidence;
    const names = (policy.populations ?? []).map(({ name }) => name);
    if (mayHavePopulation(population, readSubject(parsed.value, !base.has(parsed.path)), policy)) return [];
    const because =
      population !== null && !names.includes(population)
        ? `the policy of the base branch has ${names.length === 0 ? 'no populations' : `only ${names.join(', ')}`}`
        : 'that contradicts what the file says of the account and the policy of the base branch';
    const found = population === null ? 'no population' : population;
    const message = `evidence.population: found ${found}, and ${because}; the next audit judges it anew`;
    return [buildProblem(parsed, ['evidence', 'population'], 'wrong-population', message)];
  });
}

/** Files that are new or go further than on the base branch: what is on it already is the next audit's to put right. */
function listForward({ head, base }: JudgedInput): ParsedYaml<AccountFile>[] {
  return head.filter(({ path, value }) => isForward(base.get(path)?.file.stage ?? null, value.stage));
}

/** `restore` is written once, so only a new file says which licences the account has. */
function readSubject({ account, restore }: AccountFile, isNew: boolean): BelongingSubject {
  const { userPrincipalName, department } = account;
  return { userPrincipalName, department, ...(isNew ? { licenses: restore.licenses } : {}) };
}
