// Which files say what happens to people: a pull request changes those or the code that acts on them. Pure, without imports,
// since CI asks before anything is installed.

const peoplePath = /^(stacks\/[^/]+\/((accounts|archive|give-back)\/[^/]+|escalations)\.yaml|exemptions\.yaml)$/;

/** Whether the path is an account file, in use, archived or to be given back, the escalations of a stack, or the exemptions. */
export function isPeopleFile(path: string): boolean {
  return peoplePath.test(path);
}

/** Whether the path is a file of give-back/, which has approvers of its own. */
export function isGiveBackFile(path: string): boolean {
  return /^stacks\/[^/]+\/give-back\/[^/]+\.yaml$/.test(path);
}
