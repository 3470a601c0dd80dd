// GitHub's pages: 30 entries by default, 100 at most, and a Link header to the other pages.
import type { Context } from 'hono';

/** Answers one page of `items`, as the request's `page` and `per_page` ask. */
export function sendPage<T>(context: Context, items: readonly T[]): Response {
  const url = new URL(context.req.url);
  const size = Math.min(100, parsePositive(url.searchParams.get('per_page'), 30));
  const current = parsePositive(url.searchParams.get('page'), 1);
  const last = Math.max(1, Math.ceil(items.length / size));

  const formatLink = (rel: string, number: number) => {
    url.searchParams.set('page', String(number));
    return `<${url.href}>; rel="${rel}"`;
  };
  const links = [
    ...(current > 1 ? [formatLink('prev', current - 1), formatLink('first', 1)] : []),
    ...(current < last ? [formatLink('next', current + 1), formatLink('last', last)] : []),
  ];
  if (links.length > 0) context.header('Link', links.join(', '));
  return context.json(items.slice((current - 1) * size, current * size));
}

function parsePositive(text: string | null, otherwise: number): number {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : otherwise;
}
