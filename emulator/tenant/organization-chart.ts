// Departments, job titles, offices and managers: each department is divided into slots, each slot is a tree with seven
// reports to a manager, so that a person's manager follows from the index alone.
import type { World } from './world.ts';

const DEPARTMENTS = [
  'Sales',
  'Engineering',
  'Operations',
  'Customer Support',
  'Finance',
  'Marketing',
  'Human Resources',
  'Legal',
  'Procurement',
  'Research',
  'IT',
  'Facilities',
] as const;

export const OFFICES = [
  { officeLocation: 'London', usageLocation: 'GB' },
  { officeLocation: 'Berlin', usageLocation: 'DE' },
  { officeLocation: 'Seattle', usageLocation: 'US' },
  { officeLocation: 'Madrid', usageLocation: 'ES' },
  { officeLocation: 'Warsaw', usageLocation: 'PL' },
  { officeLocation: 'Lyon', usageLocation: 'FR' },
] as const;

const TITLES: Record<(typeof DEPARTMENTS)[number], readonly string[]> = {
  Sales: ['Account Executive', 'Sales Development Representative', 'Solution Consultant', 'Sales Analyst'],
  Engineering: ['Software Engineer', 'Test Engineer', 'Site Reliability Engineer', 'Product Designer'],
  Operations: ['Operations Specialist', 'Warehouse Coordinator', 'Logistics Planner', 'Shift Lead'],
  'Customer Support': ['Support Engineer', 'Support Agent', 'Escalation Specialist', 'Trainer'],
  Finance: ['Accountant', 'Financial Analyst', 'Payroll Specialist', 'Auditor'],
  Marketing: ['Content Writer', 'Campaign Specialist', 'Brand Designer', 'Event Planner'],
  'Human Resources': ['Recruiter', 'HR Business Partner', 'Benefits Specialist', 'Training Coordinator'],
  Legal: ['Counsel', 'Paralegal', 'Contract Specialist', 'Privacy Analyst'],
  Procurement: ['Buyer', 'Category Specialist', 'Supplier Analyst', 'Purchasing Clerk'],
  Research: ['Research Scientist', 'Laboratory Technician', 'Data Scientist', 'Research Assistant'],
  IT: ['Systems Engineer', 'Service Desk Analyst', 'Network Engineer', 'Database Administrator'],
  Facilities: ['Facilities Technician', 'Receptionist', 'Security Officer', 'Gardener'],
};

/** How many slots of 64 each department has, in the order of DEPARTMENTS. */
const SHARES = [11, 12, 10, 8, 4, 4, 3, 2, 2, 4, 3, 1];
const SLOTS = 64;
const REPORTS_PER_MANAGER = 7;
const slotDepartments = SHARES.flatMap((share, place) => Array<number>(share).fill(place));

interface OrgPosition {
  readonly slot: number;
  /** 0 is the head of the slot. */
  readonly rank: number;
}

/** The place of a generated person in the chart. */
export function getOrgPosition(world: World, index: number): OrgPosition {
  const order = index - world.firstGenerated;
  return { slot: order % SLOTS, rank: Math.floor(order / SLOTS) };
}

/** The index of the manager in the tree, or null for the head of a slot. */
export function findManagerIndex(world: World, index: number): number | null {
  const { slot, rank } = getOrgPosition(world, index);
  if (rank === 0) return null;
  return world.firstGenerated + slot + SLOTS * Math.floor((rank - 1) / REPORTS_PER_MANAGER);
}

/** The department of a generated person. */
export function selectDepartment(world: World, index: number): (typeof DEPARTMENTS)[number] {
  return DEPARTMENTS[slotDepartments[getOrgPosition(world, index).slot] ?? 0] ?? 'Sales';
}

/** A job title that fits the department and whether the person has reports. */
export function selectJobTitle(world: World, index: number): string {
  const { slot, rank } = getOrgPosition(world, index);
  const department = selectDepartment(world, index);
  if (rank === 0) return `Head of ${department}, Team ${slot + 1}`;
  const firstReport = index + SLOTS * (rank * (REPORTS_PER_MANAGER - 1) + 1);
  if (firstReport < world.end) return `${department} Team Lead`;
  const titles = TITLES[department];
  return titles[world.random.getBits(index, 21) % titles.length] ?? department;
}
