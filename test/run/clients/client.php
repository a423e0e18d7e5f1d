<?php

function send(string $url, ?array $form = null, array $headers = []): array
{
    $handle = curl_init($url);
    curl_setopt($handle, CURLOPT_RETURNTRANSFER, true);
    curl_setopt($handle, CURLOPT_HTTPHEADER, $headers);
    if ($form !== null) {
        curl_setopt($handle, CURLOPT_POSTFIELDS, http_build_query($form));
    }
    $text = curl_exec($handle);
    if ($text === false) {
        fwrite(STDERR, curl_error($handle) . "\n");
        exit(1);
    }
    return ['status' => curl_getinfo($handle, CURLINFO_RESPONSE_CODE), 'text' => $text];
}

function form(string $secret): array
{
    return [
        'grant_type' => 'password',
        'username' => 'ada@example.test',
        'password' => 'understudy',
        'client_id' => 'understudy-client',
        'client_secret' => $secret,
    ];
}

$token = 'https://services.mailup.com/Authorization/OAuth/Token';
$info = 'https://services.mailup.com/API/v1.1/Rest/ConsoleService.svc/Console/Authentication/Info';
$wrong = send($token, form('wrong'));
$right = send($token, form('understudy-secret'));
$bearer = 'Authorization: Bearer ' . json_decode($right['text'], true)['access_token'];
echo json_encode([
    $wrong,
    $right,
    send($info, null, [$bearer]),
    send('https://api.tinyemail.com/v1/customers'),
]), "\n";
