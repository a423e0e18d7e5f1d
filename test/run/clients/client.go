package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
)

type answer struct {
	Status int    `json:"status"`
	Text   string `json:"text"`
}

func read(response *http.Response, err error) answer {
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		panic(err)
	}
	return answer{response.StatusCode, string(text)}
}

func form(secret string) url.Values {
	return url.Values{
		"grant_type":    {"password"},
		"username":      {"ada@example.test"},
		"password":      {"understudy"},
		"client_id":     {"understudy-client"},
		"client_secret": {secret},
	}
}

func main() {
	token := "https://services.mailup.com/Authorization/OAuth/Token"
	info := "https://services.mailup.com/API/v1.1/Rest/ConsoleService.svc/Console/Authentication/Info"
	wrong := read(http.PostForm(token, form("wrong")))
	right := read(http.PostForm(token, form("understudy-secret")))
	var tokens struct {
		Access string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(right.Text), &tokens); err != nil {
		panic(err)
	}
	call, err := http.NewRequest("GET", info, nil)
	if err != nil {
		panic(err)
	}
	call.Header.Set("Authorization", "Bearer "+tokens.Access)
	answers := []answer{
		wrong,
		right,
		read(http.DefaultClient.Do(call)),
		read(http.Get("https://api.tinyemail.com/v1/customers")),
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
}
