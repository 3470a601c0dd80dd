// Answers in Graph's JSON.
import type { Context } from 'hono';
import type { RequestEnv } from '../site.ts';

const JSON_TYPE = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** Answers with a JSON text. */
export function answerJson(c: Context<RequestEnv>, body: string, status: 200 | 201 | 202 = 200): Response {
  return c.body(body, status, { 'Content-Type': JSON_TYPE, 'OData-Version': '4.0' });
}

/** Answers with one object or a collection, under its metadata context. */
export function answer(
  c: Context<RequestEnv>,
  context: string,
  value: object,
  status: 200 | 201 | 202 = 200,
): Response {
  const { origin } = new URL(c.req.url);
  return answerJson(c, JSON.stringify({ '@odata.context': `${origin}/v1.0/$metadata#${context}`, ...value }), status);
}
