package dev.connector.testing.internal.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.LocationTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait.Format;
import software.amazon.awssdk.core.traits.Trait;

class ScalarsTest {

    private static final Instant TIME = Instant.parse("2026-03-04T05:06:07.890123Z");

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(MarshallingType.STRING, "text", "text"),
                Arguments.of(MarshallingType.INTEGER, -7, "-7"),
                Arguments.of(MarshallingType.LONG, 1L << 40, "1099511627776"),
                Arguments.of(MarshallingType.SHORT, (short) 3, "3"),
                Arguments.of(MarshallingType.FLOAT, 1.5f, "1.5"),
                Arguments.of(MarshallingType.DOUBLE, 2.25, "2.25"),
                Arguments.of(MarshallingType.BIG_DECIMAL, new BigDecimal("1.50"), "1.50"),
                Arguments.of(MarshallingType.BOOLEAN, true, "true"),
                Arguments.of(MarshallingType.BOOLEAN, false, "false"),
                Arguments.of(MarshallingType.SDK_BYTES, SdkBytes.fromUtf8String("hello"), "aGVsbG8="));
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_ofEachType_isPrintedAndParsed(MarshallingType<Object> type, Object value, String text) {
        SdkField<?> field = field(type);

        assertThat(Scalars.print(field, value, Format.ISO_8601)).isEqualTo(text);
        assertThat(Scalars.parse(field, text, Format.ISO_8601)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "ISO_8601, 2026-03-04T05:06:07.890Z, 2026-03-04T05:06:07.890Z",
        "RFC_822, 'Wed, 4 Mar 2026 05:06:07 GMT', 2026-03-04T05:06:07Z",
        "UNIX_TIMESTAMP, 1772600767.890, 2026-03-04T05:06:07.890Z",
        "UNIX_TIMESTAMP_MILLIS, 1772600767890, 2026-03-04T05:06:07.890Z"
    })
    void time_inEachFormat_isPrintedToTheMillisecondAtMost(Format format, String text, Instant parsed) {
        SdkField<?> plain = field(MarshallingType.INSTANT);
        SdkField<?> marked = field(MarshallingType.INSTANT, TimestampFormatTrait.create(format));

        assertThat(Scalars.print(plain, TIME, format)).isEqualTo(text);
        assertThat(Scalars.parse(plain, text, format)).isEqualTo(parsed);
        for (Format other : List.of(Format.ISO_8601, Format.UNIX_TIMESTAMP)) {
            assertThat(Scalars.print(marked, TIME, other)).isEqualTo(text);
            assertThat(Scalars.parse(marked, text, other)).isEqualTo(parsed);
        }
    }

    @Test
    void text_thatIsNoneOfTheType_isRefusedByTheFieldsName() {
        for (MarshallingType<?> type : List.of(
                MarshallingType.INTEGER, MarshallingType.BOOLEAN, MarshallingType.INSTANT, MarshallingType.LIST)) {
            assertThatExceptionOfType(WireFormatException.class)
                    .isThrownBy(() -> Scalars.parse(field(type), "neither", Format.ISO_8601))
                    .withMessageContaining("Member");
        }
    }

    private static SdkField<?> field(MarshallingType<?> type, Trait... traits) {
        List<Trait> all = new ArrayList<>(List.of(traits));
        all.add(LocationTrait.builder()
                .location(MarshallLocation.PAYLOAD)
                .locationName("Member")
                .build());
        return SdkField.builder(type)
                .memberName("Member")
                .traits(all.toArray(Trait[]::new))
                .build();
    }
}
