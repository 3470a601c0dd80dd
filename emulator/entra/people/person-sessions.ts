// The sign-ins of people: what was agreed on a page and not yet fetched, and what refreshes. All ends are in real time, as those of
// the tokens; a session's beginning is in the tenant's, in which sessions are ended.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import type { PublicClient } from './public-clients.ts';
import type { RequestedScopes } from './requested-scopes.ts';

export interface PersonSession {
  readonly id: string;
  readonly personId: string;
  readonly client: PublicClient;
  readonly scopes: RequestedScopes;
  readonly nonce: string | undefined;
  /** In ms of the tenant's time. */
  readonly startedAt: number;
}

export interface AuthorizationCode {
  readonly session: PersonSession;
  readonly redirectUri: string;
  readonly challenge: { readonly value: string; readonly method: 'S256' | 'plain' } | null;
  readonly expiresAt: number;
  isRedeemed: boolean;
}

export interface DeviceCode {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly client: PublicClient;
  readonly scopes: RequestedScopes;
  readonly expiresAt: number;
  /** What the person has said on the page. */
  answer: 'pending' | 'declined' | 'fetched' | PersonSession;
}

/** "Typically, they expire after about 10 minutes" (v2-oauth2-auth-code-flow.md of entra-docs). */
const CODE_MS = 600_000;
export const DEVICE_CODE_SECONDS = 900;
/** The oldest go: a tenant that signs people in all day does not grow. */
const KEPT = 10_000;
/** Letters and digits that are not taken for each other, nine of them as in Microsoft's. */
const USER_CODE = { letters: 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789', length: 9 } as const;

export class PersonSessions {
  readonly #codes = new Map<string, AuthorizationCode>();
  readonly #devices = new Map<string, DeviceCode>();
  readonly #refreshTokens = new Map<string, PersonSession>();

  start(session: Omit<PersonSession, 'id'>): PersonSession {
    return { ...session, id: randomUUID() };
  }

  addCode(code: Omit<AuthorizationCode, 'expiresAt' | 'isRedeemed'>): string {
    const value = `1.${randomBytes(48).toString('base64url')}`;
    remember(this.#codes, value, { ...code, expiresAt: Date.now() + CODE_MS, isRedeemed: false });
    return value;
  }

  findCode(value: string): AuthorizationCode | undefined {
    return this.#codes.get(value);
  }

  addDevice(client: PublicClient, scopes: RequestedScopes): DeviceCode {
    const device: DeviceCode = {
      deviceCode: randomBytes(72).toString('base64url'),
      userCode: Array.from({ length: USER_CODE.length }, drawLetter).join(''),
      client,
      scopes,
      expiresAt: Date.now() + DEVICE_CODE_SECONDS * 1000,
      answer: 'pending',
    };
    remember(this.#devices, device.deviceCode, device);
    return device;
  }

  findDevice(deviceCode: string): DeviceCode | undefined {
    return this.#devices.get(deviceCode);
  }

  /** As a person types it. */
  findDeviceByUserCode(typed: string): DeviceCode | undefined {
    const wanted = typed.replaceAll(/[\s-]/g, '').toUpperCase();
    return [...this.#devices.values()].find(({ userCode }) => userCode === wanted);
  }

  addRefreshToken(session: PersonSession): string {
    const value = `1.${randomBytes(96).toString('base64url')}`;
    remember(this.#refreshTokens, value, session);
    return value;
  }

  findRefreshToken(value: string): PersonSession | undefined {
    return this.#refreshTokens.get(value);
  }
}

function remember<T>(store: Map<string, T>, key: string, value: T): void {
  const [oldest] = store.keys();
  if (store.size >= KEPT && oldest !== undefined) store.delete(oldest);
  store.set(key, value);
}

const drawLetter = () => USER_CODE.letters.charAt(randomInt(USER_CODE.letters.length));
