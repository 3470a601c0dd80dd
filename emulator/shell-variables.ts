// What the clients of a shell need to take this tenant for Microsoft's, as lines that `eval` takes.
import type { Emulator } from './emulator.ts';
import type { EmptyRepository } from './github/empty-repository.ts';

/** For the clients to be this identity. `extraCaFile`: what Node is to trust beside its own list; `github`: beside the tenant; null: there is none. */
export function renderShellVariables(
  emulator: Emulator & { extraCaFile: string },
  identity: string,
  github: EmptyRepository | null,
): string {
  const { url, port, caFile, extraCaFile, tenant, identities } = emulator;
  const { clientId = '', clientSecret = '' } = identities[identity] ?? {};
  const lines = [
    '# The embedded tenant is ready. Whom to trust: Node; Go and OpenSSL, which then trust nobody else; Python; curl.',
    ...listExports({
      NODE_EXTRA_CA_CERTS: extraCaFile,
      SSL_CERT_FILE: caFile,
      REQUESTS_CA_BUNDLE: caFile,
      CURL_CA_BUNDLE: caFile,
    }),
    `# Java: keytool -importcert -noprompt -alias emulator -storepass changeit -keystore trust.p12 -file '${caFile}'`,
    '#       export JAVA_TOOL_OPTIONS=-Djavax.net.ssl.trustStore=trust.p12',
    '# Azure’s libraries, which also need "disable instance discovery" in their options.',
    ...listExports({
      AZURE_AUTHORITY_HOST: url,
      AZURE_TENANT_ID: tenant.id,
      AZURE_CLIENT_ID: clientId,
      AZURE_CLIENT_SECRET: clientSecret,
    }),
    '# The providers of Terraform and Pulumi.',
    ...listExports({
      ARM_METADATA_HOSTNAME: `localhost:${port}`,
      ARM_TENANT_ID: tenant.id,
      ARM_CLIENT_ID: clientId,
      ARM_CLIENT_SECRET: clientSecret,
    }),
    '# Dormant, with `cloud: emulator` in tenant.yaml or as an option.',
    ...listExports({ DORMANT_EMULATOR_URL: url }),
    ...(github === null ? [] : renderGitHub(github)),
    '# Who else there is.',
    ...Object.values(identities).flatMap(({ name, clientId, clientSecret }) =>
      listExports({
        [`EMULATOR_${name.toUpperCase()}_CLIENT_ID`]: clientId,
        [`EMULATOR_${name.toUpperCase()}_CLIENT_SECRET`]: clientSecret,
      }),
    ),
    '# Read by no client: its base URL, the control routes, and whom to stop.',
    ...listExports({
      GRAPH_ENDPOINT: `${url}/v1.0`,
      EMULATOR_CONTROL: `${url}/_emulator`,
      EMULATOR_PID: String(process.pid),
    }),
  ];
  return `${lines.join('\n')}\n`;
}

/** As a job of GitHub Actions has them, and for git what a credential helper would say. */
function renderGitHub({ url, repository, remote, token }: EmptyRepository): string[] {
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return [
    '# The GitHub beside it: its API, its pages, git, and the token of a person who may do everything there.',
    ...listExports({
      GITHUB_API_URL: url,
      GITHUB_SERVER_URL: url,
      GITHUB_REPOSITORY: repository,
      GITHUB_TOKEN: token,
      EMULATOR_REMOTE: remote,
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: `http.${url}/.extraheader`,
      GIT_CONFIG_VALUE_0: `AUTHORIZATION: basic ${basic}`,
    }),
  ];
}

/** In single quotes, within which a shell takes everything as it is but the quote itself. */
function listExports(variables: Record<string, string>): string[] {
  return Object.entries(variables).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`);
}
