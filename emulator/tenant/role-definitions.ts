// Entra's built-in roles that occur here, with Microsoft's template ids, and the shape of custom roles.
export interface RoleDefinition {
  readonly id: string;
  readonly displayName: string;
  /** A User Administrator may change its holders; for other roles it takes a Privileged Authentication Administrator. */
  readonly isLesser: boolean;
  /** false: a custom role. */
  readonly isBuiltIn: boolean;
  /** What it allows, such as `microsoft.directory/groups/standard/read`; of the built-in roles only what this tenant asks for. */
  readonly allowedResourceActions?: readonly string[];
  readonly description?: string | null;
  /** Default true. */
  readonly isEnabled?: boolean;
  readonly version?: string | null;
}

/** Of the roles that read all groups (permissions-reference.md of entra-docs), those that are given to applications here. */
const GROUP_READERS: readonly string[] = ['Directory Readers', 'Global Reader'];

const buildRole = (displayName: string, id: string, isLesser = false): RoleDefinition => ({
  id,
  displayName,
  isLesser,
  isBuiltIn: true,
  ...(GROUP_READERS.includes(displayName)
    ? { allowedResourceActions: ['microsoft.directory/groups/standard/read'] }
    : {}),
});

export const ROLE_DEFINITIONS: readonly RoleDefinition[] = [
  buildRole('Global Administrator', '62e90394-69f5-4237-9190-012177145e10'),
  buildRole('Privileged Role Administrator', 'e8611ab8-c189-46e8-94e1-60213ab1f814'),
  buildRole('Privileged Authentication Administrator', '7be44c8a-adaf-4e2a-84d6-ab2649e08a13'),
  buildRole('User Administrator', 'fe930be7-5e62-47db-91af-98c3a49a38b1', true),
  buildRole('Helpdesk Administrator', '729827e3-9c14-49f7-bb1b-9608f156bbb8', true),
  buildRole('Security Administrator', '194ae4cb-b126-40b2-bd5b-6091b380977d'),
  buildRole('Application Administrator', '9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3'),
  buildRole('Cloud Application Administrator', '158c047a-c907-4556-b7ef-446551a6b5f7'),
  buildRole('Lifecycle Workflows Administrator', '59d46f88-662b-457b-bceb-5c3809e5908f'),
  buildRole('Security Operator', '5f2222b1-57c3-48ba-8ad5-d4759f1fde6f'),
  buildRole('Security Reader', '5d6b6bb7-de71-4623-b4af-96380a352509'),
  buildRole('Exchange Administrator', '29232cdf-9323-42fd-ade2-1d097af3e4de'),
  buildRole('Exchange Recipient Administrator', '31392ffb-586c-42d1-9346-e59415a2cc4e'),
  buildRole('Skype for Business Administrator', '75941009-915a-4869-abe7-691bff18279e'),
  buildRole('SharePoint Administrator', 'f28a1f50-f6e7-4571-818b-6a12f2af6b6c'),
  buildRole('Teams Administrator', '69091246-20e8-4a56-aa4d-066075b2a7a8'),
  buildRole('Teams Communications Administrator', 'baf37b3a-610e-45da-9e62-d9d1e5e8914b'),
  buildRole('Intune Administrator', '3a2c62db-5318-420d-8d74-23affee5d9d5'),
  buildRole('License Administrator', '4d6ac14f-3453-41d0-bef9-a3e0c569773a'),
  buildRole('Directory Synchronization Accounts', 'd29b2b05-8046-44ba-8758-1e26182fcf32'),
  buildRole('Global Reader', 'f2ef992c-3afb-46b9-b7cf-a126ee74c451'),
  buildRole('Reports Reader', '4a5d8f65-41da-4de4-8968-e035b65339cf', true),
  buildRole('Usage Summary Reports Reader', '75934031-6c7e-415a-99d7-48dbd49e875e', true),
  buildRole('Directory Readers', '88d8e3e3-8f55-4a1e-953a-9b9898b8876b', true),
];

/** The role with this display name; throws if there is none. */
export function requireRoleDefinition(displayName: string): RoleDefinition {
  const found = ROLE_DEFINITIONS.find((entry) => entry.displayName === displayName);
  if (found) return found;
  const known = ROLE_DEFINITIONS.map((entry) => entry.displayName).join(', ');
  throw new Error(`There is no role '${displayName}' here; there are ${known}.`);
}
