// A page that opens from disk: one file, with its own style sheet and no other, and a script only where there is one.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { html, type Markup } from '../../../forge/markup.ts';

interface Page {
  title: string;
  body: Markup;
  /** Empty: none may run. */
  script?: string;
}

/** The policy allows exactly this style sheet and this script, so the tenant's data can become neither. */
export function renderPage({ title, body, script = '' }: Page): string {
  const scripts = script === '' ? '' : ` script-src '${computeHash(script)}';`;
  const policy = `default-src 'none'; style-src '${computeHash(style)}';${scripts} img-src data:; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
${html`<title>${title}</title>`.text}
<style>${style}</style>
</head>
<body>
${body.text}
${script === '' ? '' : `<script>${script}</script>\n`}</body>
</html>
`;
}

export function readAsset(name: string): string {
  return readFileSync(new URL(`./${name}`, import.meta.url), 'utf8');
}

/** In the order of the cascade. */
const style = ['theme', 'page', 'figures', 'people', 'small-and-paper']
  .map((name) => readAsset(`style/${name}.css`))
  .join('\n');

function computeHash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
