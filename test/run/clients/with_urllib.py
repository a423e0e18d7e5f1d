import json
import urllib.error
import urllib.parse
import urllib.request


def send(url, form=None, bearer=None):
    data = None if form is None else urllib.parse.urlencode(form).encode()
    try:
        headers = {} if bearer is None else {"Authorization": "Bearer " + bearer}
        with urllib.request.urlopen(urllib.request.Request(url, data, headers)) as answer:
            return {"status": answer.status, "text": answer.read().decode()}
    except urllib.error.HTTPError as error:
        return {"status": error.code, "text": error.read().decode()}


def form(secret):
    return {
        "grant_type": "password",
        "username": "ada@example.test",
        "password": "understudy",
        "client_id": "understudy-client",
        "client_secret": secret,
    }


token = "https://services.mailup.com/Authorization/OAuth/Token"
info = "https://services.mailup.com/API/v1.1/Rest/ConsoleService.svc/Console/Authentication/Info"
wrong = send(token, form("wrong"))
right = send(token, form("understudy-secret"))
call = send(info, bearer=json.loads(right["text"])["access_token"])
other = send("https://api.tinyemail.com/v1/customers")
print(json.dumps([wrong, right, call, other]))
