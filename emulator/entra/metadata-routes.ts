// Azure Resource Manager's metadata document: where a Terraform provider of this family finds Graph and the login host.
import { Hono } from 'hono';
import { CLOUDS } from '../clouds.ts';
import type { RequestEnv, Site } from '../site.ts';

/** `/metadata/endpoints`, whose URLs follow the request's host. */
export function createMetadataRoutes({ tenant }: Site): Hono<RequestEnv> {
  const app = new Hono<RequestEnv>();
  app.get('/metadata/endpoints', (c) => {
    const { origin } = new URL(c.req.url);
    return c.json({
      name: CLOUDS[tenant.cloud].azureName,
      resourceManager: `${origin}/`,
      microsoftGraphResourceId: `${origin}/`,
      graphAudience: `${origin}/`,
      graph: `${origin}/`,
      portal: `${origin}`,
      authentication: {
        loginEndpoint: origin,
        audiences: [`${origin}/`],
        tenant: 'common',
        identityProvider: 'AAD',
      },
      suffixes: {},
    });
  });
  return app;
}
