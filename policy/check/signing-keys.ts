// Nobody brings a key of their own, makes a stolen one good again, or moves the day on which signing began. Pure.
import type { Problem } from '../errors.ts';
import type { Signing } from '../schemas/signing.ts';
import { listForbiddenKeyChanges, listKeyFaults } from '../signing/keys.ts';
import { buildProblem, type JudgedInput } from './input.ts';

export function checkSigningKeys({ tenant, signing: { signing: before, places } }: JudgedInput): Problem[] {
  const after = tenant.value.signing ?? null;
  const faults = [...listForbiddenKeyChanges(before, after), ...(after === null ? [] : listKeyFaults(after))];
  return [
    ...faults.map((message) => buildProblem(tenant, ['signing'], 'signing-keys', message)),
    ...listNewCommits(before, after)
      .filter(({ commit }) => !places.has(commit))
      .map(({ keys, commit }) => {
        const message = `${keys.join('.')}: found ${commit}, allowed: a commit on main’s first-parent line`;
        return buildProblem(tenant, keys, 'signing-keys', message);
      }),
  ];
}

interface NamedCommit {
  keys: readonly (string | number)[];
  commit: string;
}

/** Those that the base branch does not name yet: the others never change. */
function listNewCommits(before: Signing | null, after: Signing | null): NamedCommit[] {
  const known = new Set([before?.since, ...(before?.revoked ?? []).map(({ commit }) => commit)]);
  const revoked = (after?.revoked ?? []).map(({ commit }, index) => ({
    keys: ['signing', 'revoked', index, 'commit'],
    commit,
  }));
  const since = after?.since === undefined ? [] : [{ keys: ['signing', 'since'], commit: after.since }];
  return [...since, ...revoked].filter(({ commit }) => !known.has(commit));
}
