# oauth2, as its README shows. The example there sends no state.
require 'securerandom'
require 'oauth2'
require 'sinatra/base'

PROVIDER = ENV.fetch('EXAM_PROVIDER', 'mailup').upcase
PORT = ENV.fetch('PORT', '3000')
REDIRECT_URI = "http://localhost:#{PORT}/callback"

def variable(name)
  ENV.fetch("UNDERSTUDY_#{PROVIDER}_#{name}")
end

CLIENT = OAuth2::Client.new(
  variable('CLIENT_ID'),
  variable('CLIENT_SECRET'),
  site: variable('BASE_URL'),
  authorize_url: variable('AUTHORIZE_URL'),
  token_url: variable('TOKEN_URL')
)

class Application < Sinatra::Base
  # tokens by session
  TOKENS = {}

  enable :sessions
  set :port, PORT
  set :bind, 'localhost'
  set :server, 'webrick'
  set :environment, :production

  get '/connect' do
    redirect CLIENT.auth_code.authorize_url(redirect_uri: REDIRECT_URI)
  end

  get '/callback' do
    session[:id] ||= SecureRandom.uuid
    TOKENS[session[:id]] = CLIENT.auth_code.get_token(params[:code], redirect_uri: REDIRECT_URI)
    'connected'
  end

  get '/call' do
    token = TOKENS[session[:id]]
    halt 401, 'not connected' if token.nil?
    token = TOKENS[session[:id]] = token.refresh! if token.expired?
    token.get(variable('API_URL') + ENV.fetch('EXAM_API_PATH', '')).body
  end

  get '/disconnect' do
    TOKENS.delete(session[:id])
    'disconnected'
  end

  error OAuth2::Error do
    halt 502, 'the provider refused'
  end

  run!
end
