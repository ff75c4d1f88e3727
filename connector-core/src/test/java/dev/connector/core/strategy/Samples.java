package dev.connector.core.strategy;

import dev.connector.core.ConnectorClock;
import dev.connector.testing.SimulatedAws;
import dev.connector.testing.SimulatedClock;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;

/** What tests of strategies begin with. */
final class Samples {

    static final UUID REQUEST_ID = UUID.fromString("ff30a212-24d9-459c-8784-de275042b083");
    static final UUID OTHER_REQUEST_ID = UUID.fromString("0b9f7c1e-3f5d-4f0e-9a55-6d3a7c2f1e88");
    static final Instant REQUESTED_AT = Instant.parse("2026-03-01T12:00:00Z");
    static final Instant GRANTED_AT = Instant.parse("2026-03-01T12:00:07.123456789Z");
    static final Instant ENDED_AT = Instant.parse("2026-03-01T13:00:09Z");

    /** What would start a line, move a cursor or turn the reading direction wherever it is printed. */
    static final String FORGERY = "x\n2026-03-01 INFO forged\r\u001b[2K\u202egro\u2028\u0085\ufeff";

    private Samples() {}

    static SimulatedClock clock() {
        try (SimulatedAws aws = SimulatedAws.create()) {
            return aws.clock();
        }
    }

    static ConnectorClock connectorClock(SimulatedClock clock) {
        return ConnectorClock.of(clock, clock::nanos, clock::sleep, clock::await);
    }

    static Requester requester() {
        return Requester.of("ada@example.com");
    }

    static Requester fullRequester() {
        return Requester.builder("ada@example.com")
                .name("Ada Lovelace")
                .srn(Srn.parse("sym:user:ada:1.0.0"))
                .identity(texts("service", "slack", "user_id", "U0123456789"))
                .build();
    }

    static Actor fullActor() {
        return Actor.builder("grace@example.com")
                .name("Grace Hopper")
                .srn(Srn.parse("sym:user:grace:1.0.0"))
                .identity(texts("service", "web"))
                .build();
    }

    static TargetSnapshot target() {
        return TargetSnapshot.builder("door", "front-door")
                .putSettings("door", "front")
                .build();
    }

    static TargetSnapshot fullTarget() {
        return TargetSnapshot.builder("door", "front-door")
                .label("Front door")
                .srn(Srn.parse("sym:target:front_door:1.0.0"))
                .settings(texts("door", "front", "floor", "0"))
                .build();
    }

    static GrantScope scope() {
        return GrantScope.of("aws", "111122223333");
    }

    static GrantScope otherScope() {
        return GrantScope.of("aws", "444455556666");
    }

    static GrantScope fullScope() {
        return GrantScope.builder("aws", "111122223333")
                .instanceArn("arn:aws:sso:::instance/ssoins-1111111111111111")
                .identityStoreId("d-1111111111")
                .roleArn("arn:aws:iam::111122223333:role/sym/SymDoorMain")
                .build();
    }

    static RunContext fullRun() {
        return RunContext.builder()
                .srn(Srn.parse("sym:run:lambda_access:1.0.0:ff30a212-24d9-459c-8784-de275042b083"))
                .parent(Srn.parse("sym:run:parent:latest"))
                .flow(Srn.parse("sym:flow:door_access:1.2.3"))
                .template(Srn.parse("sym:template:approval:1.0.0"))
                .channel("slack")
                .build();
    }

    static AccessRequest<TargetSnapshot> request() {
        return requestOf(target()).build();
    }

    static <T extends AccessTarget> AccessRequest.Builder<T> requestOf(T target) {
        AccessRequest.Builder<T> request = AccessRequest.builder(requester(), target);
        request.id(REQUEST_ID).requestedAt(REQUESTED_AT).duration(Duration.ofHours(1));
        return request;
    }

    static AccessRequest<TargetSnapshot> fullRequest() {
        AccessRequest.Builder<TargetSnapshot> request = AccessRequest.builder(fullRequester(), fullTarget());
        return request.id(REQUEST_ID)
                .requestedAt(REQUESTED_AT)
                .notAfter(REQUESTED_AT.plusSeconds(60))
                .duration(Duration.ofMinutes(90))
                .maxWait(Duration.ofSeconds(90, 500_000_000))
                .reason("INC-42: the lamp is \"broken\"")
                .actor(fullActor())
                .addOpenGrants(openGrant())
                .lastEndedAt(REQUESTED_AT.minusSeconds(3_600))
                .mayHaveRun(true)
                .run(fullRun())
                .scope(fullScope())
                .build();
    }

    /** Nobody knows more of it than must be known. */
    static Grant preparedGrant() {
        return Grant.prepared(request(), scope(), "AIDAADA", Prior.ABSENT);
    }

    static Grant grantedGrant() {
        return preparedGrant().granted(GRANTED_AT);
    }

    /** Another grant of the same access. */
    static Grant openGrant() {
        return grantedGrant().toBuilder().requestId(OTHER_REQUEST_ID).build();
    }

    static Grant openGrant(Prior prior) {
        return openGrant().toBuilder().prior(prior).build();
    }

    /** A grant with a random id. */
    static Grant grantOf(AccessTarget target, GrantScope scope) {
        AccessRequest<AccessTarget> request = AccessRequest.builder(requester(), target)
                .requestedAt(REQUESTED_AT)
                .duration(Duration.ofHours(1))
                .build();
        return Grant.prepared(request, scope, "AIDAADA", Prior.ABSENT);
    }

    static Grant fullGrant() {
        return Grant.prepared(fullRequest(), fullScope(), "AIDAADA", Prior.UNKNOWN).granted(GRANTED_AT).toBuilder()
                .principalName("ada")
                .targetId("target-1")
                .membershipId("membership-1")
                .awsRequestId("request-1")
                .confirmed(true)
                .build();
    }

    static Revocation fullRevocation() {
        return Revocation.builder(fullGrant(), Revocation.Result.REVOKED)
                .confirmed(true)
                .endedAt(ENDED_AT)
                .addRemaining(
                        RemainingAccess.of(RemainingAccess.Kind.SESSIONS, "sessions of ada")
                                .until(ENDED_AT.plusSeconds(3_600)),
                        RemainingAccess.of(RemainingAccess.Kind.GROUP, "through the group Keepers"))
                .remainingComplete(true)
                .build();
    }

    /** Texts that are hard to write down and read back. */
    static Stream<String> oddTexts() {
        return Stream.of(
                "",
                " ",
                "\"\\/\b\f\n\r\t",
                "\u0000\u0001\u001f\u007f\u0080\u009f",
                "\u2028\u2029\u202e\u2066\ufeff",
                "e\u0301 and \u00e9",
                "\ud83d\udd11 \ud83d\udc69\u200d\ud83d\udcbb",
                "\ud800 alone",
                "{\"version\": 2}",
                "</script>",
                FORGERY);
    }

    /** The text of a golden file, without the line's end. */
    static String golden(String name) {
        try (InputStream file = Objects.requireNonNull(Samples.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, String> texts(String... keysAndValues) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            texts.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return texts;
    }
}
