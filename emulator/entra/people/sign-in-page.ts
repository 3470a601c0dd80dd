// The pages on which a person signs in, as HTML without scripts. `html` escapes whatever it is given.
import type { Context } from 'hono';
import { html, raw } from 'hono/html';
import { styles } from '../../page/styles.ts';
import type { RequestEnv, Site } from '../../site.ts';
import { needsAdministrator } from '../../tenant/delegated-permissions.ts';
import type { Person } from '../../tenant/person.ts';
import { requireRoleDefinition } from '../../tenant/role-definitions.ts';
import type { PublicClient } from './public-clients.ts';
import type { RequestedScopes } from './requested-scopes.ts';

type Html = ReturnType<typeof html>;

interface SignInPage {
  readonly client: PublicClient;
  readonly scopes: RequestedScopes;
  readonly userPrincipalName: string;
  /** Entra's sentence about the answer before. */
  readonly problem?: string;
  /** More fields of the form, which are not shown. */
  readonly hidden?: Readonly<Record<string, string>>;
  /** The address of the same page with somebody's name filled in. */
  readonly linkTo: (userPrincipalName: string) => string;
}

/** Where one types who signs in, sees what is asked, and accepts or cancels. */
export function renderSignIn(site: Site, page: SignInPage): Html {
  const { client, scopes, userPrincipalName, problem, hidden = {}, linkTo } = page;
  return renderDocument(
    site,
    'Sign in',
    html`<h1>Sign in to ${client.displayName}</h1>
${problem === undefined ? '' : html`<p role="alert"><strong>${problem}</strong></p>`}
<form method="post">
${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<p><label>User <input name="userPrincipalName" value="${userPrincipalName}" size="40" autocomplete="off" autofocus></label></p>
<p>${client.displayName} asks for:</p>
${renderScopes(scopes)}
<p><label><input type="checkbox" name="forEverybody"> Agree for the whole organisation (administrators only)</label></p>
<p><button name="answer" value="accept">Accept</button> <button name="answer" value="cancel">Cancel</button></p>
</form>
<h2>Some of ${site.tenant.displayName}’s people</h2>
<ul>${suggestPeople(site).map(
      ({ person, role }) =>
        html`<li><a href="${linkTo(person.userPrincipalName)}"><bdi>${person.displayName}</bdi></a>, ${role}</li>`,
    )}</ul>`,
  );
}

/** The page of a device code, before it is typed. */
export function renderUserCode(site: Site, userCode: string, problem?: string): Html {
  return renderDocument(
    site,
    'Enter code',
    html`<h1>Enter the code that your application shows</h1>
${problem === undefined ? '' : html`<p role="alert"><strong>${problem}</strong></p>`}
<form method="get"><p><label>Code <input name="user_code" value="${userCode}" autocomplete="off" autofocus></label>
<button>Next</button></p></form>`,
  );
}

/** Entra's "Need admin approval", from which one can only go back. */
export function renderAdministratorNeeded(
  site: Site,
  { client, permissions, hidden = {} }: Pick<SignInPage, 'client' | 'hidden'> & { permissions: readonly string[] },
): Html {
  return renderDocument(
    site,
    'Need admin approval',
    html`<h1>Need admin approval</h1>
<p role="alert"><strong>AADSTS90094: ${client.displayName} needs permission to access resources in your organization that only an admin can grant. Ask an admin to grant permission to this app before you can use it.</strong></p>
<ul>${permissions.map((name) => html`<li>${name}</li>`)}</ul>
<form method="post">
${Object.entries(hidden).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button name="answer" value="cancel">Return to the application without granting consent</button></form>`,
  );
}

/** A sentence, and nothing to do. */
export function renderNotice(site: Site, title: string, sentence: string): Html {
  return renderDocument(site, title, html`<h1>${title}</h1><p role="alert">${sentence}</p>`);
}

/** `response_mode=form_post`: Entra's page sends itself by a script, this one by its button. */
export function renderFormPost(site: Site, redirectUri: string, fields: Readonly<Record<string, string>>): Html {
  return renderDocument(
    site,
    'Back to the application',
    html`<h1>Back to the application</h1>
<form method="post" action="${redirectUri}">
${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button autofocus>Continue</button></form>`,
  );
}

/** Nothing of the page comes from elsewhere; a form leads here, or to the application. */
export function answerPage(c: Context<RequestEnv>, page: Html, redirectUri?: string, status: 200 | 400 = 200) {
  const target = redirectUri !== undefined && URL.canParse(redirectUri) ? ` ${new URL(redirectUri).origin}` : '';
  c.header(
    'Content-Security-Policy',
    `default-src 'none'; style-src 'unsafe-inline'; form-action 'self'${target}; base-uri 'none'; frame-ancestors 'none'`,
  );
  c.header('Cache-Control', 'no-store');
  c.header('Referrer-Policy', 'no-referrer');
  return c.html(page, status);
}

function renderDocument({ tenant }: Site, title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}: ${tenant.displayName}, an embedded tenant</title>
<style>${raw(styles)}form { display: block; }
</style>
</head>
<body><main>
<p>${tenant.displayName} (${tenant.domain}), an embedded tenant on this machine. Nobody in it is real, and no password is asked.</p>
${body}
</main></body>
</html>`;
}

function renderScopes({ permissions, openId, isDefault }: RequestedScopes): Html {
  const lines = [
    ...permissions.map((name) => `${name}${needsAdministrator(name) ? ' (an administrator has to agree)' : ''}`),
    ...openId,
    ...(isDefault ? ['whatever was agreed to before'] : []),
  ];
  return html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

const SUGGESTED = ['Global Administrator', 'Global Reader', 'Reports Reader', 'User Administrator'] as const;

/** One who can sign in for each of a few roles, the last to have it, and one without: who has been there longest is for emergencies. */
function suggestPeople({ tenant }: Site): { person: Person; role: string }[] {
  const assignments = [...tenant.directory.roleAssignments.values()].reverse();
  const findHolder = (role: string) => {
    const { id } = requireRoleDefinition(role);
    const holders = assignments.flatMap(({ roleDefinitionId, principalId, directoryScopeId }) =>
      roleDefinitionId === id && directoryScopeId === '/' ? (tenant.people.find(principalId) ?? []) : [],
    );
    return holders.find(({ accountEnabled }) => accountEnabled);
  };
  const holders = SUGGESTED.flatMap((role) => {
    const person = findHolder(role);
    return person ? [{ person, role }] : [];
  });
  const others = [...tenant.people.listIndexes()].slice(0, 20).map((index) => tenant.people.get(index));
  const held = new Set(assignments.map(({ principalId }) => principalId));
  const plain = others.find(
    ({ id, accountEnabled, userType }) => accountEnabled && userType === 'Member' && !held.has(id),
  );
  return plain ? [...holders, { person: plain, role: 'no role' }] : holders;
}
