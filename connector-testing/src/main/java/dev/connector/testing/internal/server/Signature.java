package dev.connector.testing.internal.server;

import dev.connector.testing.internal.wire.WireRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the signature of a request says of the caller. Its date is the real clock's and says nothing here.
 *
 * @param accessKeyId the access key
 * @param region the Region it is signed for
 * @param service the service it is signed for
 * @param sessionToken the session; null for a user's key
 */
record Signature(
        String accessKeyId,
        String region,
        String service,
        @Nullable String sessionToken) {

    /** The lengths are bounded, so that the time to look through a long header grows no faster than the header. */
    private static final Pattern CREDENTIAL = Pattern.compile(
            "Credential=([!-~&&[^/,]]{1,128})/[0-9]{1,8}/([!-~&&[^/,]]{0,64})/([!-~&&[^/,]]{1,64})/aws4_request");

    /** The signature; null if the request has none. */
    static @Nullable Signature of(WireRequest request) {
        Matcher credential = CREDENTIAL.matcher(request.header("Authorization").orElse(""));
        return credential.find()
                ? new Signature(
                        credential.group(1),
                        credential.group(2),
                        credential.group(3),
                        request.header("X-Amz-Security-Token").orElse(null))
                : null;
    }

    @Override
    public String toString() {
        return "Signature[" + accessKeyId + ", " + region + ", " + service + "]";
    }
}
