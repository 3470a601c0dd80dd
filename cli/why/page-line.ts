/** One line of a part of the page: wrapped, or whole where it is to be copied. */
export type PageLine = string | { whole: string };
