package dev.connector.core.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Requester} and {@link Actor}, which have the same parts and rules. */
class PeopleTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\u00a0", "ada\n", "a\u202eda", "e\u0301va", "a\u200bda", "ada\u0000"})
    void of_whenUsernameIsImproper_isRefused(String username) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Requester.of(username))
                .withMessageStartingWith("The username of the requester must");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Actor.of(username))
                .withMessageStartingWith("The username of the actor must");
    }

    @Test
    void build_whenTextsAreTooLong_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Requester.builder("ada").name("x".repeat(1_025)).build())
                .withMessage("The name of the requester must have at most 1024 characters, but has 1025.");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Actor.builder("ada").putIdentity("k", "x".repeat(8_192)).build())
                .withMessage("The identity of the actor must have at most 8192 characters, but has 8193.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "\ud800", "\u202e"})
    void build_whenKeyDoesNotPrint_isRefused(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Requester.builder("ada").putIdentity(key, "").build())
                .withMessageStartingWith(
                        "The identity of the requester must have keys without control, format and line");
    }

    @Test
    void identity_whenCallersMapChanges_stays() {
        Map<String, String> identity = new HashMap<>(Map.of("service", "slack"));
        Requester requester = Requester.builder("ada").identity(identity).build();
        identity.put("service", "forged");

        assertThat(requester.identity()).containsOnly(Map.entry("service", "slack"));
        assertThatNullPointerException().isThrownBy(() -> Actor.builder("ada").putIdentity("k", nullText()));
    }

    @SuppressWarnings("NullAway")
    private static String nullText() {
        return null;
    }

    @Test
    void equals_whenAnyPartDiffers_isFalse() {
        assertThat(Samples.fullRequester())
                .isEqualTo(Samples.fullRequester())
                .hasSameHashCodeAs(Samples.fullRequester());
        assertThat(Samples.fullRequester()).isNotEqualTo(Samples.requester());
        assertThat(Samples.fullActor()).isEqualTo(Samples.fullActor()).isNotEqualTo(Actor.of("grace@example.com"));
    }

    @Test
    void toString_whenTextsAreForged_printsTheUsernameAlone() {
        Requester requester = Requester.builder("ada@example.com")
                .name(Samples.FORGERY)
                .putIdentity("service", Samples.FORGERY)
                .build();

        assertThat(requester).hasToString("ada@example.com");
        assertThat(Actor.builder("ada@example.com").name(Samples.FORGERY).build())
                .hasToString("ada@example.com");
    }
}
