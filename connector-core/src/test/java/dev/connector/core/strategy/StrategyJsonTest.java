package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The stored forms. The golden files are what this version and all later ones must go on reading: a change of a form gets a new version, and a new file beside
 * the old one.
 */
class StrategyJsonTest {

    private static final String SECRET = "s3cr3t";

    @Test
    void grant_whenEveryFieldIsPresent_isWrittenAndReadAsInVersion1() {
        String golden = Samples.golden("grant-v1.json");

        assertThat(Samples.fullGrant().toJson()).isEqualTo(golden);
        assertThat(Grant.fromJson(golden)).isEqualTo(Samples.fullGrant());
    }

    @Test
    void grant_whenNoOptionalFieldIsPresent_isWrittenAndReadAsInVersion1() {
        Grant minimal = Samples.preparedGrant().toBuilder()
                .target(TargetSnapshot.builder("door", "front-door").build())
                .build();
        String golden = Samples.golden("grant-v1-minimal.json");

        assertThat(minimal.toJson()).isEqualTo(golden);
        assertThat(Grant.fromJson(golden)).isEqualTo(minimal);
    }

    @Test
    void revocation_whenEveryFieldIsPresent_isWrittenAndReadAsInVersion1() {
        String golden = Samples.golden("revocation-v1.json");

        assertThat(Samples.fullRevocation().toJson()).isEqualTo(golden);
        assertThat(Revocation.fromJson(golden)).isEqualTo(Samples.fullRevocation());
    }

    @Test
    void revocation_whenAccessIsKeptInUse_keepsByWhom() {
        Revocation kept = Revocation.builder(Samples.preparedGrant(), Revocation.Result.KEPT_IN_USE)
                .inUseBy(Samples.OTHER_REQUEST_ID)
                .build();

        assertThat(Revocation.fromJson(kept.toJson())).isEqualTo(kept);
        assertThat(kept.toJson())
                .contains("\"in_use_by\":\"" + Samples.OTHER_REQUEST_ID + "\"")
                .doesNotContain("ended_at", "\"remaining\"");
    }

    @Test
    void request_whenEveryFieldIsPresent_isWrittenAndReadAsInVersion1() {
        String golden = Samples.golden("access-request-v1.json");

        assertThat(Samples.fullRequest().toJson()).isEqualTo(golden);
        AccessRequest<AccessTarget> read = AccessRequest.fromJson(golden, TargetType.any());
        assertThat(read).isEqualTo(Samples.fullRequest());
    }

    @Test
    void request_whenNoOptionalFieldIsPresent_readsBackEqual() {
        AccessRequest<DoorTarget> request =
                Samples.requestOf(DoorTarget.of("back")).build();

        assertThat(AccessRequest.fromJson(request.toJson(), DoorTarget.TYPE)).isEqualTo(request);
    }

