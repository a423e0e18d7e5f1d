#!/bin/sh
# Prints status and body of each answer, as one JSON text.
send() {
  text=$(curl -sS -w '\n%{http_code}' "$@") || exit 1
  status=$(printf '%s' "$text" | tail -n 1)
  printf '{"status":%s,"text":%s}' "$status" "$(printf '%s' "$text" | sed '$d' | sed 's/\\/\\\\/g; s/"/\\"/g; s/^/"/; s/$/"/')"
}
token=https://services.mailup.com/Authorization/OAuth/Token
info=https://services.mailup.com/API/v1.1/Rest/ConsoleService.svc/Console/Authentication/Info
form='grant_type=password&username=ada%40example.test&password=understudy&client_id=understudy-client'
printf '['
send "$token" -d "$form&client_secret=wrong"
printf ','
right=$(send "$token" -d "$form&client_secret=understudy-secret")
access=$(printf '%s' "$right" | sed 's/.*access_token\\":\\"\([^\\]*\).*/\1/')
printf '%s,' "$right"
send "$info" -H "Authorization: Bearer $access"
printf ','
send https://api.tinyemail.com/v1/customers
printf ']\n'
