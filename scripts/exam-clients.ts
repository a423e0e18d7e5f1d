import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

/** A library, and the application below exam/clients/ that uses it as its documentation shows. */
export interface ExamClient {
  /** As its package is named. */
  readonly name: string;
  readonly language: 'Go' | 'JavaScript' | 'PHP' | 'Python' | 'Ruby';
  /** The application, below exam/clients/. */
  readonly file: string;
  /** The path of the redirect URI. */
  readonly callback: (provider: string) => string;
  /** What the library leaves to the application, and what the application here does about it. */
  readonly leaves: string;
}

/** A way to run an application on this machine. */
export interface Runner {
  readonly version: string;
  readonly command: (port: number) => readonly [program: string, ...args: string[]];
  readonly env: Readonly<Record<string, string>>;
}

/** Where the applications are. Paths are relative to the package root, where npm runs scripts. */
export const clientFolder = 'exam/clients';

const standardCallback = (): string => '/callback';

/** Every library of the scoreboard. */
export const examClients: readonly ExamClient[] = [
  {
    name: 'oauth4webapi',
    language: 'JavaScript',
    file: 'oauth4webapi.js',
    callback: standardCallback,
    leaves:
      'keeping state and verifier, and forgetting them after the callback; an answer to errors, which its ' +
      'functions throw; when to refresh; that calls at once refresh once. The application refreshes after a ' +
      '401.',
  },
  {
    name: 'openid-client',
    language: 'JavaScript',
    file: 'openid-client.js',
    callback: standardCallback,
    leaves: 'the same as oauth4webapi, on which it is built.',
  },
  {
    name: 'simple-oauth2',
    language: 'JavaScript',
    file: 'simple-oauth2.js',
    callback: standardCallback,
    leaves:
      'state, PKCE, errors in the callback, calls of the API, the answer to a 401. The application makes a ' +
      'state and compares it, and refreshes a token that `expired()` says has expired.',
  },
  {
    name: 'passport-oauth2',
    language: 'JavaScript',
    file: 'passport-oauth2.js',
    callback: standardCallback,
    leaves:
      'all that follows the login: calls of the API, expiry, refresh, the end. State and PKCE are options, ' +
      'which the example of its README does not set. Without state, it accepts a callback that nobody asked ' +
      'for.',
  },
  {
    name: '@fastify/oauth2',
    language: 'JavaScript',
    file: 'fastify-oauth2.js',
    callback: standardCallback,
    leaves:
      'errors in the callback, sessions, calls of the API, the answer to a 401. It makes and compares the ' +
      'state, and PKCE is on as in its example. The application refreshes a token that `expired()` says has ' +
      'expired.',
  },
  {
    name: 'client-oauth2',
    language: 'JavaScript',
    file: 'client-oauth2.js',
    callback: standardCallback,
    leaves:
      'comparing the state, PKCE, the answer to a 401, revocation. State is an option, which the example of ' +
      'its README does not set. The application refreshes a token that `expired()` says has expired.',
  },
  {
    name: 'arctic',
    language: 'JavaScript',
    file: 'arctic.js',
    callback: standardCallback,
    leaves:
      'keeping and comparing the state, errors in the callback, calls of the API, when to refresh. The ' +
      'application keeps state and verifier in cookies, as the documentation shows, and refreshes after a ' +
      '401.',
  },
  {
    name: 'grant',
    language: 'JavaScript',
    file: 'grant.js',
    callback: (provider) => `/connect/${provider}/callback`,
    leaves:
      'all that follows the login: calls of the API, expiry, refresh, the end. PKCE is an option, which the ' +
      'basic configuration of its README does not set.',
  },
  {
    name: 'better-auth',
    language: 'JavaScript',
    file: 'better-auth.js',
    callback: (provider) => `/api/auth/callback/${provider}`,
    leaves:
      'calls of the API, the answer to a 401, telling the provider of a logout. It handles the callback and ' +
      'its errors by itself, and refreshes a token that is about to expire.',
  },
  {
    name: 'google-auth-library',
    language: 'JavaScript',
    file: 'google-auth-library.js',
    callback: standardCallback,
    leaves:
      'state, PKCE, the callback, sessions. It is made for one provider, Google, whose endpoint for ' +
      'revocation needs no credentials of the client. It refreshes a token that is about to expire.',
  },
  {
    name: 'requests-oauthlib',
    language: 'Python',
    file: 'requests_oauthlib_app.py',
    callback: standardCallback,
    leaves:
      'keeping the state, PKCE, an answer to errors, which its functions raise, the answer to a 401, ' +
      'revocation. It compares the state, and refreshes a token whose time is over.',
  },
  {
    name: 'Authlib',
    language: 'Python',
    file: 'authlib_app.py',
    callback: standardCallback,
    leaves:
      'an answer to errors, which its functions raise; keeping the token; the answer to a 401. It makes, ' +
      'keeps and compares the state, and refreshes a token whose time is over. PKCE is an option, which the ' +
      'first example of its documentation does not set.',
  },
  {
    name: 'league/oauth2-client',
    language: 'PHP',
    file: 'league_oauth2_client.php',
    callback: standardCallback,
    leaves:
      'keeping and comparing the state, the answer to a 401, revocation. PKCE is an option. The application ' +
      'refreshes a token that `hasExpired()` says has expired.',
  },
  {
    name: 'oauth2',
    language: 'Ruby',
    file: 'oauth2_app.rb',
    callback: standardCallback,
    leaves:
      'state, PKCE, errors in the callback, when to refresh, the answer to a 401, revocation. The example ' +
      'of its README sends no state. The application refreshes a token that `expired?` says has expired.',
  },
  {
    name: 'golang.org/x/oauth2',
    language: 'Go',
    file: 'x_oauth2.go',
    callback: standardCallback,
    leaves:
      'making and comparing the state, errors in the callback, the answer to a 401, revocation. It ' +
      'refreshes a token that is about to expire, and adds the token to every request of its HTTP client, ' +
      'redirects to other hosts included.',
  },
];

