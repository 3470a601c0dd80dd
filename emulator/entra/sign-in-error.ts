// Entra's refusal of a sign-in: OAuth's error and its own AADSTS number.
export class SignInError extends Error {
  readonly status: number;
  readonly error: string;
  readonly number: number;

  constructor(status: number, error: string, number: number, message: string) {
    super(`AADSTS${number}: ${message}`);
    this.name = 'SignInError';
    this.status = status;
    this.error = error;
    this.number = number;
  }
}
