import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/* By itself it asks for an upgrade to HTTP/2 with each first request. */
public class JavaHttpClient {
	static final HttpClient client = HttpClient.newHttpClient();
	static URI url;

	static HttpResponse<String> save(String tag, String body) throws Exception {
		return client.send(HttpRequest.newBuilder(url)
			.method("PATCH", BodyPublishers.ofString(body))
			.header("If-Match", tag)
			.header("Content-Type", "application/merge-patch+json")
			.build(), BodyHandlers.ofString());
	}

	public static void main(String[] args) throws Exception {
		url = URI.create(args[0]);
		var first = client.send(HttpRequest.newBuilder(url).build(),
			BodyHandlers.ofString());
		var tag = first.headers().firstValue("ETag").get();
		var again = client.send(HttpRequest.newBuilder(url)
			.header("If-None-Match", tag).build(), BodyHandlers.ofString());
		var saved = save(tag, "{\"body\":\"java\"}");
		var stale = save(tag, "{\"body\":\"lost\"}");
		System.out.println(first.statusCode() + " " + again.statusCode()
			+ " " + saved.statusCode() + " " + stale.statusCode());
	}
}
