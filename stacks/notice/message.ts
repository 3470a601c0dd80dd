// A letter as a mail: HTML with every text escaped, and plain text. Nothing in a letter can become markup.
import { html, type Markup } from '../../forge/markup.ts';
import type { Letter } from './letter.ts';

export interface MailMessage {
  subject: string;
  html: string;
  text: string;
}

export function renderMessage(letter: Letter): MailMessage {
  return { subject: letter.subject, html: renderHtml(letter).text, text: renderText(letter) };
}

/** Inline styles only, because mail programs drop others; `bdi` keeps a right-to-left name from reversing its line. */
function renderHtml(letter: Letter): Markup {
  const { subject, opening, heads = defaultHeads, people, outlook, steps, closing } = letter;
  const renderParagraph = (text: string) => html`<p>${text}</p>`;
  const hasFiles = people.some(({ files }) => files !== '');
  return html`<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${subject}</title></head>
<body style="font: 15px/1.5 'Segoe UI', Arial, sans-serif; color: #242424; max-width: 46em">
${opening.map(renderParagraph)}
<table style="border-collapse: collapse" cellpadding="8">
<tr style="text-align: left; background: #f0f0f0">${[...heads, ...(hasFiles ? ['OneDrive'] : [])].map((head) => html`<th>${head}</th>`)}</tr>
${people.map(
  ({ name, userPrincipalName, department, why, files, link }) =>
    html`<tr style="vertical-align: top; border-bottom: 1px solid #d0d0d0">
<td><strong><bdi>${name}</bdi></strong><br><bdi style="overflow-wrap: anywhere">${userPrincipalName}</bdi>${link === null ? '' : html`<br><a href="${link}">its file</a>`}</td>
<td><bdi>${department}</bdi></td>
<td>${why}</td>${hasFiles ? html`<td>${files}</td>` : ''}
</tr>
`,
)}</table>
<p>${outlook}</p>
<ul>
${steps.map(({ on, what }) => html`<li><strong>${on}</strong>: ${what}</li>\n`)}</ul>
${closing.map(renderParagraph)}
</body>
</html>
`;
}

const defaultHeads: NonNullable<Letter['heads']> = ['Account', 'Department', 'Why it counts as inactive'];

function renderText({ opening, people, outlook, steps, closing }: Letter): string {
  const blocks = [
    ...opening,
    people
      .map(({ name, userPrincipalName, department, why, files, link }) =>
        [
          `- ${name} (${userPrincipalName})${department === '' ? '' : `, ${department}`}`,
          `  ${why}`,
          ...(files === '' ? [] : [`  ${files}`]),
          ...(link === null ? [] : [`  ${link}`]),
        ].join('\n'),
      )
      .join('\n'),
    [outlook, ...steps.map(({ on, what }) => `- ${on}: ${what}`)].join('\n'),
    ...closing,
  ];
  return `${blocks.join('\n\n')}\n`;
}
