package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.connector.core.ConnectorClock;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessRequestTest {

    private static final Instant LAST = Instant.parse("9000-01-01T00:00:00Z");

    @Test
    void build_whenOnlyTheDurationIsSet_hasTheDefaults() {
        Instant before = ConnectorClock.system().instant();
        AccessRequest<TargetSnapshot> request = AccessRequest.builder(Samples.requester(), Samples.target())
                .duration(Duration.ofHours(1))
                .build();

        assertThat(request.requestedAt())
                .isBetween(before, ConnectorClock.system().instant());
        assertThat(request.notAfter()).isEqualTo(request.requestedAt().plus(Duration.ofMinutes(15)));
        assertThat(request.maxWait()).isEqualTo(Duration.ofMinutes(10));
        assertThat(request.mayHaveRun()).isFalse();
        assertThat(request.openGrants()).isEmpty();
        assertThat(Stream.of(request.reason(), request.actor(), request.lastEndedAt(), request.run(), request.scope()))
                .allMatch(part -> part.isEmpty());
        assertThat(request.id().version()).isEqualTo(4);
    }

    @Test
    void build_whenCalledTwice_makesTwoRuns() {
        AccessRequest.Builder<TargetSnapshot> builder = AccessRequest.builder(Samples.requester(), Samples.target());
        builder.duration(Duration.ofHours(1));

        assertThat(builder.build().id()).isNotEqualTo(builder.build().id());
    }

    static Stream<Duration> durationsOutOfBounds() {
        return Stream.of(
                Duration.ZERO,
                Duration.ofNanos(-1),
                Duration.ofDays(3_650).plusNanos(1),
                Duration.ofSeconds(Long.MAX_VALUE),
                Duration.ofSeconds(Long.MIN_VALUE));
    }

    @ParameterizedTest
    @MethodSource("durationsOutOfBounds")
    void build_whenDurationIsOutOfBounds_isRefused(Duration duration) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Samples.requestOf(Samples.target()).duration(duration).build())
                .withMessageStartingWith("duration must be more than zero and at most 3650 days, but is ");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Samples.requestOf(Samples.target()).maxWait(duration).build())
                .withMessageStartingWith("maxWait must be more than zero and at most 1 day");
    }

    @Test
    void build_whenDurationIsAtItsBounds_takesIt() {
        assertThatCode(() -> Samples.requestOf(Samples.target())
                        .duration(Duration.ofDays(3_650))
                        .maxWait(Duration.ofDays(1))
                        .build())
                .doesNotThrowAnyException();
        assertThatCode(() -> Samples.requestOf(Samples.target())
                        .duration(Duration.ofNanos(1))
                        .maxWait(Duration.ofNanos(1))
                        .build())
                .doesNotThrowAnyException();
    }

    static Stream<Instant> instantsOutOfBounds() {
        return Stream.of(Instant.MIN, Instant.EPOCH.minusNanos(1), LAST.plusNanos(1), Instant.MAX);
    }

    @ParameterizedTest
    @MethodSource("instantsOutOfBounds")
    void build_whenInstantIsOutOfBounds_isRefused(Instant instant) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Samples.requestOf(Samples.target()).requestedAt(instant).build())
                .withMessageStartingWith("requestedAt must be between ");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Samples.requestOf(Samples.target()).notAfter(instant).build())
                .withMessageStartingWith("notAfter must be between ");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Samples.requestOf(Samples.target()).lastEndedAt(instant).build())
                .withMessageStartingWith("lastEndedAt must be between ");
    }

    @Test
    void build_whenNotAfterIsBeforeRequestedAt_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.requestOf(Samples.target())
                        .notAfter(Samples.REQUESTED_AT.minusNanos(1))
                        .build())
                .withMessageStartingWith("notAfter must not be before requestedAt");
        assertThatCode(() -> Samples.requestOf(Samples.target())
                        .notAfter(Samples.REQUESTED_AT)
                        .build())
                .doesNotThrowAnyException();
    }

    @Test
    void build_whenReasonIsTooLong_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.requestOf(Samples.target())
                        .reason("x".repeat(8_193))
                        .build())
                .withMessage("The reason of the request must have at most 8192 characters, but has 8193.");
    }

    /** A target of a user's own class is looked at when the request is made, and not only when its grant is. */
    @Test
    void build_whenOwnTargetIsImproper_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Samples.requestOf(new WindowTarget("a\nb")).build())
                .withMessageStartingWith("The name of the target must not hold control");
    }

    @Test
    void toBuilder_whenNothingIsChanged_makesAnEqualRequest() {
        assertThat(Samples.fullRequest().toBuilder().build())
                .isEqualTo(Samples.fullRequest())
                .hasSameHashCodeAs(Samples.fullRequest())
                .isNotEqualTo(Samples.request());
    }

    @Test
    void withTarget_whenItIsTheSame_isTheRequestItself() {
        AccessRequest<TargetSnapshot> full = Samples.fullRequest();

        assertThat(full.withTarget(full.target())).isSameAs(full);
    }

    /** A field that is added later must be kept, too; nobody would notice that it is not. */
    @Test
    void withTarget_whenEveryFieldIsSet_keepsThemAll() throws ReflectiveOperationException {
        AccessRequest<TargetSnapshot> full = Samples.fullRequest();
        DoorTarget door = DoorTarget.of("back");
        AccessRequest<DoorTarget> other = full.withTarget(door);

        assertThat(other.target()).isSameAs(door);
        List<Method> parts = Arrays.stream(AccessRequest.class.getDeclaredMethods())
                .filter(method -> method.getParameterCount() == 0)
                .filter(method ->
                        !Modifier.isStatic(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers()))
                .filter(method ->
                        !method.isSynthetic() && !method.getReturnType().equals(void.class))
                .filter(method -> !List.of("target", "snapshot", "toBuilder", "toJson", "toString")
                        .contains(method.getName()))
                .toList();
        assertThat(parts).hasSize(13);
        AccessRequest<TargetSnapshot> defaults = AccessRequest.builder(Samples.requester(), Samples.target())
                .duration(Duration.ofHours(1))
                .build();
        for (Method part : parts) {
            assertThat(part.invoke(other)).as(part.getName()).isEqualTo(part.invoke(full));
            assertThat(part.invoke(full))
                    .as("the sample sets " + part.getName())
                    .isNotEqualTo(part.invoke(defaults));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void toString_whenTextsAreForged_isOneLineWithoutThem(boolean snapshot) {
        AccessTarget target = snapshot
                ? TargetSnapshot.builder("door", "d")
                        .label(Samples.FORGERY)
                        .settings(Map.of("door", Samples.FORGERY))
                        .build()
                : new DoorTarget("front", Optional.of(Samples.FORGERY));
        String text = Samples.requestOf(target).reason(Samples.FORGERY).build().toString();

        OneLine.check(text);
        assertThat(text)
                .contains(Samples.REQUEST_ID.toString(), "ada@example.com", "PT1H")
                .doesNotContain("reason");
    }
}
