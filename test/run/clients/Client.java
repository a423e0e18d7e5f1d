import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

class Client {
  private static final String INFO =
      "https://services.mailup.com/API/v1.1/Rest/ConsoleService.svc/Console/Authentication/Info";
  private static final HttpClient client = HttpClient.newHttpClient();

  private static String send(HttpRequest.Builder request) throws Exception {
    var answer = client.send(request.build(), BodyHandlers.ofString());
    var text = answer.body().replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r");
    return "{\"status\":" + answer.statusCode() + ",\"text\":\"" + text + "\"}";
  }

  private static HttpRequest.Builder refresh(String secret) {
    return HttpRequest.newBuilder(URI.create("https://services.mailup.com/Authorization/OAuth/Token"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(
            HttpRequest.BodyPublishers.ofString(
                "grant_type=password&username=ada%40example.test&password=understudy"
                    + "&client_id=understudy-client&client_secret="
                    + secret));
  }

  public static void main(String[] args) throws Exception {
    var right = send(refresh("understudy-secret"));
    var access = right.replaceAll(".*access_token\\\\\":\\\\\"", "").replaceAll("\\\\.*", "");
    System.out.println(
        "["
            + String.join(
                ",",
                send(refresh("wrong")),
                right,
                send(HttpRequest.newBuilder(URI.create(INFO)).header("Authorization", "Bearer " + access)),
                send(HttpRequest.newBuilder(URI.create("https://api.tinyemail.com/v1/customers"))))
            + "]");
  }
}
