package dev.connector.core.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.connector.core.strategy.AccessRequest;
import dev.connector.core.strategy.AccessTarget;
import dev.connector.core.strategy.Grant;
import dev.connector.core.strategy.GrantRejectedException;
import dev.connector.core.strategy.Revocation;
import dev.connector.core.strategy.TargetType;
import java.util.Set;
import java.util.function.Function;

/** What is read out of a store can be written back, and means the same then. */
class StoredJsonFuzzTest {

    private static final Set<Class<? extends RuntimeException>> DOCUMENTED =
            Set.of(IllegalArgumentException.class, GrantRejectedException.class);

    @FuzzTest
    void grant_ofAnyJson_canBeStoredAndEnded(byte[] input) {
        Hostile.read(DOCUMENTED, () -> Grant.fromJson(Hostile.text(input))).ifPresent(grant -> {
            assertCanBeStored(grant, Grant::toJson, Grant::fromJson);
            assertThat(grant.endsAt()).isAfter(grant.grantedAt().orElse(grant.notAfter()));
            assertThat(grant.key()).isEqualTo(Grant.fromJson(grant.toJson()).key());
            Hostile.assertIsOneLine(grant.key().toString());
            Hostile.assertIsOneLine(grant.scope().toString());
        });
    }

    @FuzzTest
    void revocation_ofAnyJson_canBeStored(byte[] input) {
        Hostile.read(DOCUMENTED, () -> Revocation.fromJson(Hostile.text(input)))
                .ifPresent(revocation -> assertCanBeStored(revocation, Revocation::toJson, Revocation::fromJson));
    }

    @FuzzTest
    void request_ofAnyJson_canBeStored(byte[] input) {
        Hostile.read(Set.of(IllegalArgumentException.class), () -> read(Hostile.text(input)))
                .ifPresent(request -> assertCanBeStored(request, AccessRequest::toJson, StoredJsonFuzzTest::read));
    }

    private static AccessRequest<AccessTarget> read(String json) {
        return AccessRequest.fromJson(json, TargetType.any());
    }

    private static <T> void assertCanBeStored(T value, Function<T, String> write, Function<String, T> read) {
        String json = write.apply(value);
        assertThat(read.apply(json)).isEqualTo(value);
        Hostile.assertIsOneLine(json);
        Hostile.assertIsOneLine(value.toString());
    }
}
