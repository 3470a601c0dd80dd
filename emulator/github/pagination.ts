// GitHub's pages: 30 entries by default, 100 at most, a Link header to the other pages, and an ETag. Who sends that again gets 304,
// which does not count against the rate limit; another token has another ETag: github.com/github/docs/issues/34689.
// https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
import { createHash } from 'node:crypto';
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
  const body = JSON.stringify(items.slice((current - 1) * size, current * size));
  const etag = `W/"${createHash('sha256')
    .update(context.req.header('authorization') ?? '')
    .update(body)
    .digest('hex')}"`;
  context.header('ETag', etag);
  if (context.req.header('if-none-match') === etag) return context.body(null, 304);
  return context.body(body, 200, { 'Content-Type': 'application/json; charset=utf-8' });
}

function parsePositive(text: string | null, otherwise: number): number {
  const number = Number(text);
  return Number.isInteger(number) && number > 0 ? number : otherwise;
}
