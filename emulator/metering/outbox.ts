// Mail that was sent through the tenant: kept, never delivered.

interface SentMail {
  /** Tenant time, ISO 8601. */
  readonly time: string;
  /** The UPN of the mailbox it was sent from. */
  readonly sender: string;
  readonly appId: string;
  readonly requestId: string;
  /** Graph's message as it was posted. */
  readonly message: Record<string, unknown>;
  readonly saveToSentItems: boolean;
}

export class Outbox {
  readonly #mails: SentMail[] = [];

  add(mail: SentMail): void {
    this.#mails.push(mail);
  }

  /** All mail, oldest first. */
  list(): readonly SentMail[] {
    return this.#mails;
  }

  clear(): void {
    this.#mails.length = 0;
  }
}
