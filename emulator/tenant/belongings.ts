// What a person has by a licence besides the mailbox, and loses with it: a OneDrive, a Cloud PC, a phone number.

/** `archived`: kept, but nobody can open it. `recycle-bin`: only a SharePoint administrator can restore it. */
const ONE_DRIVE_STATES = ['active', 'read-only', 'archived', 'recycle-bin', 'gone'] as const;
type OneDriveState = (typeof ONE_DRIVE_STATES)[number];

export interface OneDrive {
  sizeBytes: number;
  fileCount: number;
  /** A retention policy or a hold prevents its deletion, for at most a year without payment. */
  retention: boolean;
  /** When retention ended, or an administrator restored it from the recycle bin (ms): the next stage counts from here. */
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
  /** Permanent losses; a careful pipeline keeps this empty. */
  losses: 'files'[];
}

export interface CloudPc {
  /** When its licence went (ms); it is deprovisioned 7 days later unless the licence comes back. */
  unlicensedSince: number | null;
  losses: 'cloud-pc'[];
}

export interface Phone {
  number: string;
  /** True if Microsoft is the carrier: the number needs a calling plan, too. */
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
