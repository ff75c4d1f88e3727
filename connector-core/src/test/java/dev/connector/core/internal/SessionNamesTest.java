package dev.connector.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.connector.testing.AwsFact;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com", "ab", "Ada_L.+=,-0"})
    void of_whenAwsTakesTheName_keepsIt(String name) {
        assertThat(SessionNames.of(name)).isEqualTo(name);
    }

    /** The hashes are those of {@code printf %s NAME | sha256sum}. */
    @AwsFact(2)
    @ParameterizedTest
    @CsvSource({"Ada Lovelace,Ada-Lovelace-76740216", "a,a-ca978112", "org/ada:x,org-ada-x-", "adä,ad--", "'',-e3b0c442"
    })
    void of_whenAwsDoesNotTakeTheName_mapsItAndAddsItsHash(String name, String mapped) {
        assertThat(SessionNames.of(name)).startsWith(mapped).matches("[\\w+=,.@-]{0,55}-[0-9a-f]{8}");
    }

    @Test
    void of_whenNameHoldsTheFirstAndLastOfWhatAwsTakes_keepsThem() {
        assertThat(SessionNames.of("azAZ09+=,.@_- /:[`{")).startsWith("azAZ09+=,.@_--------");
    }

    @Test
    void of_whenNamesDifferOnlyInWhatIsMapped_differ() {
        assertThat(SessionNames.of("ada lovelace"))
                .isNotEqualTo(SessionNames.of("ada/lovelace"))
                .isNotEqualTo(SessionNames.of("ada-lovelace"));
    }

    @Test
    void of_whenNameIsTooLong_cutsIt() {
        String name = "x".repeat(65);

        assertThat(SessionNames.of(name)).hasSize(64).startsWith("x".repeat(55) + "-");
        assertThat(SessionNames.of(name)).isNotEqualTo(SessionNames.of(name + "y"));
        assertThat(SessionNames.of("x".repeat(64))).isEqualTo("x".repeat(64));
    }

    /** Else whoever may choose a name could choose the one that somebody else's is mapped to. */
    @Test
    void of_whenNameLooksMappedAlready_mapsItAgain() {
        String mapped = SessionNames.of("Ada Lovelace");

        assertThat(SessionNames.of(mapped)).isNotEqualTo(mapped).startsWith(mapped + "-");
    }

    @Test
    void of_whenNameHoldsCharactersBeyondTheBasicPlane_takesEachForOne() {
        assertThat(SessionNames.of("a😀b")).startsWith("a-b-");
    }
}
