// What `limits.shareOfTenant` means in accounts, for the plan and for the apply before it writes. Pure.

/** Never rounded below one, so that a small tenant can move at all. */
export function toAccountCount(share: number, enabledMembers: number): number {
  return share === 0 ? 0 : Math.max(1, Math.floor(share * enabledMembers));
}
