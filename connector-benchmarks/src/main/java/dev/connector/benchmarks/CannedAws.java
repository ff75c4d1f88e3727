package dev.connector.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * An HTTP client that answers at once, as AWS STS and IAM would for one user and one group: so that nothing is measured but the client's side, and the
 * same below both of those that are compared.
 *
 * <p>Thread-safe.
 */
final class CannedAws implements SdkHttpClient {

    private static final Duration SESSION = Duration.ofHours(1);
    private static final String USER = """
            <Path>/</Path><UserName>%s</UserName><UserId>AIDACKCEVSQ6C2EXAMPLE</UserId>\
            <Arn>arn:aws:iam::111122223333:user/%<s</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate>\
            """.formatted(Account.USER);
    private static final String GROUP = """
            <Path>%s</Path><GroupName>%s</GroupName><GroupId>AGPACKCEVSQ6C2EXAMPLE</GroupId>\
            <Arn>arn:aws:iam::111122223333:group%1$s%2$s</Arn><CreateDate>2026-01-01T00:00:00Z</CreateDate>\
            """.formatted(Account.PATH, Account.GROUP);
    private static final String GET_USER = iam("GetUser", "<User>" + USER + "</User>");
    private static final String GET_GROUP_WITH = group("<member>" + USER + "</member>");
    private static final String GET_GROUP_WITHOUT = group("");
    private static final String ADD = iam("AddUserToGroup", "");
    private static final String REMOVE = iam("RemoveUserFromGroup", "");

    private final InstantSource clock;
    private final Consumer<String> onRequest;
    private volatile boolean member;

    /** @param onRequest is told of each request's body before it is answered, on the caller's thread */
    CannedAws(InstantSource clock, Consumer<String> onRequest) {
        this.clock = clock;
        this.onRequest = onRequest;
    }

    static CannedAws quiet() {
        return new CannedAws(InstantSource.system(), body -> {});
    }

    private static String group(String members) {
        return iam(
                "GetGroup",
                "<Group>" + GROUP + "</Group><Users>" + members + "</Users><IsTruncated>false</IsTruncated>");
    }

    private static String iam(String operation, String result) {
        return answer(operation, "https://iam.amazonaws.com/doc/2010-05-08/", result);
    }

    private static String answer(String operation, String namespace, String result) {
        return "<" + operation + "Response xmlns=\"" + namespace + "\"><" + operation + "Result>" + result + "</"
                + operation + "Result><ResponseMetadata><RequestId>7a62c49f-347e-4fc4-9331-6e8eEXAMPLE</RequestId>"
                + "</ResponseMetadata></" + operation + "Response>";
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                String body = read(request.contentStreamProvider().orElseThrow());
                onRequest.accept(body);
                return response(answer(body));
            }

            /** Does nothing: the answer is never under way. */
            @Override
            public void abort() {}
        };
    }

    private static String read(ContentStreamProvider content) throws IOException {
        try (InputStream stream = content.newStream()) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String answer(String body) {
        String operation = operation(body);
        return switch (operation) {
            case "AssumeRole" -> assumedRole();
            case "GetUser" -> GET_USER;
            case "GetGroup" -> member ? GET_GROUP_WITH : GET_GROUP_WITHOUT;
            case "AddUserToGroup" -> {
                member = true;
                yield ADD;
            }
            case "RemoveUserFromGroup" -> {
                member = false;
                yield REMOVE;
            }
            default -> throw new IllegalArgumentException("There is no answer to " + operation);
        };
    }

    /** The operation that the body of a request asks for. */
    static String operation(String body) {
        int begin = body.indexOf("Action=") + "Action=".length();
        int end = body.indexOf('&', begin);
        return body.substring(begin, end < 0 ? body.length() : end);
    }

    private String assumedRole() {
        return answer(
                "AssumeRole",
                "https://sts.amazonaws.com/doc/2011-06-15/",
                "<AssumedRoleUser><AssumedRoleId>AROACKCEVSQ6C2EXAMPLE:connector-main</AssumedRoleId>"
                        + "<Arn>arn:aws:sts::111122223333:assumed-role/SymIAMMain/connector-main</Arn></AssumedRoleUser>"
                        + "<Credentials><AccessKeyId>ASIAIOSFODNN7EXAMPLE</AccessKeyId>"
                        + "<SecretAccessKey>wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY</SecretAccessKey>"
                        + "<SessionToken>FwoGZXIvYXdzEXAMPLE</SessionToken><Expiration>"
                        + clock.instant().plus(SESSION) + "</Expiration></Credentials>");
    }

    private static HttpExecuteResponse response(String answer) {
        byte[] body = answer.getBytes(StandardCharsets.UTF_8);
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(200)
                        .putHeader("Content-Type", "text/xml")
                        .putHeader("Content-Length", Integer.toString(body.length))
                        .putHeader("x-amzn-RequestId", "7a62c49f-347e-4fc4-9331-6e8eEXAMPLE")
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(body)))
                .build();
    }

    @Override
    public String clientName() {
        return "CannedAws";
    }

    /** Does nothing: there is nothing to close. */
    @Override
    public void close() {}
}
