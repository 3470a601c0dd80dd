// What somebody has by a licence besides the mailbox, and loses with it: a OneDrive, a Cloud PC, a phone number.

/** `archived`: kept where nobody gets at it. `recycle-bin`: only a SharePoint administrator takes it out again. */
export const ONE_DRIVE_STATES = ['active', 'read-only', 'archived', 'recycle-bin', 'gone'] as const;
export type OneDriveState = (typeof ONE_DRIVE_STATES)[number];

export interface OneDrive {
  sizeBytes: number;
  fileCount: number;
  /** A retention policy or a hold keeps it from being deleted; not for longer than a year that nobody pays for. */
  retention: boolean;
  /** When retention ended, or an administrator took it out of the recycle bin (ms): what comes next counts from there. */
  keptUntil: number | null;
  state: OneDriveState;
  /** When the last licence with a OneDrive went (ms). */
  unlicensedSince: number | null;
  /** When it went into the recycle bin (ms). */
  binnedSince: number | null;
  /** An archived one whose licence is back: when it can be used again (ms). */
  activeFrom: number | null;
  /** Whether eDiscovery still finds what is in it. */
  isInEDiscovery: boolean;
  /** What is lost for good; a careful pipeline keeps this empty. */
  losses: 'files'[];
}

export interface CloudPc {
  /** When its licence went (ms); it is deprovisioned 7 days later unless the licence comes back. */
  unlicensedSince: number | null;
  losses: 'cloud-pc'[];
}

export interface Phone {
  number: string;
  /** Microsoft is the carrier: the number needs a calling plan, too. */
  needsCallingPlan: boolean;
  losses: 'phone-number'[];
}

/** A OneDrive in use. */
export function buildOneDrive(sizeBytes: number, fileCount: number): OneDrive {
  return {
    sizeBytes,
    fileCount,
    retention: false,
    keptUntil: null,
    state: 'active',
    unlicensedSince: null,
    binnedSince: null,
    activeFrom: null,
    isInEDiscovery: true,
    losses: [],
  };
}
