// What is lost with a licence besides mail and files: a Cloud PC after its grace period, a phone number at once.
import { DAY_MS } from '../clock.ts';
import type { CloudPc, Phone } from './belongings.ts';
import { hasPlan, hasServicePlan } from './license-rules.ts';
import type { ChangedPerson, License } from './person.ts';
import { isCloudPcPlan, PLANS } from './service-plans.ts';

/** "The user can continue using the Cloud PC for seven days" (learn.microsoft.com/windows-365/end-grace-period). */
const GRACE_DAYS = 7;

/** Brings a Cloud PC and a phone number up to `now`; safe to call any number of times. */
export function advanceBelongings(person: ChangedPerson, now: number): void {
  const { licenses, cloudPc, phone } = person;
  if (cloudPc) advanceCloudPc(licenses, cloudPc, now);
  if (phone) advancePhone(licenses, phone);
}

function advanceCloudPc(licenses: readonly License[], cloudPc: CloudPc, now: number): void {
  if (cloudPc.losses.length > 0) return;
  if (hasPlan(licenses, isCloudPcPlan)) {
    cloudPc.unlicensedSince = null;
    return;
  }
  cloudPc.unlicensedSince ??= now;
  if (now - cloudPc.unlicensedSince >= GRACE_DAYS * DAY_MS) cloudPc.losses.push('cloud-pc');
}

/**
 * Whether the number returns to the pool or stays on the account differs by carrier: a number of direct routing is said to
 * stay, and cannot be assigned to others. The person has lost it either way.
 */
function advancePhone(licenses: readonly License[], phone: Phone): void {
  const hasCallingPlan = !phone.needsCallingPlan || hasServicePlan(licenses, PLANS.callingPlan);
  const isPaid = hasServicePlan(licenses, PLANS.phone) && hasCallingPlan;
  if (!isPaid && phone.losses.length === 0) phone.losses.push('phone-number');
}
