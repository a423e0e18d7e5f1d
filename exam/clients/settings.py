"""What every application in Python reads: see settings.js."""
import os

provider = os.environ.get('EXAM_PROVIDER', 'mailup')
port = int(os.environ.get('PORT', '3000'))


def _variable(name):
    return os.environ[f'UNDERSTUDY_{provider.upper()}_{name}']


redirect_uri = f'http://localhost:{port}/callback'
authorize_url = _variable('AUTHORIZE_URL')
token_url = _variable('TOKEN_URL')
resource = _variable('API_URL') + os.environ.get('EXAM_API_PATH', '')
revoke_url = os.environ.get('EXAM_REVOKE_URL')
client_id = _variable('CLIENT_ID')
client_secret = _variable('CLIENT_SECRET')
