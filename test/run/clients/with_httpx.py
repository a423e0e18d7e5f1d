import json

import httpx


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
wrong = httpx.post(token, data=form("wrong"))
right = httpx.post(token, data=form("understudy-secret"))
call = httpx.get(info, headers={"Authorization": "Bearer " + right.json()["access_token"]})
other = httpx.get("https://api.tinyemail.com/v1/customers")
answers = [wrong, right, call, other]
print(json.dumps([{"status": answer.status_code, "text": answer.text} for answer in answers]))
