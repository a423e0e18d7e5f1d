require 'json'
require 'net/http'

def form(secret)
  {
    grant_type: 'password', username: 'ada@example.test', password: 'understudy',
    client_id: 'understudy-client', client_secret: secret
  }
end

token = URI('https://services.mailup.com/Authorization/OAuth/Token')
info = URI('https://services.mailup.com/API/v1.1/Rest/ConsoleService.svc/Console/Authentication/Info')
wrong = Net::HTTP.post_form(token, form('wrong'))
right = Net::HTTP.post_form(token, form('understudy-secret'))
bearer = { 'Authorization' => "Bearer #{JSON.parse(right.body)['access_token']}" }
answers = [
  wrong,
  right,
  Net::HTTP.get_response(info, bearer),
  Net::HTTP.get_response(URI('https://api.tinyemail.com/v1/customers'))
]
puts JSON.generate(answers.map { |answer| { status: answer.code.to_i, text: answer.body } })
