package dev.connector.testing.internal.wire;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.utils.BinaryUtils;
import software.amazon.awssdk.utils.DateUtils;

/** Single values as text, in every protocol. */
final class Scalars {

    private Scalars() {}

    static Object parse(SdkField<?> field, String text, TimestampFormatTrait.Format timestamps) {
        try {
            return parseKnown(field, text, timestamps);
        } catch (RuntimeException e) {
            throw new WireFormatException("The value of " + field.memberName() + " is no " + type(field), e);
        }
    }

    private static Object parseKnown(SdkField<?> field, String text, TimestampFormatTrait.Format timestamps) {
        return switch (type(field)) {
            case STRING -> text;
            case INTEGER -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case SHORT -> Short.valueOf(text);
            case FLOAT -> Float.valueOf(text);
            case DOUBLE -> Double.valueOf(text);
            case BIG_DECIMAL -> new BigDecimal(text);
            case BOOLEAN -> bool(text);
            case SDK_BYTES -> SdkBytes.fromByteArray(BinaryUtils.fromBase64(text));
            case INSTANT -> instant(text, format(field, timestamps));
            default -> throw new UnsupportedOperationException("No text form: " + field.memberName());
        };
    }

    static String print(SdkField<?> field, Object value, TimestampFormatTrait.Format timestamps) {
        if (value instanceof SdkBytes bytes) {
            return BinaryUtils.toBase64(bytes.asByteArray());
        }
        return value instanceof Instant instant ? print(instant, format(field, timestamps)) : value.toString();
    }

    static MarshallingKnownType type(SdkField<?> field) {
        return field.marshallingType().getKnownType();
    }

    private static TimestampFormatTrait.Format format(SdkField<?> field, TimestampFormatTrait.Format otherwise) {
        return field.getOptionalTrait(TimestampFormatTrait.class)
                .map(TimestampFormatTrait::format)
                .orElse(otherwise);
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("Neither true nor false");
        };
    }

    private static Instant instant(String text, TimestampFormatTrait.Format format) {
        return switch (format) {
            case ISO_8601 -> DateUtils.parseIso8601Date(text);
            case RFC_822 -> DateUtils.parseRfc822Date(text);
            case UNIX_TIMESTAMP -> DateUtils.parseUnixTimestampInstant(text);
            case UNIX_TIMESTAMP_MILLIS -> Instant.ofEpochMilli(Long.parseLong(text));
        };
    }

    private static String print(Instant instant, TimestampFormatTrait.Format format) {
        Instant millis = instant.truncatedTo(ChronoUnit.MILLIS);
        return switch (format) {
            case ISO_8601 -> millis.toString();
            case RFC_822 -> DateTimeFormatter.RFC_1123_DATE_TIME.format(millis.atOffset(ZoneOffset.UTC));
            case UNIX_TIMESTAMP -> BigDecimal.valueOf(millis.toEpochMilli(), 3).toPlainString();
            case UNIX_TIMESTAMP_MILLIS -> Long.toString(millis.toEpochMilli());
        };
    }
}