/** Finds what runs an application, or says why it cannot be run here. */
export function runnerOf({ name, language, file }: ExamClient): Runner | string {
  const path = `${clientFolder}/${file}`;
  if (language === 'JavaScript') {
    const { version } = JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string };
    return { version, command: () => [process.execPath, path], env: { NODE_ENV: 'production' } };
  }
  if (language === 'Python') return pythonRunner(name, path);
  if (language === 'Ruby') {
    const version = outputOf('ruby', [
      '-rsinatra/base',
      '-e',
      `puts Gem::Specification.find_by_name('${name}').version`,
    ]);
    return version === undefined ? missing('ruby', 'Ruby', name) : { version, command: () => ['ruby', path], env: {} };
  }
  if (language === 'PHP') return phpRunner(name, path);
  return goRunner(name, path);
}

function pythonRunner(name: string, path: string): Runner | string {
  const program = `import flask, importlib.metadata as m; print(m.version('${name}'))`;
  // the first Python of PATH need not be the one of the system, which has the packages of the system
  for (const python of ['python3', '/usr/bin/python3']) {
    const version = outputOf(python, ['-c', program]);
    // both libraries refuse plain HTTP otherwise, as their documentation says
    const env = { OAUTHLIB_INSECURE_TRANSPORT: '1', AUTHLIB_INSECURE_TRANSPORT: '1' };
    if (version !== undefined) return { version, command: () => [python, path], env };
  }
  return missing('python3', 'Python', name);
}

function phpRunner(name: string, path: string): Runner | string {
  const autoload = `${clientFolder}/vendor/autoload.php`;
  const program = `require '${autoload}'; echo Composer\\InstalledVersions::getPrettyVersion('${name}');`;
  const version = existsSync(autoload) ? outputOf('php', ['-r', program]) : undefined;
  if (version === undefined) return missing('php', 'PHP', name);
  return { version, command: (port) => ['php', '-S', `localhost:${port}`, path], env: {} };
}

/** The library as Debian installs it: outside of any module. */
function goRunner(name: string, path: string): Runner | string {
  const env = { GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOCACHE: `${process.cwd()}/.cache/go` };
  const version = outputOf('dpkg-query', ['-W', '-f', '${Version}', 'golang-golang-x-oauth2-dev']);
  if (version === undefined) return missing('go', 'Go', name);
  const binary = '.cache/exam-x-oauth2';
  const { status, stderr } = spawnSync('go', ['build', '-o', binary, path], { env: { ...process.env, ...env } });
  if (status !== 0) return `${path} does not compile: ${String(stderr)}`;
  return { version, command: () => [binary], env: {} };
}

const missing = (program: string, language: string, library: string): string =>
  outputOf(program, ['--version']) === undefined && outputOf(program, ['version']) === undefined
    ? `${language} is not installed`
    : `${library} is not installed`;

/** What a program prints, without spaces around it. Undefined: it is not there, or fails. */
function outputOf(program: string, args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8' });
  return status === 0 && stdout.trim() !== '' ? stdout.trim() : undefined;
}
