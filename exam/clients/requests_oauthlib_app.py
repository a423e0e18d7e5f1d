"""requests-oauthlib, as its page "Refreshing tokens in OAuth 2" shows.

The page uses the session as its database, too.
"""
import os

from flask import Flask, redirect, request, session
from requests_oauthlib import OAuth2Session

import settings

app = Flask(__name__)
app.secret_key = os.urandom(24)


@app.get('/connect')
def connect():
    provider = OAuth2Session(settings.client_id, redirect_uri=settings.redirect_uri)
    url, session['oauth_state'] = provider.authorization_url(settings.authorize_url)
    return redirect(url)


@app.get('/callback')
def callback():
    provider = OAuth2Session(settings.client_id, redirect_uri=settings.redirect_uri, state=session['oauth_state'])
    session['oauth_token'] = provider.fetch_token(
        settings.token_url, client_secret=settings.client_secret, authorization_response=request.url
    )
    return 'connected'


def update(token):
    session['oauth_token'] = token


@app.get('/call')
def call():
    if 'oauth_token' not in session:
        return 'not connected', 401
    provider = OAuth2Session(
        settings.client_id,
        token=session['oauth_token'],
        auto_refresh_url=settings.token_url,
        auto_refresh_kwargs={'client_id': settings.client_id, 'client_secret': settings.client_secret},
        token_updater=update,
    )
    answer = provider.get(settings.resource)
    return answer.text, 200 if answer.ok else 502


@app.get('/disconnect')
def disconnect():
    session.pop('oauth_token', None)
    return 'disconnected'


app.run(host='localhost', port=settings.port)
