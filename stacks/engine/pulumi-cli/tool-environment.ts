// The environment of what only installs: `tar`, `go`. In a job that may sign in, each step's environment has the token that asks
// for an identity (ACTIONS_ID_TOKEN_REQUEST_TOKEN), and a step may have been given more.

/** A list of what is let through, because nobody can list what is secret. */
const needed = [
  /^(PATH|PATHEXT|HOME|USERPROFILE|USER|LOGNAME|LANG|LC_\w+|TZ|TMPDIR|TMP|TEMP|XDG_CACHE_HOME|XDG_CONFIG_HOME)$/i,
  /^(APPDATA|LOCALAPPDATA|SYSTEMROOT|SYSTEMDRIVE|COMSPEC)$/i,
  /^(https?_proxy|no_proxy|all_proxy|SSL_CERT_FILE|SSL_CERT_DIR|NODE_EXTRA_CA_CERTS)$/i,
  /^GO(PROXY|NOPROXY|PRIVATE|SUMDB|NOSUMDB|INSECURE|FLAGS|PATH|ROOT|CACHE|MODCACHE|TMPDIR|TOOLCHAIN|ENV|MAXPROCS)$/,
];

/** Without tokens, secrets and whatever else a tool has no use for. */
export function keepToolVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => needed.some((pattern) => pattern.test(name))));
}
