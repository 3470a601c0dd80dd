// Pages of collections in memory: filtered, counted, with the link to the next page.
import type { Context } from 'hono';
import { compileFilter, readPath } from '../odata/filter-match.ts';
import { parseFilter } from '../odata/filter-syntax.ts';
import { buildNextLink, parsePageToken } from '../odata/paging.ts';
import { createAdvancedQueryError, parseQuery, showsCount } from '../odata/query.ts';
import type { RequestEnv } from '../site.ts';
import { answer } from './answer.ts';

const DEFAULT_PAGE = 100;

type EntryWriter<T> = (entry: T, select: readonly string[] | null) => Record<string, unknown>;

interface Collection<T> {
  readonly entries: readonly T[];
  /** The whole entry, which filters read. */
  readonly write: (entry: T, select?: readonly string[] | null) => Record<string, unknown>;
  /** The entry of the answer, where `write` cannot select its properties. */
  readonly writeSelected?: EntryWriter<T>;
}

/** Answers with one page of a collection under its metadata context. */
export function answerPage<T>(
  c: Context<RequestEnv>,
  context: string,
  { entries, write, writeSelected = write }: Collection<T>,
): Response {
  const url = new URL(c.req.url);
  const query = parseQuery(url, c.req.header('ConsistencyLevel'));
  const matches = query.filter === null ? null : compileFilter(parseFilter(query.filter));
  if (
    query.filter &&
    /\bne\b|\bnot\b|endswith/i.test(query.filter.replaceAll(/'[^']*'/g, '')) &&
    !(query.isEventual && query.count)
  ) {
    throw createAdvancedQueryError('The operator');
  }
  const passing = matches ? entries.filter((entry) => matches((path) => readPath(write(entry), path))) : entries;
  const start = parsePageToken(query.skipToken);
  const end = start + (query.top ?? DEFAULT_PAGE);
  return answer(c, context, {
    ...(showsCount(query) ? { '@odata.count': passing.length } : {}),
    ...(end < passing.length ? { '@odata.nextLink': buildNextLink(url, end) } : {}),
    value: passing.slice(start, end).map((entry) => writeSelected(entry, query.select)),
  });
}
