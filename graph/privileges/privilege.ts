// Why an account is privileged, and how far anybody can tell. Words only; what is read stands beside it.

/** An administrative unit that a role is limited to; its id where the name may not be read. */
export interface RoleScope {
  unit: string;
  isRestricted: boolean;
}

export type Privilege =
  | {
      /** A directory role, held now or to be activated. */
      kind: 'active' | 'eligible';
      roleName: string;
      /** null: directly. */
      viaGroup: string | null;
      /** Absent: over the whole tenant, or an application. */
      scope?: RoleScope;
    }
  | {
      /** At a group that holds or may hold roles; eligible by PIM for Groups. */
      kind: 'group-member' | 'group-owner' | 'eligible-group-member' | 'eligible-group-owner';
      group: string;
    }
  | {
      kind: 'restricted-unit';
      /** null: its name may not be read. */
      unit: string | null;
    };

/** `unlicensed`: the tenant lacks the licence for it, so there is nothing to read. `unavailable`: there may be, and it may not be read. */
export type ListAccess = 'read' | 'unlicensed' | 'unavailable';

/** What needs a permission, or a licence, of its own. */
export interface PrivilegeListAccess {
  /** Who may activate a role (PIM). */
  roleEligibility: ListAccess;
  /** Who may become a member or an owner of a privileged group (PIM for Groups). */
  groupEligibility: ListAccess;
  /** What the restricted management units are called, and who is in each. */
  restrictedUnits: ListAccess;
}
