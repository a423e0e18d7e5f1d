<?php
// league/oauth2-client, as its page "Basic Usage" shows.
use League\OAuth2\Client\Provider\Exception\IdentityProviderException;
use League\OAuth2\Client\Provider\GenericProvider;
use League\OAuth2\Client\Token\AccessToken;

require __DIR__ . '/vendor/autoload.php';

function variable(string $name): string
{
    return getenv('UNDERSTUDY_' . strtoupper(getenv('EXAM_PROVIDER')) . '_' . $name);
}

$resource = variable('API_URL') . getenv('EXAM_API_PATH');
$provider = new GenericProvider([
    'clientId' => variable('CLIENT_ID'),
    'clientSecret' => variable('CLIENT_SECRET'),
    'redirectUri' => 'http://localhost:' . getenv('PORT') . '/callback',
    'urlAuthorize' => variable('AUTHORIZE_URL'),
    'urlAccessToken' => variable('TOKEN_URL'),
    'urlResourceOwnerDetails' => $resource,
]);

function refuse(int $status, string $message): void
{
    http_response_code($status);
    echo $message;
    exit;
}

session_start();
try {
    switch (parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
        case '/connect':
            $url = $provider->getAuthorizationUrl();
            $_SESSION['oauth2state'] = $provider->getState();
            header('Location: ' . $url);
            break;
        case '/callback':
            $state = $_SESSION['oauth2state'] ?? '';
            unset($_SESSION['oauth2state']);
            if ($state === '' || ($_GET['state'] ?? '') !== $state) {
                refuse(403, 'Invalid state');
            }
            $_SESSION['token'] = $provider->getAccessToken('authorization_code', ['code' => $_GET['code'] ?? '']);
            echo 'connected';
            break;
        case '/call':
            $token = $_SESSION['token'] ?? null;
            if (!$token instanceof AccessToken) {
                refuse(401, 'not connected');
            }
            if ($token->getExpires() !== null && $token->hasExpired()) {
                $token = $provider->getAccessToken('refresh_token', ['refresh_token' => $token->getRefreshToken()]);
                $_SESSION['token'] = $token;
            }
            $call = $provider->getAuthenticatedRequest('GET', $resource, $token);
            echo json_encode($provider->getParsedResponse($call));
            break;
        case '/disconnect':
            unset($_SESSION['token']);
            echo 'disconnected';
            break;
        default:
            refuse(404, 'not found');
    }
} catch (IdentityProviderException | UnexpectedValueException $e) {
    refuse(502, 'the provider refused');
}
