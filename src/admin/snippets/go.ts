import { comments, doneText, partsOf, redirectUriCode, wrongStateText } from './text.js';
import type { ClientSetup } from './client-setup.js';

const quoted = (text: string): string => JSON.stringify(text);

/** A client in one file for Go, with its standard library alone. */
export function goSnippet(setup: ClientSetup): string {
  const parts = partsOf(setup);
  const { authorizeUrl, tokenUrl, refreshUrl, callUrl, clientId, clientSecret, statePlace, port, path, isBasic } =
    parts;
  const loginLines = parts.login.map(([name, text]) => `\t\t${quoted(name)}: {${quoted(text)}},\n`);
  const secrets = parts.credentials.map(([name, text]) => `\tparameters.Set(${quoted(name)}, ${quoted(text)})\n`);
  const basic = isBasic ? `\trequest.SetBasicAuth(${quoted(clientId)}, ${quoted(clientSecret)})\n` : '';
  const check = parts.isChecked
    ? `\tif query.Get("state") != state {\n\t\tlog.Fatal("${wrongStateText}")\n\t}\n`
    : '\t_ = state\n';
  return `// Go 1.18 or newer: go run client.go
package main

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"strings"
)

func requestTokens(address string, parameters url.Values) (tokens struct {
	AccessToken  string \`json:"access_token"\`
	RefreshToken string \`json:"refresh_token"\`
	ExpiresIn    int    \`json:"expires_in"\`
}) {
${secrets.join('')}	request, _ := http.NewRequest("POST", address, strings.NewReader(parameters.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
${basic}	body, status := send(request)
	if status != 200 {
		log.Fatal(status, " ", body)
	}
	if err := json.Unmarshal([]byte(body), &tokens); err != nil {
		log.Fatal(err)
	}
	return tokens
}

func send(request *http.Request) (string, int) {
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		log.Fatal(err)
	}
	defer answer.Body.Close()
	body, _ := io.ReadAll(answer.Body)
	return string(body), answer.StatusCode
}

func main() {
${comments(setup, '\t//')}
	bytes := make([]byte, 16)
	rand.Read(bytes)
	state := hex.EncodeToString(bytes)
	redirectURI := ${redirectUriCode(setup, ' + state', quoted)}
	login := url.Values{
${loginLines.join('')}		"redirect_uri": {redirectURI},
${statePlace === 'parameter' ? '\t\t"state": {state},\n' : ''}	}
	fmt.Println(${quoted(`Open ${authorizeUrl}?`)} + login.Encode())

	answers := make(chan url.Values)
	http.HandleFunc(${quoted(path)}, func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "${doneText}")
		answers <- r.URL.Query()
	})
	go func() { log.Fatal(http.ListenAndServe("127.0.0.1:${port}", nil)) }()
	query := <-answers
${check}
	tokens := requestTokens(${quoted(tokenUrl)}, url.Values{
		"grant_type": {"authorization_code"}, "code": {query.Get("code")}, "redirect_uri": {redirectURI},
	})
	request, _ := http.NewRequest("GET", ${quoted(callUrl)}, nil)
	request.Header.Set("Authorization", "Bearer "+tokens.AccessToken)
	body, status := send(request)
	fmt.Println("API", status, body)

	// later, when the access token has expired
	tokens = requestTokens(${quoted(refreshUrl)}, url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {tokens.RefreshToken},
	})
	fmt.Println("Refreshed: valid for", tokens.ExpiresIn, "seconds")
}
`;
}
