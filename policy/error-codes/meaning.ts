/** What the reference page says of one code; both are whole sentences. Where the error has a remedy of its own, `remedy` agrees with it. */
export interface ErrorMeaning {
  when: string;
  remedy: string;
}
