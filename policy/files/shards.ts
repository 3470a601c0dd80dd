// Splits many stacks into several matrices, because one matrix of GitHub Actions holds 256 jobs. Pure.

/** https://docs.github.com/en/actions/reference/limits: jobs that one matrix may make. */
export const maxJobs = 256;

/** The stacks in their order, in lists of at most `most`; a stack is in exactly one. */
export function splitIntoShards(stacks: readonly string[], most = maxJobs): string[][] {
  const shards: string[][] = [];
  for (let at = 0; at < stacks.length; at += most) shards.push(stacks.slice(at, at + most));
  return shards;
}

/** The stacks that these changed paths concern: by their own files, or by rules for every stack. */
export function selectTouchedStacks(paths: readonly string[], stacks: readonly string[]): string[] {
  const isForAll = paths.some((path) => path === 'exemptions.yaml' || /^policy\/[^/]+\.yaml$/.test(path));
  if (isForAll) return [...stacks];
  return stacks.filter((stack) => paths.some((path) => path.startsWith(`stacks/${stack}/`)));
}
