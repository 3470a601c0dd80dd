// The shapes of fault rules, switches and dynamic groups, as control routes accept them.
import Type from 'typebox';
import { flag, nullableNumber, number, oneOf, strict, text } from '../schema-parts.ts';
import { skuPartNumberSchema } from '../tenant/person-input.ts';

/** What POST /_emulator/faults takes, alone or in a list. */
export const faultSchema = Type.Object(
  {
    kind: Type.Union([
      Type.Literal('status'),
      Type.Literal('reset'),
      Type.Literal('slow'),
      Type.Literal('hold'),
      Type.Literal('truncate'),
      Type.Literal('cut'),
      Type.Literal('expiredPage'),
      Type.Literal('expiredDownload'),
      Type.Literal('unauthorized'),
    ]),
    status: number,
    retryAfter: Type.Optional(Type.Union([Type.String(), Type.Number()])),
    body: Type.Optional(Type.Union([Type.Literal('json'), Type.Literal('html'), Type.Literal('empty')])),
    delayMs: number,
    afterBytes: number,
    method: text,
    path: text,
    query: text,
    identity: text,
    nth: number,
    count: number,
    probability: number,
    seed: Type.Optional(Type.Union([Type.String(), Type.Number()])),
    afterwards: flag,
  },
  strict,
);

/** What PATCH /_emulator/switches takes. */
export const switchesSchema = Type.Object(
  {
    premium: flag,
    premiumP2: flag,
    signInsShownOf: Type.Optional(Type.Union([Type.Literal('everybody'), Type.Literal('nobody')])),
    crowdedSignInPage: nullableNumber,
    largestSignInPage: nullableNumber,
    signInListings: Type.Optional(Type.Union([Type.Literal('by-family'), Type.Literal('by-minute')])),
    textRanges: Type.Optional(Type.Union([Type.Literal('allowed'), Type.Literal('refused')])),
    signInFilterLists: Type.Optional(Type.Union([Type.Literal('known'), Type.Literal('unknown-too')])),
    agentUsers: flag,
    missingCalls: Type.Optional(Type.Union([Type.Literal(400), Type.Literal(404)])),
    betaReportSettings: Type.Optional(Type.Union([Type.Literal('bare'), Type.Literal('in-value')])),
    exchangeHost: Type.Optional(Type.Union([Type.String(), Type.Null()])),
    otherExchangeHost: Type.Optional(Type.Union([Type.Literal('unknown'), Type.Literal(401), Type.Literal(404)])),
    concealmentDelaySeconds: number,
    weather: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Null()])),
    mailboxConcurrency: Type.Optional(Type.Union([Type.Literal('per-mailbox'), Type.Literal('per-app')])),
    replicas: Type.Optional(Type.Integer({ minimum: 1 })),
    directoryDelaySeconds: number,
    policyDelaySeconds: number,
    roleDelaySeconds: number,
    holdDelaySeconds: number,
    settingDelaySeconds: number,
    licenseDelaySeconds: number,
    assignmentSeconds: number,
    conversionDelaySeconds: number,
    syncedAccounts: Type.Optional(Type.Union([Type.Literal('undo'), Type.Literal('refuse')])),
    syncSeconds: number,
    hybridMailboxesFlipBack: flag,
    hybridMailboxesHidden: flag,
    hiddenAfterLicenseSeconds: number,
    groupLicenseSeconds: number,
    membershipRules: Type.Optional(Type.Union([Type.Literal('shown'), Type.Literal('null'), Type.Literal('absent')])),
    scopedAppRoles: Type.Optional(oneOf(['with-permissions', 'with-roles', 'refused'])),
    prohibitedUsageLocations: Type.Optional(Type.Array(Type.String())),
    organizationHolds: Type.Optional(Type.Array(Type.String())),
    exchangeAnchor: Type.Optional(Type.Union([Type.Literal('required'), Type.Literal('optional')])),
    exchangeRedirect: Type.Optional(Type.Union([Type.Literal(302), Type.Literal(307), Type.Literal(308), Type.Null()])),
    disconnectedMailboxRows: Type.Optional(Type.Union([Type.Literal('deleted'), Type.Literal('gone')])),
    oneDriveArchiveBilling: flag,
    unlicensedOneDriveActiveDays: Type.Optional(Type.Integer({ minimum: 93, maximum: 3650 })),
    oneDriveClock: Type.Optional(Type.Union([Type.Literal('on'), Type.Literal('off')])),
    unlistedSkus: Type.Optional(Type.Array(skuPartNumberSchema)),
    refusedLicenses: Type.Optional(Type.Record(Type.String(), Type.String())),
    deviceCodeFlow: Type.Optional(
      Type.Union([Type.Literal('allowed'), Type.Literal('blocked'), Type.Literal('blocked-at-token')]),
    ),
    recipientTypes: Type.Optional(
      Type.Union([Type.Literal('User'), Type.Literal('UserMailbox'), Type.Literal('missing')]),
    ),
    reportLagDays: number,
    reportLags: Type.Optional(Type.Record(Type.String(), Type.Number())),
    reportDates: Type.Optional(
      Type.Union([Type.Literal('day'), Type.Literal('instant'), Type.Literal('us'), Type.Literal('german')]),
    ),
    reportFlags: Type.Optional(
      Type.Union([Type.Literal('True'), Type.Literal('TRUE'), Type.Literal('1'), Type.Literal('Yes')]),
    ),
    reportQuotes: flag,
    reportLacks: Type.Optional(Type.Array(Type.String())),
    latencyMs: number,
    budgets: Type.Optional(Type.Union([Type.Literal('documented'), Type.Literal('generous'), Type.Literal('off')])),
    quotaSpeed: Type.Optional(Type.Number({ exclusiveMinimum: 0 })),
    mailScopes: Type.Optional(Type.Record(Type.String(), Type.Array(Type.String()))),
  },
  strict,
);

/** What POST /_emulator/dynamic-groups takes: an entry of the option `dynamicGroups`. */
export const dynamicGroupSchema = Type.Object(
  {
    id: text,
    displayName: Type.String(),
    membershipRule: Type.String(),
    processingState: Type.Optional(Type.Union([Type.Literal('On'), Type.Literal('Paused')])),
    licenses: Type.Optional(Type.Array(skuPartNumberSchema)),
  },
  strict,
);
