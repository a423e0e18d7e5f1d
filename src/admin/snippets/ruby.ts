import { comments, doneText, partsOf, quoted, redirectUriCode, wrongStateText } from './text.js';
import type { ClientSetup } from './client-setup.js';

/** A client in one file for Ruby, with its standard library alone. */
export function rubySnippet(setup: ClientSetup): string {
  const parts = partsOf(setup);
  const { authorizeUrl, tokenUrl, refreshUrl, callUrl, clientId, clientSecret, statePlace, port, path, isBasic } =
    parts;
  const loginLines = parts.login.map(([name, text]) => `  ${quoted(name)} => ${quoted(text)},\n`);
  const secrets = parts.credentials.map(([name, text]) => `, ${quoted(name)} => ${quoted(text)}`);
  const basic = isBasic ? `  request.basic_auth(${quoted(clientId)}, ${quoted(clientSecret)})\n` : '';
  const check = parts.isChecked ? `abort '${wrongStateText}' unless query['state'] == state\n` : '';
  return `# Ruby 2.7 or newer: ruby client.rb
require 'json'
require 'net/http'
require 'securerandom'
require 'socket'
require 'uri'

${comments(setup, '#')}
state = SecureRandom.hex(16)
redirect_uri = ${redirectUriCode(setup, ' + state')}
login = URI.encode_www_form(
${loginLines.join('')}  'redirect_uri' => redirect_uri,
${statePlace === 'parameter' ? "  'state' => state,\n" : ''})
puts ${quoted(`Open ${authorizeUrl}?`)} + login
$stdout.flush

def send_request(url, request)
  Net::HTTP.start(url.host, url.port, use_ssl: url.scheme == 'https') { |http| http.request(request) }
end

def request_tokens(address, parameters)
  url = URI(address)
  request = Net::HTTP::Post.new(url)
${basic}  request.set_form_data({ **parameters${secrets.join('')} })
  answer = send_request(url, request)
  raise answer.body unless answer.is_a?(Net::HTTPSuccess)
  JSON.parse(answer.body)
end

server = TCPServer.new('127.0.0.1', ${port})
query = nil
while query.nil?
  client = server.accept
  url = URI(client.gets.split[1])
  if url.path == ${quoted(path)}
    query = URI.decode_www_form(url.query.to_s).to_h
    client.write "HTTP/1.1 200 OK\\r\\nConnection: close\\r\\n\\r\\n${doneText}"
  else
    client.write "HTTP/1.1 404 Not Found\\r\\nConnection: close\\r\\n\\r\\n"
  end
  client.close
end
${check}
tokens = request_tokens(
  ${quoted(tokenUrl)},
  'grant_type' => 'authorization_code', 'code' => query['code'], 'redirect_uri' => redirect_uri
)
url = URI(${quoted(callUrl)})
answer = send_request(url, Net::HTTP::Get.new(url, 'Authorization' => "Bearer #{tokens['access_token']}"))
puts "API #{answer.code} #{answer.body}"

# later, when the access token has expired
tokens = request_tokens(
  ${quoted(refreshUrl)},
  'grant_type' => 'refresh_token', 'refresh_token' => tokens['refresh_token']
)
puts "Refreshed: valid for #{tokens['expires_in']} seconds"
`;
}
