// golang.org/x/oauth2, as the example of Config in its documentation shows. State is made and compared here, which the
// documentation of AuthCodeURL asks of the application.
package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"io"
	"log"
	"net/http"
	"os"
	"strings"
	"sync"

	"golang.org/x/oauth2"
)

var (
	port     = os.Getenv("PORT")
	resource = variable("API_URL") + os.Getenv("EXAM_API_PATH")
	config   = &oauth2.Config{
		ClientID:     variable("CLIENT_ID"),
		ClientSecret: variable("CLIENT_SECRET"),
		RedirectURL:  "http://localhost:" + port + "/callback",
		Endpoint:     oauth2.Endpoint{AuthURL: variable("AUTHORIZE_URL"), TokenURL: variable("TOKEN_URL")},
	}
	// the client of each session, which refreshes the token as necessary
	clients sync.Map
)

func variable(name string) string {
	return os.Getenv("UNDERSTUDY_" + strings.ToUpper(os.Getenv("EXAM_PROVIDER")) + "_" + name)
}

func random() string {
	bytes := make([]byte, 16)
	if _, err := rand.Read(bytes); err != nil {
		log.Fatal(err)
	}
	return hex.EncodeToString(bytes)
}

func cookie(r *http.Request, name string) string {
	found, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return found.Value
}

func connect(w http.ResponseWriter, r *http.Request) {
	state := random()
	http.SetCookie(w, &http.Cookie{Name: "state", Value: state, Path: "/", HttpOnly: true})
	http.Redirect(w, r, config.AuthCodeURL(state, oauth2.AccessTypeOffline), http.StatusFound)
}

func callback(w http.ResponseWriter, r *http.Request) {
	if state := cookie(r, "state"); state == "" || r.FormValue("state") != state {
		http.Error(w, "state differs", http.StatusForbidden)
		return
	}
	token, err := config.Exchange(r.Context(), r.FormValue("code"))
	if err != nil {
		http.Error(w, "the provider refused", http.StatusBadGateway)
		return
	}
	session := random()
	clients.Store(session, config.Client(context.Background(), token))
	http.SetCookie(w, &http.Cookie{Name: "session", Value: session, Path: "/", HttpOnly: true})
	io.WriteString(w, "connected")
}

func call(w http.ResponseWriter, r *http.Request) {
	client, found := clients.Load(cookie(r, "session"))
	if !found {
		http.Error(w, "not connected", http.StatusUnauthorized)
		return
	}
	answer, err := client.(*http.Client).Get(resource)
	if err != nil {
		http.Error(w, "the provider did not answer", http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		w.WriteHeader(http.StatusBadGateway)
	}
	io.Copy(w, answer.Body)
}

func disconnect(w http.ResponseWriter, r *http.Request) {
	clients.Delete(cookie(r, "session"))
	io.WriteString(w, "disconnected")
}

func main() {
	http.HandleFunc("/connect", connect)
	http.HandleFunc("/callback", callback)
	http.HandleFunc("/call", call)
	http.HandleFunc("/disconnect", disconnect)
	log.Fatal(http.ListenAndServe("localhost:"+port, nil))
}
