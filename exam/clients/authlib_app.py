"""Authlib, as its pages "Web OAuth Clients" and "Flask OAuth Client" show."""
import os

from authlib.integrations.flask_client import OAuth
from flask import Flask, session

import settings

app = Flask(__name__)
app.secret_key = os.urandom(24)


def update_token(name, token, refresh_token=None, access_token=None):
    session['token'] = token


oauth = OAuth(app, update_token=update_token)
provider = oauth.register(
    name='provider',
    client_id=settings.client_id,
    client_secret=settings.client_secret,
    access_token_url=settings.token_url,
    authorize_url=settings.authorize_url,
    # the endpoint of a refresh has this name in the metadata of a server (RFC 8414), which the provider does not
    # publish
    token_endpoint=settings.token_url,
)


@app.get('/connect')
def connect():
    return provider.authorize_redirect(settings.redirect_uri)


@app.get('/callback')
def callback():
    session['token'] = provider.authorize_access_token()
    return 'connected'


@app.get('/call')
def call():
    if 'token' not in session:
        return 'not connected', 401
    answer = provider.get(settings.resource, token=session['token'])
    return answer.text, 200 if answer.ok else 502


@app.get('/disconnect')
def disconnect():
    session.pop('token', None)
    return 'disconnected'


app.run(host='localhost', port=settings.port)
