// Markdown as GitHub shows it: with its style sheet, its alerts, and the frame of a pull request.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';

interface Pull {
  title: string;
  branch: string;
  commits: number;
}

/** The page of a new pull request, with the first fold open. */
export function renderPullRequestPage(pull: Pull, markdown: string): string {
  const { title, branch, commits } = pull;
  return renderPage(`<h1 class="title">${renderMarkdown(title).replace(/<\/?p>/g, '')} <span>#24</span></h1>
<p class="state"><b>Open</b> <strong>dormant-contoso</strong> wants to merge ${commits} commit${commits === 1 ? '' : 's'} into <code>main</code> from <code>${branch}</code></p>
${renderComment(markdown.replace('<details>', '<details open>'), 'opened this pull request')}`);
}

export function renderCommentPage(markdown: string): string {
  return renderPage(renderComment(markdown, 'commented'));
}

function renderComment(markdown: string, what: string): string {
  return `<article class="comment"><header><strong>dormant-contoso</strong> <i>bot</i> ${what}</header>
<div class="markdown-body">${renderMarkdown(markdown)}</div></article>`;
}

function renderMarkdown(markdown: string): string {
  const html = micromark(markdown, {
    extensions: [gfm()],
    htmlExtensions: [gfmHtml()],
    allowDangerousHtml: true,
  });
  return html.replace(
    /<blockquote>\s*<p>\[!(\w+)\]\s*/g,
    (_, kind: string) =>
      `<blockquote class="markdown-alert markdown-alert-${kind.toLowerCase()}"><p class="markdown-alert-title">${kind[0]}${kind.slice(1).toLowerCase()}</p><p>`,
  );
}

function renderPage(body: string): string {
  return `<!doctype html><meta charset="utf-8"><style>${gitHub}${frame}</style>${body}`;
}

const gitHub = readFileSync(
  fileURLToPath(import.meta.resolve('github-markdown-css/github-markdown-light.css')),
  'utf8',
);

const frame = `
body { margin: 24px; background: #fff; color: #1f2328; font: 14px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif; }
.title { margin: 0 0 8px; font-size: 28px; font-weight: 400; line-height: 1.25; }
.title span { color: #59636e; }
.state { margin: 0 0 20px; padding-bottom: 20px; border-bottom: 1px solid #d1d9e0; color: #59636e; }
.state b { margin-right: 6px; padding: 5px 12px; border-radius: 2em; background: #1f883d; color: #fff; font-weight: 500; }
.state code { padding: 2px 6px; border-radius: 6px; background: #ddf4ff; color: #0969da; font-size: 12px; }
.comment { border: 1px solid #d1d9e0; border-radius: 6px; overflow: hidden; }
.comment header { padding: 8px 16px; background: #f6f8fa; border-bottom: 1px solid #d1d9e0; color: #59636e; }
.comment header strong { color: #1f2328; }
.comment header i { padding: 0 6px; border: 1px solid #d1d9e0; border-radius: 2em; font-size: 12px; font-style: normal; }
.comment .markdown-body { padding: 16px; font-size: 14px; }
`;
