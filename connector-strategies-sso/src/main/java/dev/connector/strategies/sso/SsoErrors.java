package dev.connector.strategies.sso;

import java.util.Optional;
import software.amazon.awssdk.core.SdkPojo;

/** What the errors of the two services tell beside their code. */
final class SsoErrors {

    private SsoErrors() {}

    /** The member {@code Reason}, which about a dozen errors of both services have, where AWS sent one. */
    static Optional<String> reasonOf(Throwable error) {
        return error instanceof SdkPojo modelled
                ? modelled.sdkFields().stream()
                        .filter(field -> field.memberName().equals("Reason"))
                        .findFirst()
                        .flatMap(field -> Optional.ofNullable(field.getValueOrDefault(modelled)))
                        .map(Object::toString)
                : Optional.empty();
    }

    /** With a customer's key on the instance, errors of all kinds may be about the key. */
    static boolean isAboutTheKey(Throwable error) {
        return reasonOf(error).filter(reason -> reason.startsWith("KMS_")).isPresent();
    }
}
