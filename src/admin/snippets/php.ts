import { comments, partsOf, quoted, redirectUriCode, wrongStateText } from './text.js';
import type { ClientSetup } from './client-setup.js';

/** A client in one file for the web server of PHP. */
export function phpSnippet(setup: ClientSetup): string {
  const parts = partsOf(setup);
  const { authorizeUrl, tokenUrl, refreshUrl, callUrl, clientId, clientSecret, statePlace, port, path, isBasic } =
    parts;
  const loginLines = parts.login.map(([name, text]) => `        ${quoted(name)} => ${quoted(text)},\n`);
  const secrets = parts.credentials.map(([name, text]) => `    $parameters[${quoted(name)}] = ${quoted(text)};\n`);
  const basic = isBasic
    ? ` . 'Authorization: Basic ' . base64_encode(${quoted(`${clientId}:${clientSecret}`)}) . "\\r\\n"`
    : '';
  const check = parts.isChecked
    ? `if (($_GET['state'] ?? '') !== $_SESSION['state']) exit('${wrongStateText}');\n`
    : '';
  return `<?php
// PHP 8 or newer: php -S localhost:${port} client.php, then open http://localhost:${port}/
session_start();
${comments(setup, '//')}
$_SESSION['state'] ??= bin2hex(random_bytes(16));
$redirect_uri = ${redirectUriCode(setup, " . $_SESSION['state']")};

function request_tokens(string $url, array $parameters): array
{
${secrets.join('')}    $answer = file_get_contents($url, false, stream_context_create(['http' => [
        'method' => 'POST',
        'header' => "Content-Type: application/x-www-form-urlencoded\\r\\n"${basic},
        'content' => http_build_query($parameters),
        'ignore_errors' => true,
    ]]));
    $tokens = json_decode($answer, true);
    if (!isset($tokens['access_token'])) throw new Exception($answer);
    return $tokens;
}

$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if ($path !== ${quoted(path)}) {
    header(${quoted(`Location: ${authorizeUrl}?`)} . http_build_query([
${loginLines.join('')}        'redirect_uri' => $redirect_uri,
${statePlace === 'parameter' ? "        'state' => $_SESSION['state'],\n" : ''}    ]));
    exit;
}
${check}header('Content-Type: text/plain');
$tokens = request_tokens(${quoted(tokenUrl)}, [
    'grant_type' => 'authorization_code',
    'code' => $_GET['code'] ?? '',
    'redirect_uri' => $redirect_uri,
]);
$answer = file_get_contents(${quoted(callUrl)}, false, stream_context_create(['http' => [
    'header' => 'Authorization: Bearer ' . $tokens['access_token'],
    'ignore_errors' => true,
]]));
echo "API: $http_response_header[0] $answer\\n";

// later, when the access token has expired
$tokens = request_tokens(${quoted(refreshUrl)}, [
    'grant_type' => 'refresh_token',
    'refresh_token' => $tokens['refresh_token'],
]);
echo "Refreshed: valid for $tokens[expires_in] seconds\\n";
`;
}
