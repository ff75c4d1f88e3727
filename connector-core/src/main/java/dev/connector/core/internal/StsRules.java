package dev.connector.core.internal;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * What AWS STS demands of the parts of an {@code AssumeRole} request, checked before anything is sent.
 *
 * @see <a href="https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html">AWS STS: AssumeRole</a>
 */
public final class StsRules {

    /** What a wrong External ID breaks; it does not repeat the ID. */
    public static final String EXTERNAL_ID_RULE = "must have 2 to 1224 letters, digits and characters of '_+=,.@:/-'.";

    /** What a wrong session name breaks. */
    public static final String SESSION_NAME_RULE = "must have 2 to 64 letters, digits and characters of '_+=,.@-'.";

    /** The shortest session that STS opens. */
    public static final Duration MIN_SESSION = Duration.ofMinutes(15);

    /** The longest session that STS opens, if the role allows it. */
    public static final Duration MAX_SESSION = Duration.ofHours(12);

    /** The longest session that STS opens for a caller that is itself the session of a role; asking for more is an error. */
    public static final Duration MAX_CHAINED_SESSION = Duration.ofHours(1);

    private static final Pattern EXTERNAL_ID = Pattern.compile("[\\w+=,.@:/-]{2,1224}");
    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final Pattern POLICY = Pattern.compile("[\\t\\n\\r -\\u00ff]+");

    private StsRules() {}

    /**
     * Tells whether STS takes an External ID.
     *
     * @param text any text
     * @return whether it has the length and the alphabet of one
     */
    public static boolean isExternalId(String text) {
        return EXTERNAL_ID.matcher(text).matches();
    }

    /**
     * Tells whether STS takes a session name.
     *
     * @param text any text
     * @return whether it has the length and the alphabet of one
     */
    public static boolean isSessionName(String text) {
        return SESSION_NAME.matcher(text).matches();
    }

    /**
     * Tells whether STS takes the characters of a session policy.
     *
     * @param json any text
     * @return whether it has the alphabet of one; its length is not looked at
     */
    public static boolean isPolicyText(String json) {
        return POLICY.matcher(json).matches();
    }

    /**
     * Tells whether STS takes a duration.
     *
     * @param duration any duration
     * @param max the longest that is allowed
     * @return whether it is in range, and whole seconds, as STS knows no less
     */
    public static boolean isDuration(Duration duration, Duration max) {
        return duration.compareTo(MIN_SESSION) >= 0
                && duration.compareTo(max) <= 0
                && duration.equals(Duration.ofSeconds(duration.toSeconds()));
    }
}
