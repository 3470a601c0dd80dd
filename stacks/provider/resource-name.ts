// How the engine names the resources of a stack.

/** The project's name is part of every URN: it must be the one in Pulumi.yaml, or plain `pulumi` sees another stack. */
export const projectName = 'dormant';

/** The file's name, which never changes: a new userPrincipalName is an edit and not another person. */
export function toResourceName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.yaml$/, '');
}

export function getNameOfUrn(urn: string): string {
  return urn.slice(urn.lastIndexOf('::') + 2);
}

export function buildUrn(stack: string, type: string, name: string): string {
  return `urn:pulumi:${stack}::${projectName}::${type}::${name}`;
}
