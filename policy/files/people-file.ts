// Which files say what happens to people: a pull request changes those or the code that acts on them. Pure, without imports,
// since CI asks before anything is installed.

const peoplePath = /^(stacks\/[^/]+\/((accounts|archive)\/[^/]+|escalations)\.yaml|exemptions\.yaml)$/;

/** Whether the path is an account file, in use or archived, the escalations of a stack, or the exemptions. */
export function isPeopleFile(path: string): boolean {
  return peoplePath.test(path);
}
