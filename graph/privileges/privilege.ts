// Why an account is privileged, and how far that can be read. Types only.

/** An administrative unit that a role is limited to; its id if the name may not be read. */
export interface RoleScope {
  unit: string;
  isRestricted: boolean;
}

export type Privilege =
  | {
      /** A directory role, active or to be activated. */
      kind: 'active' | 'eligible';
      roleName: string;
      /** null: directly. */
      viaGroup: string | null;
      /** Absent: for the whole tenant, or for an application. */
      scope?: RoleScope;
    }
  | {
      /** In a group that has or may have roles; eligible by PIM for Groups. */
      kind: 'group-member' | 'group-owner' | 'eligible-group-member' | 'eligible-group-owner';
      group: string;
    }
  | {
      kind: 'restricted-unit';
      /** null: its name may not be read. */
      unit: string | null;
    };

/** `unlicensed`: the tenant lacks the licence, so nothing exists. `unavailable`: it may exist, but may not be read. */
export type ListAccess = 'read' | 'unlicensed' | 'unavailable';

/** What needs its own permission or licence. */
export interface PrivilegeListAccess {
  /** Who may activate a role (PIM). */
  roleEligibility: ListAccess;
  /** Who may become a member or an owner of a privileged group (PIM for Groups). */
  groupEligibility: ListAccess;
  /** Names and members of the restricted management units. */
  restrictedUnits: ListAccess;
}
