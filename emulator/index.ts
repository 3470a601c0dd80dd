// What starts the emulated tenant, and the types of what it is made of and answers with.
export { createClock } from './clock.ts';
export { CLOUD_NAMES, type CloudName } from './clouds.ts';
export { createEmulatorCommand } from './command.ts';
export { type Emulator, startEmulator } from './emulator.ts';
export { answerSignInPage, signInAt } from './entra/people/person-client.fixture.ts';
export type { FaultKind, FaultRule } from './faults/fault-injector.ts';
export { findSupport } from './graph/cloud-support.ts';
export type { BudgetUse } from './metering/budgets.ts';
export { type EmulatorOptions, fastQuotas, type Switches } from './options.ts';
export type { AccountState } from './tenant/account-state.ts';
export type { PersonEvents } from './tenant/person-events-input.ts';
export type { PersonInput } from './tenant/person-input.ts';
export type { Tenant } from './tenant/tenant.ts';
export { trustAuthority } from './trust-authority.ts';
export { getTrustedAuthority } from './trusted-authority.fixture.ts';
export { testWeather } from './weather/test-weather.fixture.ts';