    @Test
    void request_whenTargetIsOfAnotherType_isRefused() {
        String json = Samples.requestOf(new WindowTarget("w1")).build().toJson();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessRequest.fromJson(json, DoorTarget.TYPE))
                .withMessageContaining("not of the type door");
    }

    @Test
    void request_whenItsOpenGrantsAreTooManyToBeReadBack_isNotWritten() {
        AccessRequest<TargetSnapshot> request = Samples.request().toBuilder()
                .openGrants(Collections.nCopies(2_000, Samples.fullGrant()))
                .build();

        assertThatIllegalStateException()
                .isThrownBy(request::toJson)
                .withMessageContaining(Samples.REQUEST_ID.toString())
                .withMessageContaining("2000 open grants");
    }

    /** A service that was rolled back must not end, or give, what it only half understands. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, Integer.MAX_VALUE})
    void fromJson_whenVersionIsNewer_saysWhatToDo(int version) {
        String newer = "\"version\":" + version;
        String grant = Samples.golden("grant-v1.json").replace("\"version\":1", newer + ",\"a_new_field\":{}");
        String revocation = Samples.golden("revocation-v1.json").replaceFirst("\"version\":1", newer);
        String request = Samples.golden("access-request-v1.json").replaceFirst("\"version\":1", newer);

        assertThatThrownBy(() -> Grant.fromJson(grant))
                .isExactlyInstanceOf(GrantRejectedException.class)
                .hasMessageContaining("the grant: its JSON is of version " + version)
                .hasMessageContaining("Use the version of the library that wrote it, or a newer one");
        assertThatThrownBy(() -> Revocation.fromJson(revocation))
                .isExactlyInstanceOf(GrantRejectedException.class)
                .hasMessageContaining("the revocation: its JSON is of version " + version);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessRequest.fromJson(request, TargetType.any()))
                .withMessageContaining("the access request: its JSON is of version " + version);
    }

    @Test
    void fromJson_whenGrantInsideIsNewer_isRefusedInTheWayOfTheDocument() {
        String revocation = withVersionOfGrantInside(Samples.golden("revocation-v1.json"));
        String request = withVersionOfGrantInside(Samples.golden("access-request-v1.json"));

        assertThatThrownBy(() -> Revocation.fromJson(revocation)).isExactlyInstanceOf(GrantRejectedException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessRequest.fromJson(request, TargetType.any()))
                .withMessageContaining("the grant: its JSON is of version 2");
    }

    private static String withVersionOfGrantInside(String json) {
        int inside = json.lastIndexOf("\"version\":1");
        return json.substring(0, inside) + "\"version\":2" + json.substring(inside + "\"version\":1".length());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "1.0",
                "1e0",
                "1.5",
                "99999999999",
                "1e999999999",
                "\"1\"",
                "null",
                "true",
                "[1]",
                "{}"
            })
    void fromJson_whenVersionIsNoVersion_isNoGrant(String version) {
        String grant = Samples.golden("grant-v1.json").replace("\"version\":1", "\"version\":" + version);
        String request =
                Samples.golden("access-request-v1.json").replaceFirst("\"version\":1", "\"version\":" + version);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.fromJson(grant))
                .withMessageContaining("version");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessRequest.fromJson(request, TargetType.any()))
                .withMessageContaining("version");
    }

    @Test
    void fromJson_whenVersionHasThousandsOfDigits_isNoGrant() {
        String json = Samples.golden("grant-v1.json").replace("\"version\":1", "\"version\":1" + "0".repeat(5_000));

        assertThatIllegalArgumentException().isThrownBy(() -> Grant.fromJson(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "null", "[]", "1", "\"grant\"", "{", "{}", "{]", "\ufeff{}", "{'version': 1}"})
    void fromJson_whenTextIsNoGrant_isRefused(String json) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.fromJson(json))
                .withMessageContaining("The JSON of the grant");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Revocation.fromJson(json))
                .withMessageContaining("The JSON of the revocation");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessRequest.fromJson(json, TargetType.any()))
                .withMessageContaining("The JSON of the access request");
    }

    @Test
    void fromJson_whenTextIsCutAnywhere_isRefused() {
        String golden = Samples.golden("grant-v1.json");

        assertThat(IntStream.range(0, golden.length()).mapToObj(end -> golden.substring(0, end)))
                .allSatisfy(cut -> assertThatIllegalArgumentException().isThrownBy(() -> Grant.fromJson(cut)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "1", "]", "}", ",", "x"})
    void fromJson_whenMoreFollows_isRefused(String more) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.fromJson(Samples.golden("grant-v1.json") + more))
                .withMessageContaining("malformed");
    }

    /** Each field of each object, gone, {@code null} or of another type. */
    @ParameterizedTest
    @CsvSource({
        "request_id, grant",
        "state, grant",
        "duration, grant",
        "requested_at, grant",
        "not_after, grant",
        "max_wait, grant",
        "principal_id, grant",
        "prior, grant",
        "username, requester of the grant",
        "partition, scope of the grant",
        "account_id, scope of the grant",
        "type, target of the grant",
    })
    void fromJson_whenNeededTextIsMissingOrNoText_namesTheField(String field, String where) {
        String golden = Samples.golden("grant-v1-minimal.json");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.fromJson(golden.replaceFirst("\"" + field + "\":\"[^\"]*\",?", "")
                        .replace(",}", "}")))
                .withMessage("The JSON of the " + where + " lacks the field " + field + ".");
        for (String value : List.of("null", "1", "true", "[]", "{}")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Grant.fromJson(with(golden, field, value)))
                    .withMessage("The field " + field + " of the " + where + " must be a text.");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"reason", "principal_name", "membership_id", "aws_request_id", "granted_at", "channel", "label"})
    void fromJson_whenTextThatMayBeAbsentIsNull_namesTheField(String field) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.fromJson(with(Samples.golden("grant-v1.json"), field, "null")))
                .withMessageStartingWith("The field " + field + " of the ")
                .withMessageEndingWith(" must be a text.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"true\"", "0"})
    void fromJson_whenFlagIsNoFlag_namesTheField(String value) {
        String json = Samples.golden("grant-v1.json").replace("\"confirmed\":true", "\"confirmed\":" + value);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.fromJson(json))
                .withMessage("The field confirmed of the grant must be true or false.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"requester", "target", "scope"})
    void fromJson_whenObjectIsMissingOrNone_namesTheField(String field) {
        String golden = Samples.golden("grant-v1-minimal.json");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.fromJson(golden.replaceFirst("\"" + field + "\":\\{[^}]*},", "")))
                .withMessage("The JSON of the grant lacks the field " + field + ".");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Grant.fromJson(golden.replaceFirst("\"" + field + "\":\\{[^}]*}", "\"" + field + "\":[]")))
                .withMessage("The JSON of the " + field + " of the grant must be an object.");
    }

    @Test
    void fromJson_whenListIsNone_namesTheField() {
        String remaining =
                Samples.golden("revocation-v1.json").replaceFirst("\"remaining\":\\[.*]", "\"remaining\":{}");
        String open =
                Samples.golden("access-request-v1.json").replaceFirst("\"open_grants\":\\[.*]", "\"open_grants\":[1]");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Revocation.fromJson(remaining))
                .withMessage("The field remaining of the revocation must be a list.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessRequest.fromJson(open, TargetType.any()))
                .withMessage("The JSON of the open_grants of the access request must be an object.");
    }

    /** A fault's message is logged, and the fault may be that a secret stands in the wrong place. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "request_id | a UUID",
                "state | one of [prepared, pending, granted, ending]",
                "prior | one of [present, absent, unknown]",
                "duration | a duration as in PT1H",
                "max_wait | a duration as in PT1H",
                "requested_at | an instant as in 2026-01-31T12:00:00Z",
                "not_after | an instant as in 2026-01-31T12:00:00Z",
                "granted_at | an instant as in 2026-01-31T12:00:00Z",
                "srn | a resource name as in sym:run:lambda_access:1.0.0",
            })
    void fromJson_whenValueCannotBeRead_saysItsFormAndQuotesNothing(String field, String form) {
        String json = with(Samples.golden("grant-v1.json"), field, "\"" + SECRET + "\"");

        assertThatThrownBy(() -> Grant.fromJson(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The field " + field + " of the ")
                .hasMessageEndingWith(" must be " + form + ".")
                .hasNoCause()
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain(SECRET));
    }

    @Test
    void fromJson_whenTextIsMalformed_saysWhereAndQuotesNothing() {
        assertThatThrownBy(() -> Grant.fromJson("{\"version\": 1,\n \"reason\": " + SECRET + "}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at line 2, column ")
                .hasNoCause()
                .satisfies(thrown -> assertThat(thrown.getMessage()).doesNotContain(SECRET));
    }

    /** Java itself reads the first as the second, and cuts the third: two keys would become one. */
    @ParameterizedTest
    @ValueSource(
            strings = {"1-1-1-1-1", "1ff30a212-24d9-459c-8784-de275042b08", "ff30a21224d9459c8784de275042b083", " ", ""
            })
    void fromJson_whenUuidIsNotInItsOneForm_isRefused(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.fromJson(with(Samples.golden("grant-v1.json"), "request_id", "\"" + id + "\"")))
                .withMessage("The field request_id of the grant must be a UUID.");
    }

    @Test
    void fromJson_whenUuidIsInCapitals_readsIt() {
        String json = Samples.golden("grant-v1.json").replace("\"request_id\":\"ff30a212", "\"request_id\":\"FF30A212");

        assertThat(Grant.fromJson(json)).isEqualTo(Samples.fullGrant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"GRANTED", "Granted", "given", ""})
    void fromJson_whenConstantIsNotInItsOneForm_isRefused(String state) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.fromJson(with(Samples.golden("grant-v1.json"), "state", "\"" + state + "\"")))
                .withMessageContaining("The field state of the grant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "requester", "target", "settings", "run", "scope"})
    void fromJson_whenFieldStandsTwice_isRefused(String object) {
        String open = object.isEmpty() ? "{" : "\"" + object + "\":{";
        String json = Samples.golden("grant-v1.json").replaceFirst(Pattern.quote(open), open + "\"a\":1,\"a\":1,");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.fromJson(json))
                .withMessageContaining("holds a field twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"requester", "target", "actor", "run", "scope"})
    void fromJson_whenObjectHoldsAnUnknownField_namesIt(String object) {
        String open = "\"" + object + "\":{";
        String json = Samples.golden("grant-v1.json").replace(open, open + "\"surprise\":\"" + SECRET + "\",");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.fromJson(json))
                .withMessage("The JSON of the " + object + " of the grant holds unknown fields: surprise.");
    }

    @Test
    void fromJson_whenDocumentHoldsAnUnknownField_namesIt() {
        Stream.of("grant-v1.json", "revocation-v1.json", "access-request-v1.json")
                .forEach(name -> {
                    String json = Samples.golden(name).replaceFirst("\\{", "{\"surprise\":1,");
                    assertThatIllegalArgumentException()
                            .as(name)
                            .isThrownBy(() -> read(name, json))
                            .withMessageEndingWith("holds unknown fields: surprise.");
                });
        String remaining = Samples.golden("revocation-v1.json").replace("{\"kind\"", "{\"surprise\":1,\"kind\"");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Revocation.fromJson(remaining))
                .withMessageEndingWith("holds unknown fields: surprise.");
    }

    private static Object read(String name, String json) {
        return switch (name) {
            case "grant-v1.json" -> Grant.fromJson(json);
            case "revocation-v1.json" -> Revocation.fromJson(json);
            default -> AccessRequest.fromJson(json, TargetType.any());
        };
    }

    @ParameterizedTest
    @CsvSource({
        "duration, PT0S, duration must be more than zero",
        "duration, PT-1H, duration must be more than zero",
        "duration, P3651D, at most 3650 days",
        "max_wait, PT25H, maxWait must be more than zero and at most",
        "requested_at, 1969-12-31T23:59:59Z, requestedAt must be between",
        "not_after, +1000000000-12-31T23:59:59Z, notAfter must be between",
        "granted_at, 9000-01-01T00:00:01Z, grantedAt must be between",
        "state, prepared, grantedAt if it was given",
        "state, pending, grantedAt if it was given",
        "account_id, 1234, must have 12 digits",
        "principal_id, '', must not be empty",
        "username, '', must not be empty",
        "partition, '', must not be empty",
        "type, '', must not be empty",
    })
    void fromJson_whenValueIsOutOfBounds_saysTheRule(String field, String value, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.fromJson(with(Samples.golden("grant-v1.json"), field, "\"" + value + "\"")))
                .withMessageContaining(rule);
    }

    @ParameterizedTest
    @MethodSource("dev.connector.core.strategy.Samples#oddTexts")
    void fromJson_whenTextsAreOdd_readsThemBack(String odd) {
        Grant grant = Samples.fullGrant().toBuilder()
                .reason(odd)
                .target(TargetSnapshot.builder("door", "front-door")
                        .label(odd)
                        .putSettings("door", odd)
                        .build())
                .requester(Requester.builder("ada@example.com")
                        .name(odd)
                        .putIdentity("user_id", odd)
                        .build())
                .awsRequestId(odd)
                .build();

        String json = grant.toJson();
        OneLine.check(json);
        assertThat(Grant.fromJson(json)).isEqualTo(grant);
        assertThat(Grant.fromJson(throughUtf8(json))).isEqualTo(grant);
    }

    /** A store writes bytes; half of a pair of surrogates has none in UTF-8. */
    private static String throughUtf8(String json) {
        return new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    /** Whoever asks for access chooses its reason: one that made the stored grant unreadable would make the access last for ever. */
    @Test
    void fromJson_whenEveryTextIsAsLongAsItMayBe_readsTheGrantBack() {
        Grant grant = longestGrant();

        assertThat(Grant.fromJson(grant.toJson())).isEqualTo(grant);
    }

    @Test
    void fromJson_whenAllThatRemainsIsAsLongAsItMayBe_readsTheRevocationBack() {
        RemainingAccess remaining = RemainingAccess.of(RemainingAccess.Kind.ORPHANED_ASSIGNMENT, "\u2028".repeat(1_024))
                .until(Samples.GRANTED_AT);
        Revocation revocation = Revocation.builder(longestGrant(), Revocation.Result.REVOKED)
                .endedAt(Samples.GRANTED_AT)
                .addAllRemaining(Collections.nCopies(100, remaining))
                .build();

        assertThat(Revocation.fromJson(revocation.toJson())).isEqualTo(revocation);
    }

    private static Grant longestGrant() {
        String longest = "\u2028".repeat(8_192);
        String shorter = "\u0001".repeat(1_024);
        String name = "x".repeat(1_024);
        Map<String, String> texts = new LinkedHashMap<>();
        IntStream.range(0, 2_048).forEach(i -> texts.put(String.format("%04x", i), ""));
        Srn srn = Srn.parse("a:b:c:1.0.0:" + "x".repeat(500));
        GrantScope scope = GrantScope.builder(name, "111122223333")
                .instanceArn(shorter)
                .identityStoreId(shorter)
                .roleArn(shorter)
                .build();
        AccessRequest<TargetSnapshot> request = AccessRequest.builder(
                        Requester.builder(name)
                                .name(shorter)
                                .srn(srn)
                                .putIdentity("", longest)
                                .build(),
                        TargetSnapshot.builder(name, name)
                                .label(shorter)
                                .srn(srn)
                                .settings(texts)
                                .build())
                .reason(longest)
                .duration(Duration.ofDays(3_650))
                .actor(Actor.builder(name)
                        .name(shorter)
                        .srn(srn)
                        .putIdentity("x".repeat(8_192), "")
                        .build())
                .run(RunContext.builder()
                        .srn(srn)
                        .parent(srn)
                        .flow(srn)
                        .template(srn)
                        .channel(shorter)
                        .build())
                .build();
        return Grant.prepared(request, scope, name, Prior.UNKNOWN).toBuilder()
                .principalName(shorter)
                .targetId(shorter)
                .membershipId(shorter)
                .awsRequestId(shorter)
                .build();
    }

    @Test
    void fromJson_whenTextIsTooLong_isRefusedUnread() {
        String json = "{" + " ".repeat(1 << 20) + "}";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.fromJson(json))
                .withMessage("The JSON of the grant has 1048578 characters; at most 1048576 are read.");
    }

    @ParameterizedTest
    @ValueSource(ints = {33, 100_000})
    void fromJson_whenNestedTooDeep_isRefused(int depth) {
        String json = "{\"version\":1,\"a\":" + "[".repeat(depth) + "]".repeat(depth) + "}";

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grant.fromJson(json))
                .withMessageContaining("nested too deep");
    }

    @Test
    void fromJson_whenGrantsAreRandom_readsBackWhatWasWritten() {
        long seed = ThreadLocalRandom.current().nextLong();
        RandomGrants grants = new RandomGrants(new Random(seed));
        for (int i = 0; i < 2_000; i++) {
            Grant grant = grants.next();
            assertThat(Grant.fromJson(throughUtf8(grant.toJson())))
                    .as("grant %d of the seed %d: %s", i, seed, grant.toJson())
                    .isEqualTo(grant);
            Revocation revocation = Revocation.of(grant, Revocation.Result.KEPT_FOREIGN);
            assertThat(Revocation.fromJson(revocation.toJson()))
                    .as("revocation %d of the seed %d: %s", i, seed, revocation.toJson())
                    .isEqualTo(revocation);
        }
    }

    private static String with(String json, String field, String value) {
        String changed = json.replaceFirst("\"" + field + "\":\"(?:[^\"\\\\]|\\\\.)*\"", "\"" + field + "\":" + value);
        assertThat(changed).as("JSON with another " + field).isNotEqualTo(json);
        return changed;
    }

    /** Grants with any texts, times and gaps that the rules allow. */
    private static final class RandomGrants {

        private final Random random;

        RandomGrants(Random random) {
            this.random = random;
        }

        Grant next() {
            GrantState state = oneOf(List.of(GrantState.values()));
            Grant.Builder grant = Grant.builder();
            grant.requestId(new UUID(random.nextLong(), random.nextLong()))
                    .state(state)
                    .requester(requester())
                    .target(target())
                    .reason(maybe(this::text))
                    .duration(Duration.ofSeconds(1L + random.nextInt(1_000_000), random.nextInt(1_000_000_000)))
                    .requestedAt(instant())
                    .notAfter(instant())
                    .maxWait(Duration.ofNanos(1 + random.nextInt(Integer.MAX_VALUE)))
                    .actor(maybe(() -> {
                        Requester person = requester();
                        return Actor.builder(person.username())
                                .name(person.name())
                                .srn(person.srn())
                                .identity(person.identity())
                                .build();
                    }))
                    .run(maybe(() -> RunContext.builder()
                            .srn(maybe(this::srn))
                            .parent(maybe(this::srn))
                            .flow(maybe(this::srn))
                            .template(maybe(this::srn))
                            .channel(maybe(this::text))
                            .build()))
                    .scope(GrantScope.builder(name(), String.format("%012d", random.nextInt(Integer.MAX_VALUE)))
                            .instanceArn(maybe(this::text))
                            .identityStoreId(maybe(this::text))
                            .roleArn(maybe(this::text))
                            .build())
                    .principalId(name())
                    .principalName(maybe(this::text))
                    .targetId(maybe(this::text))
                    .membershipId(maybe(this::text))
                    .awsRequestId(maybe(this::text))
                    .prior(oneOf(List.of(Prior.values())));
            if (state == GrantState.GRANTED || (state == GrantState.ENDING && random.nextBoolean())) {
                grant.grantedAt(instant()).confirmed(random.nextBoolean());
            }
            return grant.build();
        }

        private Requester requester() {
            return Requester.builder(name())
                    .name(maybe(this::text))
                    .srn(maybe(this::srn))
                    .identity(texts())
                    .build();
        }

        private TargetSnapshot target() {
            return TargetSnapshot.builder(name(), name())
                    .label(maybe(this::text))
                    .srn(maybe(this::srn))
                    .settings(texts())
                    .build();
        }

        private Map<String, String> texts() {
            Map<String, String> texts = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                texts.put(name(), text());
            }
            return texts;
        }

        private Srn srn() {
            return Srn.parse("org" + random.nextInt(100) + ":run:slug:1." + random.nextInt(100) + ".0");
        }

        private Instant instant() {
            return Instant.ofEpochSecond(random.nextInt(Integer.MAX_VALUE), random.nextInt(1_000_000_000));
        }

        private String name() {
            return "n" + Integer.toString(random.nextInt(Integer.MAX_VALUE), 36);
        }

        /** Any UTF-16, paired or not. */
        private String text() {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append((char) random.nextInt(random.nextBoolean() ? 0x80 : 0x1_0000));
            }
            return text.toString();
        }

        private <V> Optional<V> maybe(Supplier<V> value) {
            return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
        }

        private <V> V oneOf(List<V> values) {
            return values.get(random.nextInt(values.size()));
        }
    }
}
