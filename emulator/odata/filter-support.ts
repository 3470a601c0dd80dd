// Which properties of directory objects $filter may name, with which operators, and whether only as an advanced query. The table is
// that of Microsoft's page on advanced queries (microsoft-graph-docs-contrib, concepts/includes/filter-directory-objects.md, as of
// 039d8eb), which is written from the service itself: "properties that are not listed here do not support $filter at all". Beside
// it: ids, sign-ins, employeeLeaveDateTime, and a group's types and creation, which the pages of these resources give.

/** `d`: by default. `a`: only with ConsistencyLevel: eventual and $count=true. `-`: not at all. */
export type Support = 'd' | 'a' | '-';

/** How a property is filtered: `eq` (and `ne`, `not`, `in` with it), `startsWith`, `ge` and `le`, `eq null`. */
export interface FilterSupport {
  readonly eq: Support;
  readonly startsWith: Support;
  readonly range: Support;
  readonly null: Support;
}

/** By type and path; a path through `any` is that of the value compared in it, `$count` is the length of a collection. */
export function findFilterSupport(typeName: string, path: string): FilterSupport | undefined {
  const letters = tables[typeName.replace('beta/', '')]?.get(path);
  if (letters === undefined) return undefined;
  const [eq, startsWith, range, nothing] = [...letters].map(toSupport);
  return { eq: eq ?? '-', startsWith: startsWith ?? '-', range: range ?? '-', null: nothing ?? '-' };
}

/** Whether the page has a table for this type. */
export function hasFilterTable(typeName: string): boolean {
  return tables[typeName.replace('beta/', '')] !== undefined;
}

const toSupport = (letter: string): Support => (letter === 'd' || letter === 'a' ? letter : '-');

/** Lines of four letters and the paths that they hold for: eq, startsWith, ge and le, eq null. */
function readTable(lines: string): ReadonlyMap<string, string> {
  const rows = lines
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/));
  return new Map(rows.flatMap(([letters = '', ...paths]) => paths.map((path) => [path, letters] as const)));
}

const tables: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  administrativeUnit: readTable(`
    aa-a description
    dd-a displayName
    d--- id isMemberManagementRestricted scopedRoleMembers/any/id
  `),
  application: readTable(`
    d--- appId createdOnBehalfOf/id disabledByMicrosoftStatus id signInAudience
    d-da createdDateTime
    aa-a description notes serviceManagementReference
    dd-a displayName
    aa-- federatedIdentityCredentials/any/issuer federatedIdentityCredentials/any/name
    aa-- federatedIdentityCredentials/any/subject publicClient/redirectUris/any spa/redirectUris/any web/redirectUris/any
    dd-- identifierUris/any publisherDomain tags/any uniqueName
    ---a info/logoUrl
    a--- info/termsOfServiceUrl requiredResourceAccess/any/resourceAppId
    a--a verifiedPublisher/displayName web/homePageUrl
    a--- extensionProperties/$count federatedIdentityCredentials/$count owners/$count
  `),
  directoryRole: readTable(`
    aa-a description
    da-a displayName
    d--- id roleTemplateId
  `),
  group: readTable(`
    d--- appRoleAssignments/any/id assignedLicenses/any/skuId createdByAppId createdOnBehalfOf/id id isAssignableToRole mailEnabled
    d--- membershipRuleProcessingState onPremisesProvisioningErrors/any/category
    d--- onPremisesProvisioningErrors/any/propertyCausingError resourceBehaviorOptions/any resourceProvisioningOptions/any
    d--- securityEnabled settings/any/id groupTypes/any
    dd-- classification infoCatalogs/any membershipRule proxyAddresses/any settings/any/displayName uniqueName
    aa-a description preferredLanguage
    dd-a displayName mail mailNickname
    a-a- expirationDateTime
    d--d hasMembersWithLicenseErrors
    d-d- createdDateTime onPremisesLastSyncDateTime renewedDateTime
    aa-- onPremisesSamAccountName
    d--a onPremisesSecurityIdentifier onPremisesSyncEnabled
    a--- assignedLicenses/$count onPremisesProvisioningErrors/$count owners/$count proxyAddresses/$count
  `),
  servicePrincipal: readTable(`
    d--- accountEnabled appId appRoleAssignedTo/any/id appRoleAssignments/any/id applicationTemplateId
    d--- delegatedPermissionClassifications/any/id id oauth2PermissionGrants/any/id preferredSingleSignOnMode servicePrincipalType
    dd-- alternativeNames/any publisherName servicePrincipalNames/any tags/any
    a--- appOwnerOrganizationId appRoleAssignmentRequired createdObjects/any/id info/termsOfServiceUrl
    aa-a description homepage notes
    dd-a displayName
    aa-- federatedIdentityCredentials/any/issuer federatedIdentityCredentials/any/name
    aa-- federatedIdentityCredentials/any/subject
    ---a info/logoUrl
    d-d- preferredTokenSigningKeyEndDateTime
    a--a verifiedPublisher/displayName
    a--- federatedIdentityCredentials/$count ownedObjects/$count owners/$count
  `),
  user: readTable(`
    d--- accountEnabled ageGroup appRoleAssignments/any/id assignedLicenses/any/skuId cloudRealtimeCommunicationInfo/isSipEnabled
    d--- consentProvidedForMinor creationType externalUserState id identities/any/issuer identities/any/issuerAssignedId
    d--- isLicenseReconciliationNeeded isResourceAccount licenseDetails/any/id manager/id oauth2PermissionGrants/any/id
    d--- onPremisesImmutableId onPremisesProvisioningErrors/any/category
    d--- onPremisesProvisioningErrors/any/propertyCausingError scopedRoleMemberOf/any/id
    a--- assignedPlans/any/capabilityStatus assignedPlans/any/servicePlanId certificateUserIds/any createdObjects/any/id
    a--- employeeOrgData/costCenter employeeOrgData/division employeeType onPremisesSipInfo/isSipEnabled
    a--- provisionedPlans/any/provisioningStatus showInAddressList
    aa-- assignedPlans/any/service businessPhones/any onPremisesSamAccountName provisionedPlans/any/service
    dd-a city country department displayName givenName jobTitle mail mailNickname surname usageLocation
    aa-a companyName faxNumber mobilePhone officeLocation postalCode preferredLanguage streetAddress
    d-da createdDateTime
    a-a- employeeHireDate
    d--a employeeId onPremisesSecurityIdentifier onPremisesSyncEnabled state userType
    dd-- imAddresses/any infoCatalogs/any otherMails/any proxyAddresses/any userPrincipalName
    d-d- onPremisesLastSyncDateTime
    ---a passwordPolicies
    a--a passwordProfile/forceChangePasswordNextSignIn passwordProfile/forceChangePasswordNextSignInWithMfa
    a--a ${Array.from({ length: 15 }, (_, at) => `onPremisesExtensionAttributes/extensionAttribute${at + 1}`).join(' ')}
    a--- assignedLicenses/$count onPremisesProvisioningErrors/$count otherMails/$count ownedObjects/$count proxyAddresses/$count
    d-d- signInActivity/lastSignInDateTime signInActivity/lastNonInteractiveSignInDateTime
    d-d- signInActivity/lastSuccessfulSignInDateTime employeeLeaveDateTime
  `),
};
