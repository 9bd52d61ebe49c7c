package io.venule.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Access tokens of demo users from the real identity provider, by authorization code with PKCE through its sign-in page, as a browser does
 * it; so the tokens carry when and how the person signed in.
 */
public final class Tokens {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern FORM_ADDRESS =
            Pattern.compile("<form[^>]*id=\"kc-form-login\"[^>]*action=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");
    /** Never connected to: the code is read from the redirect itself. */
    private static final String REDIRECT = "http://127.0.0.1/venule-cli";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** The realm's live for 5 minutes; a new sign-in well before that. */
    private static final Duration USE = Duration.ofMinutes(3);

    private final URI realm;
    private final Map<String, Held> held = new HashMap<>();

    private record Held(String token, long since) {}

    Tokens(URI realm) {
        this.realm = realm;
    }

    /** The user's token; a few minutes old at most, and the same for all who ask meanwhile. */
    public synchronized String held(DemoUser user) throws IOException, InterruptedException {
        var known = held.get(user.username());
        if (known == null || System.nanoTime() - known.since() > USE.toNanos()) {
            var since = System.nanoTime();
            known = new Held(of(user), since);
            held.put(user.username(), known);
        }
        return known.token();
    }

    /** A fresh access token for the user, who signs in anew. */
    public String of(DemoUser user) throws IOException, InterruptedException {
        var verifier = BASE64.encodeToString(SecureRandom.getSeed(32));
        try (var client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build()) {
            var page =
                    send(client, HttpRequest.newBuilder(signInAddress(verifier)).GET());
            var form = FORM_ADDRESS.matcher(page.body());
            if (!form.find()) {
                throw new IllegalStateException("no sign-in form: " + page.statusCode() + " " + page.body());
            }
            var answer = send(
                    client,
                    form(
                                    URI.create(form.group(1).replace("&amp;", "&")),
                                    Map.of("username", user.username(), "password", user.password()))
                            .header("Cookie", cookies(page)));
            var code = CODE.matcher(answer.headers().firstValue("Location").orElse(""));
            if (!code.find()) {
                throw new IllegalStateException("sign-in of " + user.username() + " answered " + answer.statusCode());
            }
            return exchange(client, code.group(1), verifier);
        }
    }

    private URI signInAddress(String verifier) {
        return URI.create(realm + "/protocol/openid-connect/auth?"
                + encoded(Map.of(
                        "client_id", "venule-cli",
                        "response_type", "code",
                        "scope", "openid",
                        "prompt", "login",
                        "redirect_uri", REDIRECT,
                        "code_challenge_method", "S256",
                        "code_challenge", challenge(verifier))));
    }

    private static String challenge(String verifier) {
        try {
            return BASE64.encodeToString(
                    MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The sign-in session's cookies; by hand, since Java's own store holds Secure cookies back even on loopback. */
    private static String cookies(HttpResponse<String> page) {
        return page.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .collect(Collectors.joining("; "));
    }

    private String exchange(HttpClient client, String code, String verifier) throws IOException, InterruptedException {
        var response = send(
                client,
                form(
                        URI.create(realm + "/protocol/openid-connect/token"),
                        Map.of(
                                "grant_type", "authorization_code",
                                "client_id", "venule-cli",
                                "code", code,
                                "redirect_uri", REDIRECT,
                                "code_verifier", verifier)));
        if (response.statusCode() != 200) {
            throw new IllegalStateException("token request answered " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body()).get("access_token").textValue();
    }

    private static HttpRequest.Builder form(URI address, Map<String, String> fields) {
        return HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(fields)));
    }

    private static String encoded(Map<String, String> fields) {
        return new TreeMap<>(fields)
                .entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.timeout(Duration.ofSeconds(30)).build(), HttpResponse.BodyHandlers.ofString());
    }
}
